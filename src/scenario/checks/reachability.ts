import type { Service, TopologyNode } from '../scenario'
import { subjectOf } from '../reading/topology'
import { named, quoted } from '../words'
import { mapOf, type Complain, type Draft, type Names } from './draft'
import { Fabric } from './fabric'
import { hostsOf } from './references'
import { visitSteps } from './steps'

/**
 * Reports services that nothing can run, and messages and memory that no link can carry: as an error where there is no
 * way at all, as a warning where it depends on the placement. Wants a topology without errors.
 */
export function checkReachability(draft: Draft, names: Names, complain: Complain, warn: Complain): void {
  new Reachability(draft, names, complain, warn).check()
}

class Reachability {
  private readonly fabric: Fabric
  private readonly nodes: readonly TopologyNode[]
  private readonly hosts = new Map<string, readonly TopologyNode[]>()

  constructor(
    private readonly draft: Draft,
    private readonly names: Names,
    private readonly complain: Complain,
    private readonly warn: Complain,
  ) {
    this.fabric = new Fabric(names.nodes, draft.topology.links)
    this.nodes = draft.topology.nodes.filter((node) => node !== null)
    for (const service of names.services.values()) this.hosts.set(service.id, hostsOf(service, this.nodes))
  }

  check(): void {
    for (const [index, service] of this.draft.application.services.entries()) {
      const path = `application.services[${index}]`
      this.anyHost(path, service)
      this.memory(path, service)
      this.calls(path, service)
    }
    for (const [index, source] of this.draft.workload.sources.entries()) {
      const service = this.serviceOf(source.entry)
      const nic = source.via === null ? undefined : this.names.nodes.get(source.via)
      if (service === undefined || nic?.kind !== 'nic') continue
      this.way(`workload.sources[${index}].via`, `NIC pool ${quoted(nic.id)}`, [nic], service)
    }
    this.offloadMap()
  }

  private anyHost(path: string, service: Service): void {
    if (service.on !== null || service.runsOn.length === 0 || this.hostsOf(service).length > 0) return
    const pools = service.runsOn.map((kind) => subjectOf[kind].replace(/^an? /, '')).join(' or ')
    this.complain(`${path}.runsOn`, `no device can run service ${quoted(service.id)}: there is no ${pools} with cores`)
  }

  private memory(path: string, service: Service): void {
    const hosts = this.hostsOf(service)
    const remoteMiB = service.footprintMiB * (1 - service.localShare)
    if (remoteMiB === 0 || hosts.length === 0) return
    const pools = this.nodes.filter((node) => node.kind === 'memory')
    const cut = hosts.filter((host) => !pools.some((pool) => this.fabric.reaches(host.id, pool.id)))
    const place = `${path}.localShare`
    if (cut.length === hosts.length) {
      const known = named('memory pools', idsOf(pools))
      this.complain(
        place,
        `${service.localShare} leaves ${remoteMiB} MiB to memory pools, but none can be reached from ${listOf(hosts)} (${known})`,
      )
    } else if (cut.length > 0) this.warn(place, `an instance placed on ${listOf(cut)} reaches no memory pool`)
  }

  private calls(path: string, service: Service): void {
    for (const [index, operation] of service.operations.entries()) {
      visitSteps(operation.steps, `${path}.operations[${index}].steps`, (step, at) => {
        const callee = step.do === 'call' || step.do === 'send' ? this.serviceOf(step.to) : undefined
        if (callee !== undefined) this.way(`${at}.to`, `service ${quoted(service.id)}`, this.hostsOf(service), callee)
      })
    }
  }

  private offloadMap(): void {
    for (const [index, entry] of mapOf(this.draft.policies).entries()) {
      const service = this.serviceOf(entry.operation)
      const nic = this.names.nodes.get(entry.to)
      if (service === undefined || nic?.kind !== 'nic') continue
      this.way(`policies.offload.map[${index}].to`, `NIC pool ${quoted(nic.id)}`, [nic], service)
    }
  }

  /** A way for messages between some nodes and the devices that can run a service. */
  private way(path: string, subject: string, from: readonly TopologyNode[], service: Service): void {
    const hosts = this.hostsOf(service)
    if (from.length === 0 || hosts.length === 0) return
    const isCut = (one: TopologyNode, other: TopologyNode): boolean =>
      one.id !== other.id && !this.fabric.reaches(one.id, other.id)
    const target = `service ${quoted(service.id)}`
    if (from.every((one) => hosts.every((host) => isCut(one, host)))) {
      this.complain(path, `no links lead from ${subject} (on ${listOf(from)}) to ${target} (on ${listOf(hosts)})`)
      return
    }
    const apart = from.flatMap((one) =>
      hosts.filter((host) => !this.fabric.reaches(one.id, host.id)).map((host) => ({ one, host })),
    )
    const [first] = apart
    if (first === undefined) return
    const devices =
      first.one.id === first.host.id ? `two devices of ${first.one.id}` : `${first.one.id} and ${first.host.id}`
    this.warn(path, `${subject} and ${target} may come to stand on ${devices}, which no links join`)
  }

  private hostsOf(service: Service): readonly TopologyNode[] {
    return this.hosts.get(service.id) ?? []
  }

  private serviceOf(reference: string): Service | undefined {
    return this.names.services.get(reference.split('.', 1)[0] ?? '')
  }
}

function idsOf(nodes: readonly TopologyNode[]): readonly string[] {
  return nodes.map((node) => node.id)
}

function listOf(nodes: readonly TopologyNode[]): string {
  return idsOf(nodes).slice(0, 6).join(', ') + (nodes.length > 6 ? ', …' : '')
}
