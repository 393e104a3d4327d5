import type { Link, TopologyNode } from '../scenario'

/** Which nodes reach each other over links; messages pass through switches and NIC pools, not through other pools. */
export class Fabric {
  /** Switches and NIC pools that are joined, as a forest: by node, one further up. */
  private readonly parents = new Map<string, string>()
  private readonly neighbors = new Map<string, string[]>()

  constructor(
    private readonly nodes: ReadonlyMap<string, TopologyNode | null>,
    links: readonly Link[],
  ) {
    for (const { from, to } of links) {
      if (!nodes.has(from) || !nodes.has(to)) continue
      this.neighborsOf(from).push(to)
      this.neighborsOf(to).push(from)
      if (this.passes(from) && this.passes(to)) this.parents.set(this.root(from), this.root(to))
    }
  }

  /** A test whether some device of a node is reached by some other device of the given nodes. */
  reachedFrom(ids: readonly string[]): (id: string) => boolean {
    const near = new Set(ids.flatMap((id) => this.neighborsOf(id)))
    const parts = new Set(ids.flatMap((id) => this.partsOf(id)))
    const alone = new Set(ids.filter((id) => this.nodes.get(id)?.count === 1))
    return (id) => near.has(id) || alone.has(id) || this.partsOf(id).some((part) => parts.has(part))
  }

  private neighborsOf(id: string): string[] {
    const known = this.neighbors.get(id)
    if (known !== undefined) return known
    const list: string[] = []
    this.neighbors.set(id, list)
    return list
  }

  private passes(id: string): boolean {
    const kind = this.nodes.get(id)?.kind
    return kind === 'switch' || kind === 'nic'
  }

  /** The parts of joined switches and NIC pools that a node is linked to, or belongs to. */
  private partsOf(id: string): readonly string[] {
    const ends = this.passes(id) ? [id, ...this.neighborsOf(id)] : this.neighborsOf(id)
    return ends.filter((end) => this.passes(end)).map((end) => this.root(end))
  }

  private root(id: string): string {
    let top = id
    for (let next = this.parents.get(top); next !== undefined && next !== top; next = this.parents.get(top)) top = next
    if (top !== id) this.parents.set(id, top)
    return top
  }
}
