import type {
  Fault,
  OffloadMapEntry,
  Operation,
  Policies,
  PolicyValue,
  RunSettings,
  Scenario,
  Service,
  TopologyNode,
} from '../scenario'
import { idOf } from '../reading/field'
import type { DraftTopology } from '../reading/topology'
import { named, quoted } from '../words'

/** A scenario whose parts are read but not yet checked against each other. */
export interface Draft {
  readonly topology: DraftTopology
  readonly application: Scenario['application']
  readonly workload: Scenario['workload']
  readonly policies: Policies
  readonly faults: readonly Fault[]
  readonly run: RunSettings
}

/** Ids and what they stand for; a node that could not be read is null. */
export interface Names {
  readonly nodes: ReadonlyMap<string, TopologyNode | null>
  readonly services: ReadonlyMap<string, Service>
  /** By `service.operation`. */
  readonly operations: ReadonlyMap<string, Operation>
  /** The keys of nodes and services, for messages. */
  readonly nodeIds: readonly string[]
  readonly serviceIds: readonly string[]
}

/** The entries of a static offload map; none with another policy. */
export function mapOf(policies: Policies): readonly OffloadMapEntry[] {
  const map: PolicyValue = policies.offload.map ?? null
  return Array.isArray(map) ? (map as readonly OffloadMapEntry[]) : []
}

/** How checks report an error: path and message. */
export type Complain = (path: string, message: string) => void

/** The operation that `service.operation` names, or in words why there is none. */
export function findOperation(names: Names, reference: string): Operation | string {
  const operation = names.operations.get(reference)
  if (operation !== undefined) return operation
  const dot = reference.indexOf('.')
  const id = dot < 0 ? reference : reference.slice(0, dot)
  const service = names.services.get(id)
  if (service === undefined) return `no service ${quoted(id)} (${named('services', names.serviceIds, id)})`
  const ids = service.operations.map((each) => each.id)
  const known = named(`operations of ${id}`, ids, dot < 0 ? '' : reference.slice(dot + 1))
  if (dot < 0) return `an operation is named as "service.operation"; got ${quoted(reference)} (${known})`
  return `no operation ${quoted(reference)} (${known})`
}

/**
 * Everything with an id by it; of two with one id the first.
 *
 * @param written the list of nodes as it stands in the document
 */
export function namesOf(draft: Draft, written: readonly unknown[]): Names {
  const nodes = firstById(written.map((node, index) => [idOf(node), draft.topology.nodes[index] ?? null] as const))
  const services = firstById(draft.application.services.map((service) => [service.id, service] as const))
  const operations = [...services].flatMap(([id, service]) =>
    service.operations.map((operation) => [`${id}.${operation.id}`, operation] as const),
  )
  return {
    nodes,
    services,
    operations: firstById(operations),
    nodeIds: [...nodes.keys()],
    serviceIds: [...services.keys()],
  }
}

function firstById<T>(entries: readonly (readonly [string, T])[]): ReadonlyMap<string, T> {
  const map = new Map<string, T>()
  for (const [id, value] of entries) if (id !== '' && !map.has(id)) map.set(id, value)
  return map
}
