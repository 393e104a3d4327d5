import type { ScenarioDocument } from '../../../scenario/scenario'
import type { Arrival, Schedule } from './arrivals'
import { defaultTopology, replicasFor, type RackSize } from './default-rack'
import type { Execution } from './executions'
import { Identifiers } from './identifiers'
import { append } from './keyed'
import { operationSteps, sizeOf, usualRequestBytes, usualResponseBytes, type StepSettings } from './operation-steps'
import { compareText } from './span'

export interface BuildInput {
  readonly name: string
  readonly description: string
  /** At least one. */
  readonly executions: readonly Execution[]
  readonly arrivals: readonly Arrival[]
  readonly schedule: Schedule
  readonly size: RackSize
  readonly settings: Omit<StepSettings, 'reference'>
}

interface Names {
  /** Identifiers by the service's own name. */
  readonly services: ReadonlyMap<string, string>
  /** Identifiers by the operation's key. */
  readonly operations: ReadonlyMap<string, string>
  /** `service.operation` by the operation's key. */
  readonly references: ReadonlyMap<string, string>
}

/** More instances than this are not taken over from the traces: pods that came and went are not replicas. */
const mostReplicas = 64

export function buildScenario(input: BuildInput): ScenarioDocument {
  const names = nameAll(input.executions)
  const byService = new Map<string, Execution[]>()
  for (const execution of input.executions) append(byService, execution.service, execution)
  const services = [...byService].sort(([a], [b]) => compareText(a, b))
  return {
    format: 'unrack-scenario',
    version: 1,
    name: input.name,
    description: input.description,
    topology: defaultTopology(input.size),
    application: {
      rpc: { cyclesPerMessage: 0, cyclesPerByte: 0 },
      services: services.map(([service, executions]) => serviceDocument(service, executions, input, names)),
    },
    workload: { sources: sourceDocuments(input, names) },
    policies: { placement: { use: 'spread' } },
    run: {
      seed: 1,
      warmupSeconds: 0,
      durationSeconds: input.schedule.durationSeconds,
      replications: 1,
      fidelity: 'burst',
    },
  }
}

function nameAll(executions: readonly Execution[]): Names {
  const [services, operations, references] = [
    new Map<string, string>(),
    new Map<string, string>(),
    new Map<string, string>(),
  ]
  const ids = new Identifiers()
  const idsInside = new Map<string, Identifiers>()
  const firsts = new Map(executions.map((execution) => [execution.operation, execution]))
  const ordered = [...firsts.values()].sort(
    (a, b) => compareText(a.service, b.service) || compareText(a.operation, b.operation),
  )
  for (const { service, operation, label } of ordered) {
    const inside = idsInside.get(service) ?? new Identifiers()
    idsInside.set(service, inside)
    const serviceId = services.get(service) ?? ids.make(service, 'service')
    const operationId = inside.make(label, 'operation')
    services.set(service, serviceId)
    operations.set(operation, operationId)
    references.set(operation, `${serviceId}.${operationId}`)
  }
  return { services, operations, references }
}

function serviceDocument(
  service: string,
  executions: readonly Execution[],
  input: BuildInput,
  names: Names,
): ScenarioDocument {
  const byOperation = new Map<string, Execution[]>()
  for (const execution of executions) append(byOperation, execution.operation, execution)
  const operations = [...byOperation].sort(([a], [b]) => compareText(a, b))
  const settings: StepSettings = { ...input.settings, reference: (key) => names.references.get(key) ?? '' }
  return {
    id: names.services.get(service) ?? '',
    label: service,
    replicas: replicasFor(shareOfWork(executions, input), hostsOf(executions), input.size),
    operations: operations.map(([key, group]) => ({
      id: names.operations.get(key) ?? '',
      label: group[0]?.label ?? '',
      steps: operationSteps(group, settings),
    })),
  }
}

/** Cores that a service keeps busy in the busiest moment, if its share of the work is the same then. */
function shareOfWork(executions: readonly Execution[], input: BuildInput): number {
  const total = workOf(input.executions)
  return total === 0 ? 0 : (workOf(executions) / total) * input.schedule.busiestCores
}

function workOf(executions: readonly Execution[]): number {
  return executions.reduce((sum, execution) => sum + execution.localUs, 0)
}

function hostsOf(executions: readonly Execution[]): number {
  const hosts = new Set(executions.map((execution) => execution.entry.span.host).filter((host) => host !== null))
  return Math.min(hosts.size, mostReplicas)
}

function sourceDocuments(input: BuildInput, names: Names): readonly ScenarioDocument[] {
  const ids = new Identifiers()
  const groups = new Map<string, Arrival[]>()
  for (const arrival of input.arrivals) append(groups, arrival.entry.operation, arrival)
  return [...groups]
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([key, group]): readonly ScenarioDocument[] => {
      const entry = group[0]?.entry
      const arrivals = input.schedule.arrivals.get(key)
      if (entry === undefined || arrivals === undefined) return []
      const spans = group.map((arrival) => arrival.entry.entry.span)
      return [
        {
          id: ids.make(`${entry.service} ${entry.label}`, 'requests'),
          label: `${entry.service} ${entry.label}`,
          entry: names.references.get(key) ?? '',
          via: 'nic',
          requestBytes: sizeOf(
            spans.map((span) => span.requestBytes),
            usualRequestBytes,
          ),
          responseBytes: sizeOf(
            spans.map((span) => span.responseBytes),
            usualResponseBytes,
          ),
          arrivals,
        },
      ]
    })
}
