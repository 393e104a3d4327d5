import { problemText } from '../scenario/problems'
import { checkDocument } from '../scenario/read-scenario'
import type { Json, Scenario, ScenarioDocument } from '../scenario/scenario'
import { catalog } from '../simulator/catalog'

/** Scenarios in few words: what a case says, read and checked as any document is. */

export type Fields = Record<string, Json>

/** What is said of a scenario; all else is empty or default. */
export interface Parts {
  readonly nodes: readonly Fields[]
  readonly links?: readonly Fields[]
  readonly rpc?: Fields
  readonly services?: readonly Fields[]
  readonly sources?: readonly Fields[]
  readonly policies?: Fields
  readonly faults?: readonly Fields[]
  readonly run?: Fields
}

export function documentOf({ nodes, links, rpc, services, sources, policies, faults, run }: Parts): ScenarioDocument {
  return {
    format: 'unrack-scenario',
    version: 1,
    topology: { nodes, links: links ?? [] },
    application: { rpc: rpc ?? {}, services: services ?? [] },
    workload: { sources: sources ?? [] },
    policies: policies ?? {},
    faults: faults ?? [],
    run: { seed: 1, warmupSeconds: 0, durationSeconds: 1, ...run },
  }
}

/** The scenario of a document. @throws Error that says everything that is wrong with it */
export function readDocument(document: ScenarioDocument): Scenario {
  const { scenario, problems } = checkDocument(document, catalog)
  if (scenario) return scenario
  const errors = problems.filter((problem) => problem.severity === 'error')
  throw new Error(errors.map(problemText).join('\n'))
}

export function scenarioOf(parts: Parts): Scenario {
  return readDocument(documentOf(parts))
}

export function constant(value: number): Fields {
  return { dist: 'constant', value }
}

export function exponential(mean: number): Fields {
  return { dist: 'exponential', mean }
}

/** A CPU pool whose clock has an edge at every picosecond, so that cycles are picoseconds. */
export function cpuPool(id: string, count: number, cores: number, spec: Fields = {}): Fields {
  return { id, kind: 'cpu', count, spec: { cores, frequencyGHz: 1000, ...spec } }
}

/** A NIC pool that takes no time. */
export function freeNic(count = 1): Fields {
  return { id: 'nic', kind: 'nic', count, spec: { messageNs: 0, messagesPerSecond: 1e12, cores: 0 } }
}

/** Requests at the given instants, µs. */
export function trace(entry: string, timesUs: readonly number[], fields: Fields = {}): Fields {
  return { id: 'trace', entry, arrivals: { process: 'trace', timesSeconds: timesUs.map((us) => us / 1e6) }, ...fields }
}

export function poisson(entry: string, ratePerSecond: number, fields: Fields = {}): Fields {
  return { id: 'users', entry, arrivals: { process: 'poisson', ratePerSecond }, ...fields }
}

export function closed(entry: string, users: number, thinkTimeNs: Fields, fields: Fields = {}): Fields {
  return { id: 'users', entry, arrivals: { process: 'closed', users, thinkTimeNs }, ...fields }
}

/** A compute step whose time is given. */
export function work(timeNs: Fields): Fields {
  return { do: 'compute', timeNs }
}

export function call(to: string, fields: Fields = {}): Fields {
  return { do: 'call', to, ...fields }
}

/** A service of one operation, `o`. */
export function service(id: string, steps: readonly Fields[], fields: Fields = {}): Fields {
  return { id, operations: [{ id: 'o', steps }], ...fields }
}

/** One CPU device of its own per service, all joined by a switch that takes no time: calls cost nothing. */
export function stations(
  cores: readonly number[],
  services: readonly Fields[],
  rest: Omit<Parts, 'nodes'>,
  spec: Fields = {},
): Parts {
  const ids = cores.map((_, i) => `cpu${i}`)
  return {
    nodes: [
      ...ids.map((id, i) => cpuPool(id, 1, cores[i], spec)),
      { id: 'tor', kind: 'switch', spec: { latencyNs: 0, bufferKiB: 1e6 } },
    ],
    links: ids.map((id) => ({ id, from: id, to: 'tor', protocol: 'ideal', bandwidthGbps: null, propagationNs: 0 })),
    services: services.map((one, i) => ({ on: ids[Math.min(i, ids.length - 1)], ...one })),
    ...rest,
  }
}
