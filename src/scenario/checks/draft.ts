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
}

/** The entries of a static offload map; none with another policy. */
export function mapOf(policies: Policies): readonly OffloadMapEntry[] {
  const map: PolicyValue = policies.offload.map ?? null
  return typeof map === 'object' && map !== null ? map : []
}

/** How checks report an error: path and message. */
export type Complain = (path: string, message: string) => void

/** The operation that `service.operation` names, or in words why there is none. */
export function findOperation(names: Names, reference: string): Operation | string {
  const dot = reference.indexOf('.')
  const serviceId = dot < 0 ? reference : reference.slice(0, dot)
  const service = names.services.get(serviceId)
  if (service === undefined) return `no service ${quoted(serviceId)} (${named('services', [...names.services.keys()])})`
  const operationId = dot < 0 ? '' : reference.slice(dot + 1)
  const operations = service.operations.map((operation) => operation.id)
  if (dot < 0)
    return `an operation is named as "service.operation"; got ${quoted(reference)} (${named(`operations of ${serviceId}`, operations)})`
  const operation = service.operations.find((candidate) => candidate.id === operationId)
  return operation ?? `no operation ${quoted(reference)} (${named(`operations of ${serviceId}`, operations)})`
}
