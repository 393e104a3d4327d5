import { expect } from 'vitest'
import { audit } from '../../src/simulator/audit'
import { migrationRow, outcomeOf } from '../../src/simulator/outcome'
import type { MigrationRow } from '../../src/simulator/result'
import type { Run } from '../../src/simulator/run'
import * as Origin from '../../src/simulator/services/origin'

/** What several tests ask of a run. */

/** A value of its summary. */
export const figure = (run: Run, name: string): number => outcomeOf(run).figures.get(name)!

export const reasons = (run: Run, kind: string): readonly string[] =>
  run.decisions.rows.filter((row) => row.kind === kind).map((row) => row.reason)

/** Requests offered are those completed, failed and in flight, as the summary tells them. */
export function balanced(run: Run): void {
  const sum = ['requests_completed', 'requests_failed', 'requests_in_flight'].map((name) => figure(run, name))
  expect(sum.reduce((total, part) => total + part, 0)).toBe(figure(run, 'requests_offered'))
}

/** The same at any moment, counted one by one; and Little's law at every station. */
export function expectRequests(run: Run): void {
  const { executions, measures } = run.machine
  let inFlight = 0
  executions.pool.liveMap().forEach((live, execution) => {
    if (live === 1 && executions.origin[execution] <= Origin.nic && executions.tries[execution] < 0)
      inFlight += executions.measured[execution]
  })
  expect(measures.requests.completed + measures.requests.failed + inFlight).toBe(measures.offeredCount)
  for (const { station, integral, sojourn } of audit(run)) expect([station, integral]).toEqual([station, sojourn])
}

/** The only move, which must have come to its end. */
export function onlyMove(run: Run): MigrationRow {
  expect(run.migrations.list.map(({ outcome }) => outcome)).toEqual(['completed'])
  return migrationRow(run, 0)
}

export const within = (value: number, expected: number, tolerance: number): void =>
  expect(Math.abs(value - expected)).toBeLessThanOrEqual(tolerance)
