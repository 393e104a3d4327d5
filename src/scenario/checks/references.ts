import type { ComputeStep, FaultTarget, NodeKind, OffloadMapEntry, Service, Step, TopologyNode } from '../scenario'
import { subjectOf } from '../reading/spec'
import { named, quoted } from '../words'
import { findOperation, mapOf, type Complain, type Draft, type Names } from './draft'
import { coresOf, runsServices } from './hosts'
import { mappedStep, visitSteps } from './steps'

/** Reports links that do not join two nodes. */
export function checkLinks(draft: Draft, names: Names, complain: Complain): void {
  new References(draft, names, complain).links()
}

/** Reports every other name that stands for nothing, or for the wrong kind of thing. */
export function checkReferences(draft: Draft, names: Names, complain: Complain): void {
  const check = new References(draft, names, complain)
  check.racks()
  check.services()
  check.sources()
  check.offloadMap()
  check.rpcPool()
  check.orders()
  check.faults()
}

/** Steps that can run elsewhere, and where. */
interface Movable {
  readonly do: 'compute' | 'kernel'
}
const targetsOf: Readonly<Record<Movable['do'], readonly NodeKind[]>> = { compute: ['nic', 'memory'], kernel: ['gpu'] }

/** Whether cores, or an engine for its work, are there for a compute step. */
function canCompute(node: TopologyNode, step: ComputeStep): boolean {
  return coresOf(node) > 0 || (node.kind === 'nic' && node.spec.engines.some((engine) => engine.work === step.work))
}

function missingEngine({ work }: ComputeStep): string {
  return work === undefined ? '' : `, and no ${work} engine`
}

function nameOf({ kind, id }: TopologyNode): string {
  return `${kind === 'nic' ? 'NIC' : kind} pool ${quoted(id)}`
}

function placeOf({ step, path }: OffloadMapEntry): string {
  return path === undefined ? `${step}` : `${step}.${path}`
}

function stepName(entry: OffloadMapEntry): string {
  return `step ${placeOf(entry)} of ${quoted(entry.operation)}`
}

class References {
  private readonly idsByKind = new Map<string, readonly string[]>()

  constructor(
    private readonly draft: Draft,
    private readonly names: Names,
    private readonly complain: Complain,
  ) {}

  racks(): void {
    const racks = this.draft.topology.racks.map((rack) => rack.id)
    const known = new Set(racks)
    for (const [index, node] of this.draft.topology.nodes.entries()) {
      if (node?.rack === undefined || node.rack === '' || known.has(node.rack)) continue
      this.complain(`topology.nodes[${index}].rack`, `no rack ${quoted(node.rack)} (${named('racks', racks)})`)
    }
  }

  links(): void {
    for (const [index, link] of this.draft.topology.links.entries()) {
      const path = `topology.links[${index}]`
      this.node(`${path}.from`, link.from)
      this.node(`${path}.to`, link.to)
      if (link.from !== '' && link.from === link.to)
        this.complain(`${path}.to`, `a link joins two nodes; got ${quoted(link.to)} at both ends`)
    }
  }

  services(): void {
    for (const [index, service] of this.draft.application.services.entries()) {
      const path = `application.services[${index}]`
      if (service.on !== null) this.host(`${path}.on`, service.on.node, service.on.device, service)
      for (const [number, operation] of service.operations.entries()) {
        visitSteps(operation.steps, `${path}.operations[${number}].steps`, (step, at) => {
          if (step.do === 'call' || step.do === 'send') this.operation(`${at}.to`, step.to)
        })
      }
    }
  }

  sources(): void {
    for (const [index, source] of this.draft.workload.sources.entries()) {
      const path = `workload.sources[${index}]`
      this.operation(`${path}.entry`, source.entry)
      if (source.via !== null) this.kind(`${path}.via`, source.via, ['nic'])
    }
  }

  /** The static offload map: compute steps go to cores of NIC pools, kernels to GPU pools. */
  offloadMap(): void {
    for (const [index, entry] of mapOf(this.draft.policies).entries()) {
      const path = `policies.offload.map[${index}]`
      const step = this.mappedStep(path, entry)
      const kinds = step === null ? (['nic', 'memory', 'gpu'] as const) : targetsOf[step.do]
      const node = this.kind(`${path}.to`, entry.to, kinds)
      if (node !== null && step?.do === 'compute' && !canCompute(node, step))
        this.complain(`${path}.to`, `${nameOf(node)} has no cores to run a step on${missingEngine(step)}`)
      if (step !== null && node !== null && node.kind !== 'switch' && !step.offload.includes(node.kind))
        this.complain(`${path}.step`, `${stepName(entry)} does not list "${node.kind}" in its "offload"`)
    }
  }

  /** The NIC pool that does the RPC work of others. */
  rpcPool(): void {
    const { rpc } = this.draft.policies.offload
    if (typeof rpc !== 'string') return
    const path = 'policies.offload.rpc'
    const node = this.kind(path, rpc, ['nic'])
    if (node?.kind !== 'nic' || node.spec.cores > 0) return
    if (!node.spec.engines.some((engine) => engine.work === 'serialization'))
      this.complain(path, `NIC pool ${quoted(rpc)} has neither cores nor a serialization engine for RPC work`)
  }

  orders(): void {
    for (const [index, order] of this.draft.policies.orders.entries()) {
      const path = `policies.orders[${index}]`
      if (order.do === 'evacuate') {
        const node = this.kind(`${path}.from`, order.from.node, ['cpu', 'nic', 'gpu', 'memory'])
        if (node) this.index(`${path}.from`, order.from.device, node.count, `node ${quoted(node.id)}`, 'device')
        continue
      }
      const service = this.names.services.get(order.service)
      if (service === undefined) this.missingService(`${path}.service`, order.service)
      else {
        this.index(`${path}.instance`, order.instance, service.replicas, `service ${quoted(service.id)}`, 'instance')
        this.host(`${path}.to`, order.to.node, order.to.device, service)
      }
    }
  }

  /** Links, devices and switches go down; links, cores, GPUs and memory can be slowed down. */
  faults(): void {
    for (const [index, { target, effect }] of this.draft.faults.entries()) {
      const path = `faults[${index}].target`
      if ('link' in target) {
        this.struckLink(path, target)
        continue
      }
      const node =
        effect === 'slow' ? this.kind(path, target.node, ['cpu', 'nic', 'gpu', 'memory']) : this.node(path, target.node)
      if (node === null) continue
      if (target.device !== null) this.index(path, target.device, node.count, `node ${quoted(node.id)}`, 'device')
    }
  }

  private struckLink(path: string, target: Extract<FaultTarget, { readonly link: string }>): void {
    const { links } = this.draft.topology
    const link = links.find((each) => each.id === target.link)
    if (link === undefined) {
      if (target.link === '') return
      const ids = links.map((each) => each.id)
      this.complain(path, `no link ${quoted(target.link)} (${named('links', ids, target.link)})`)
      return
    }
    const count = (id: string): number => this.names.nodes.get(id)?.count ?? 1
    const owner = `link ${quoted(link.id)}`
    if (target.device !== null)
      this.index(path, target.device, Math.max(count(link.from), count(link.to)), owner, 'device')
    if (target.lane !== null) this.index(path, target.lane, link.lanes, owner, 'lane')
  }

  private missingService(path: string, service: string): void {
    if (service !== '')
      this.complain(path, `no service ${quoted(service)} (${named('services', this.names.serviceIds, service)})`)
  }

  /** The step that an entry means, if it is one that can be moved. */
  private mappedStep(path: string, entry: OffloadMapEntry): (Step & Movable) | null {
    const operation = this.operation(`${path}.operation`, entry.operation)
    if (operation === null) return null
    const step = mappedStep(operation, entry)
    const count = operation.steps.length
    if (step === undefined)
      this.complain(
        entry.path === undefined ? `${path}.step` : `${path}.path`,
        `no step ${placeOf(entry)} in ${quoted(entry.operation)}, which has ${count} (the first is 0)`,
      )
    else if (step.do === 'compute' || step.do === 'kernel') return step
    else
      this.complain(
        `${path}.step`,
        `${stepName(entry)} is a ${step.do} step; only compute and kernel steps can be moved`,
      )
    return null
  }

  /** A device that can run a service. */
  private host(path: string, id: string, device: number | null, service: Service): void {
    const node = this.node(path, id)
    if (node === null) return
    if (node.kind === 'switch' || !service.runsOn.includes(node.kind)) {
      this.complain(
        path,
        `node ${quoted(id)} is ${subjectOf[node.kind]}; service ${quoted(service.id)} runs on ${service.runsOn.join(', ')}`,
      )
    } else if (!runsServices(node)) this.complain(path, `node ${quoted(id)} has no cores to run a service on`)
    else if (device !== null) this.index(path, device, node.count, `node ${quoted(id)}`, 'device')
  }

  /** A node of one of some kinds, or null. */
  private kind(path: string, id: string, kinds: readonly NodeKind[]): TopologyNode | null {
    const node = this.node(path, id)
    if (node === null || kinds.includes(node.kind)) return node
    const wanted = kinds.map((kind) => subjectOf[kind]).join(' or ')
    this.complain(
      path,
      `node ${quoted(id)} is ${subjectOf[node.kind]}, not ${wanted} (${named('such nodes', this.idsOf(kinds))})`,
    )
    return null
  }

  private idsOf(kinds: readonly NodeKind[]): readonly string[] {
    const key = kinds.join(' ')
    const ids =
      this.idsByKind.get(key) ??
      this.names.nodeIds.filter((id) => kinds.some((kind) => kind === this.names.nodes.get(id)?.kind))
    this.idsByKind.set(key, ids)
    return ids
  }

  private node(path: string, id: string): TopologyNode | null {
    const node = this.names.nodes.get(id)
    if (node === undefined && id !== '')
      this.complain(path, `no node ${quoted(id)} (${named('nodes', this.names.nodeIds, id)})`)
    return node ?? null
  }

  private operation(path: string, reference: string): ReturnType<typeof operationOrNull> {
    const found = reference === '' ? null : findOperation(this.names, reference)
    if (typeof found === 'string') this.complain(path, found)
    return operationOrNull(found)
  }

  private index(path: string, index: number, count: number, owner: string, what: string): void {
    if (index >= count) this.complain(path, `no ${what} ${index} in ${owner}, which has ${count} (the first is 0)`)
  }
}

function operationOrNull(
  found: ReturnType<typeof findOperation> | null,
): Exclude<ReturnType<typeof findOperation>, string> | null {
  return typeof found === 'string' ? null : found
}
