import { spentMs } from './clock'
import { freeTiers, rackTiers } from './three-tiers'
import { createRun } from '../../src/simulator/run'

/** How fast three tiers run, with all their statistics. */
export interface ChainRow {
  readonly network: Network
  readonly eventsPerSecond: number
  readonly requestsPerSecond: number
  /** Mean latency of the measured requests, µs: the same on every machine and engine. */
  readonly meanUs: number
}

/** What their messages cross: nothing that takes time, or the links and the switch of a rack. */
export type Network = 'free' | 'rack'

/** Seconds that are simulated: as many requests either way. */
export const SECONDS = { free: 10, rack: 0.032 } as const
const scenarios = { free: freeTiers, rack: rackTiers }
const names = { free: 'three tiers', rack: 'three tiers on a rack' } as const
const RUNS = 5

/** The best of several runs. */
export function measureChain(network: Network, durationSeconds: number = SECONDS[network], runs = RUNS): ChainRow {
  const scenario = scenarios[network](durationSeconds)
  let best: ChainRow = { network, eventsPerSecond: 0, requestsPerSecond: 0, meanUs: NaN }
  for (let i = 0; i < runs; i += 1) {
    const run = createRun(scenario)
    const start = spentMs()
    run.advance(run.shape.endPs, Infinity)
    const seconds = (spentMs() - start) / 1000
    const { completed, latency } = run.machine.measures.requests
    const row = {
      network,
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
  return `${names[row.network]}: ${events} M events/s, ${requests} k requests/s${beside} (mean latency ${row.meanUs.toFixed(3)} µs)`
}
