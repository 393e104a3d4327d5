import { spentMs } from './clock'
import { checkDocument } from '../../src/scenario/read-scenario'
import type { Scenario, ScenarioDocument } from '../../src/scenario/scenario'
import { catalog } from '../../src/simulator/catalog'
import { createRun } from '../../src/simulator/run'

/** How fast the three-tier chain runs, with all its statistics. */
export interface ChainRow {
  readonly eventsPerSecond: number
  readonly requestsPerSecond: number
  /** Mean latency of the measured requests, µs: the same on every machine and engine. */
  readonly meanUs: number
}

const RUNS = 5

function tier(id: string, node: string, meanNs: number, next: string | null): ScenarioDocument {
  const work = { do: 'compute', timeNs: { dist: 'exponential', mean: meanNs } }
  const call = next === null ? [] : [{ do: 'call', to: `${next}.get`, requestBytes: 0, responseBytes: 0 }]
  return { id, on: node, operations: [{ id: 'get', steps: [work, ...call] }] }
}

function link(from: string, to: string): ScenarioDocument {
  return { id: `${from}-${to}`, from, to, protocol: 'ideal', propagationNs: 0 }
}

/** Tiers of 8, 8 and 4 cores with 100, 200 and 150 µs of exponential work; 16,000 requests/s; a free network. */
function threeTiers(durationSeconds: number): Scenario {
  const { scenario, problems } = checkDocument(
    {
      format: 'unrack-scenario',
      version: 1,
      name: 'Three tiers',
      topology: {
        nodes: [8, 8, 4].map((cores, i) => ({ id: `cpu${i}`, kind: 'cpu', count: 1, spec: { cores } })),
        links: [link('cpu0', 'cpu1'), link('cpu1', 'cpu2')],
      },
      application: {
        rpc: { cyclesPerMessage: 0, cyclesPerByte: 0 },
        services: [tier('web', 'cpu0', 1e5, 'app'), tier('app', 'cpu1', 2e5, 'db'), tier('db', 'cpu2', 1.5e5, null)],
      },
      workload: {
        sources: [{ id: 'users', entry: 'web.get', via: null, arrivals: { process: 'poisson', ratePerSecond: 16000 } }],
      },
      policies: {},
      run: { seed: 1, warmupSeconds: 0, durationSeconds },
    },
    catalog,
  )
  if (!scenario) throw new Error(problems.map((problem) => `${problem.path}: ${problem.message}`).join('\n'))
  return scenario
}

/** The best of several runs. */
export function measureChain(durationSeconds: number, runs = RUNS): ChainRow {
  const scenario = threeTiers(durationSeconds)
  let best: ChainRow = { eventsPerSecond: 0, requestsPerSecond: 0, meanUs: NaN }
  for (let i = 0; i < runs; i += 1) {
    const run = createRun(scenario)
    const start = spentMs()
    run.advance(run.shape.endPs, Infinity)
    const seconds = (spentMs() - start) / 1000
    const { completed, latency } = run.machine.measures.requests
    const row = {
      eventsPerSecond: run.events / seconds,
      requestsPerSecond: completed / seconds,
      meanUs: latency.mean() / 1e6,
    }
    if (row.eventsPerSecond > best.eventsPerSecond) best = row
  }
  return best
}

/** One line for people, with ratios to the references where there are any. */
export function describeChain(row: ChainRow, lean: number | null, simpy: number | null): string {
  const events = (row.eventsPerSecond / 1e6).toFixed(2)
  const requests = (row.requestsPerSecond / 1e3).toFixed(0)
  const times = (reference: number | null, name: string): string =>
    reference === null ? '' : `, ${(row.requestsPerSecond / reference).toFixed(2)} times ${name}`
  const beside = `${times(lean, 'lean C++')}${times(simpy, 'SimPy')}`
  return `three tiers: ${events} M events/s, ${requests} k requests/s${beside} (mean latency ${row.meanUs.toFixed(3)} µs)`
}
