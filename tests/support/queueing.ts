import { expect } from 'vitest'
import type { Scenario } from '../../src/scenario/scenario'
import { deriveSeed } from '../../src/simulator/engine/random'
import type { Run } from '../../src/simulator/run'
import { meanInterval } from '../../src/simulator/statistics/confidence'
import { finishedRun } from './scenarios'

/** Whether replications agree with the closed forms of queueing theory. */

export * from '../../src/validation/closed-forms'

/** What `read` says of each replication, as `simulate` would seed them. */
export function replications(
  scenario: Scenario,
  count: number,
  read: (run: Run) => readonly number[],
): readonly (readonly number[])[] {
  const rows = Array.from({ length: count }, (_, r) => read(finishedRun(scenario, deriveSeed(scenario.run.seed, r))))
  return rows[0].map((_, column) => rows.map((row) => row[column]))
}

export const meanUs = (run: Run): number => run.machine.measures.requests.latency.mean() / 1e6
export const p99Us = (run: Run): number => run.machine.measures.requests.latency.percentile(0.99) / 1e6

/** The formula lies in the 99.9 % t-interval of the replications, whose 95 % half-width is at most the given share. */
export function expectExactly(values: readonly number[], formula: number, halfWidth: number): void {
  const wide = meanInterval(values, 0.999)
  expect(wide.low).toBeLessThanOrEqual(formula)
  expect(wide.high).toBeGreaterThanOrEqual(formula)
  expect(meanInterval(values, 0.95).halfWidth / formula).toBeLessThanOrEqual(halfWidth)
}
