import type { Service, TopologyNode } from '../scenario'
import { subjectOf } from '../reading/spec'
import { named, quoted } from '../words'
import { needsGpu } from './accelerators'
import { mapOf, type Complain, type Draft, type Names } from './draft'
import { Fabric } from './fabric'
import { Hosts } from './hosts'
import { visitSteps } from './steps'

/**
 * Reports services that nothing can run, and messages and memory that no link can carry: as an error where there is no
 * way at all, as a warning where it depends on the placement. Wants a topology without errors.
 */
export function checkReachability(draft: Draft, names: Names, complain: Complain, warn: Complain): void {
  new Reachability(draft, names, complain, warn).check()
}

/** How many nodes of each side are looked at for two that no links join; finding one is enough for a warning. */
const mostLookedAt = 50

class Reachability {
  private readonly fabric: Fabric
  private readonly nodes: readonly TopologyNode[]
  private readonly memoryPools: readonly string[]
  private readonly gpuPools: readonly string[]
  private readonly hosts: Hosts
  /** What was found out between two lists of nodes. */
  private readonly ways = new Map<readonly TopologyNode[], Map<readonly TopologyNode[], Way>>()
  private readonly withoutMemory = new Map<readonly TopologyNode[], readonly TopologyNode[]>()

  constructor(
    private readonly draft: Draft,
    private readonly names: Names,
    private readonly complain: Complain,
    private readonly warn: Complain,
  ) {
    this.fabric = new Fabric(names.nodes, draft.topology.links)
    this.nodes = draft.topology.nodes.filter((node) => node !== null)
    this.memoryPools = idsOf(this.nodes.filter((node) => node.kind === 'memory'))
    this.gpuPools = idsOf(this.nodes.filter((node) => node.kind === 'gpu'))
    this.hosts = new Hosts(this.nodes, names.nodes)
  }

  check(): void {
    for (const [index, service] of this.draft.application.services.entries()) {
      const path = `application.services[${index}]`
      this.anyHost(path, service)
      this.memory(path, service)
      this.memorySteps(path, service)
      this.calls(path, service)
      this.kernels(path, service)
    }
    for (const [index, source] of this.draft.workload.sources.entries()) {
      if (source.via !== null) this.pool(`workload.sources[${index}].via`, source.via, source.entry)
    }
    for (const [index, entry] of mapOf(this.draft.policies).entries()) {
      this.pool(`policies.offload.map[${index}].to`, entry.to, entry.operation)
    }
  }

  private anyHost(path: string, service: Service): void {
    if (service.on !== null || service.runsOn.length === 0 || this.hosts.of(service).length > 0) return
    const pools = service.runsOn.map((kind) => subjectOf[kind].replace(/^an? /, '')).join(' or ')
    this.complain(`${path}.runsOn`, `no device can run service ${quoted(service.id)}: there is no ${pools} with cores`)
  }

  private memory(path: string, service: Service): void {
    const hosts = this.hosts.of(service)
    const remoteMiB = service.footprintMiB * (1 - service.localShare)
    if (remoteMiB === 0 || hosts.length === 0) return
    const cut = this.hostsWithoutMemory(hosts)
    if (cut.length === hosts.length) {
      const known = named('memory pools', this.memoryPools)
      this.complain(
        `${path}.localShare`,
        `${service.localShare} leaves ${remoteMiB} MiB to memory pools, but none can be reached from ${listOf(hosts)} (${known})`,
      )
    } else if (cut.length > 0)
      this.warn(`${path}.localShare`, `an instance placed on ${listOf(cut)} reaches no memory pool`)
  }

  /** Steps that read or write far memory, in a service that has none. */
  private memorySteps(path: string, service: Service): void {
    if (service.footprintMiB * (1 - service.localShare) > 0) return
    for (const [index, operation] of service.operations.entries()) {
      visitSteps(operation.steps, `${path}.operations[${index}].steps`, (step, at) => {
        if (step.do !== 'memory' || step.bytes === 0) return
        this.complain(
          `${at}.bytes`,
          `service ${quoted(service.id)} has no far memory to ${step.access}: footprintMiB is ${service.footprintMiB} and localShare ${service.localShare}`,
        )
      })
    }
  }

  private hostsWithoutMemory(hosts: readonly TopologyNode[]): readonly TopologyNode[] {
    const known = this.withoutMemory.get(hosts)
    if (known !== undefined) return known
    const isReached = this.fabric.reachedFrom(this.memoryPools)
    const cut = hosts.filter((host) => !isReached(host.id))
    this.withoutMemory.set(hosts, cut)
    return cut
  }

  private calls(path: string, service: Service): void {
    for (const [index, operation] of service.operations.entries()) {
      visitSteps(operation.steps, `${path}.operations[${index}].steps`, (step, at) => {
        if (step.do !== 'call' && step.do !== 'send') return
        this.way(`${at}.to`, `service ${quoted(service.id)}`, this.hosts.of(service), step.to)
      })
    }
  }

  /** Kernels that must run on some GPU, from services that do not run on GPUs themselves. */
  private kernels(path: string, service: Service): void {
    const hosts = this.hosts.of(service)
    if (hosts.length === 0 || this.gpuPools.length === 0 || service.runsOn.includes('gpu')) return
    const isReached = this.fabric.reachedFrom(this.gpuPools)
    const cut = hosts.filter((host) => !isReached(host.id))
    if (cut.length === 0) return
    for (const [index, operation] of service.operations.entries()) {
      visitSteps(operation.steps, `${path}.operations[${index}].steps`, (step, at) => {
        if (step.do !== 'kernel' || !needsGpu(step)) return
        this.complain(`${at}.offload`, `no links lead to a GPU from ${listOf(cut)}, where ${quoted(service.id)} may be`)
      })
    }
  }

  /** A way between a pool that messages come from, or steps go to, and the service of an operation. */
  private pool(path: string, id: string, operation: string): void {
    const node = this.names.nodes.get(id)
    const isPool = node?.kind === 'nic' || node?.kind === 'gpu'
    if (isPool) this.way(path, `${node.kind === 'nic' ? 'NIC' : 'GPU'} pool ${quoted(id)}`, [node], operation)
  }

  /** A way for messages between some nodes and the devices that can run an operation. */
  private way(path: string, subject: string, from: readonly TopologyNode[], operation: string): void {
    const service = this.names.services.get(operation.split('.', 1)[0] ?? '')
    const hosts = service === undefined ? [] : this.hosts.of(service)
    if (service === undefined || from.length === 0 || hosts.length === 0) return
    const target = `service ${quoted(service.id)}`
    const found = this.wayBetween(from, hosts)
    if (found === 'none')
      this.complain(path, `no links lead from ${subject} (on ${listOf(from)}) to ${target} (on ${listOf(hosts)})`)
    if (typeof found === 'object')
      this.warn(path, `${subject} and ${target} may come to stand on ${found.apart}, which no links join`)
  }

  private wayBetween(from: readonly TopologyNode[], to: readonly TopologyNode[]): Way {
    const known = this.ways.get(from) ?? new Map<readonly TopologyNode[], Way>()
    this.ways.set(from, known)
    const way = known.get(to) ?? this.findWay(from, to)
    known.set(to, way)
    return way
  }

  private findWay(from: readonly TopologyNode[], to: readonly TopologyNode[]): Way {
    const isReached = this.fabric.reachedFrom(idsOf(from))
    const starts = new Set(from)
    if (!to.some((node) => starts.has(node) || isReached(node.id))) return 'none'
    for (const one of from.slice(0, mostLookedAt)) {
      const isNear = this.fabric.reachedFrom([one.id])
      const other = to.slice(0, mostLookedAt).find((node) => !isNear(node.id))
      if (other !== undefined)
        return { apart: one === other ? `two devices of ${one.id}` : `${one.id} and ${other.id}` }
    }
    return 'fine'
  }
}

/** No way at all; a way between any two; or two places that no links join. */
type Way = 'none' | 'fine' | { readonly apart: string }

function idsOf(nodes: readonly TopologyNode[]): readonly string[] {
  return nodes.map((node) => node.id)
}

function listOf(nodes: readonly TopologyNode[]): string {
  return idsOf(nodes.slice(0, 6)).join(', ') + (nodes.length > 6 ? ', …' : '')
}
