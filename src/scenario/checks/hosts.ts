import type { NodeKind, Service, TopologyNode } from '../scenario'

/** Cores that could run an instance; 0 for what has none. */
export function coresOf(node: TopologyNode): number {
  return node.kind === 'cpu' || node.kind === 'nic' || node.kind === 'memory' ? node.spec.cores : 0
}

/** Memory of a device itself, which instances on it take theirs from. */
export function localGiBOf(node: TopologyNode): number {
  if (node.kind === 'cpu') return node.spec.localMemoryGiB
  if (node.kind === 'memory') return node.spec.capacityGiB
  return node.kind === 'nic' || node.kind === 'gpu' ? node.spec.memoryGiB : 0
}

/** Whether services can run there: on cores, or on a GPU. */
export function runsServices(node: TopologyNode): boolean {
  return node.kind === 'gpu' || coresOf(node) > 0
}

/** Which nodes can run which services at their start. Services that ask for the same get the same list. */
export class Hosts {
  private readonly lists = new Map<string, readonly TopologyNode[]>()

  constructor(
    private readonly nodes: readonly TopologyNode[],
    private readonly byId: ReadonlyMap<string, TopologyNode | null>,
  ) {}

  of(service: Service): readonly TopologyNode[] {
    const key = `${service.on?.node ?? ''} ${service.runsOn.join(' ')}`
    const known = this.lists.get(key)
    if (known !== undefined) return known
    const kinds: readonly NodeKind[] = service.runsOn
    const list = this.candidates(service).filter((node) => kinds.includes(node.kind) && runsServices(node))
    this.lists.set(key, list)
    return list
  }

  private candidates({ on }: Service): readonly TopologyNode[] {
    const pinned = on === null ? null : (this.byId.get(on.node) ?? null)
    if (pinned !== null) return [pinned]
    return on === null ? this.nodes : []
  }
}
