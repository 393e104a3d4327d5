import { problemText } from '../../src/scenario/problems'
import { checkDocument } from '../../src/scenario/read-scenario'
import type { Json, Scenario, ScenarioDocument } from '../../src/scenario/scenario'
import { catalog } from '../../src/simulator/catalog'
import { createRun, type Run } from '../../src/simulator/run'

export type Fields = Record<string, Json>

/** What a test says of a scenario; all else is empty or default. */
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

/** A run that has come to its end. */
export function finishedRun(scenario: Scenario, seed = scenario.run.seed): Run {
  const run = createRun(scenario, { seed })
  while (!run.advance(run.shape.endPs, 1_000_000));
  return run
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
