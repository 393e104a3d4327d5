import fc from 'fast-check'
import { expect, test } from 'vitest'
import { edgeTime, nextEdge } from '../../src/simulator/engine/clock'
import { constant, cpuPool, finishedRun, scenarioOf } from '../support/scenarios'

interface Job {
  readonly at: number
  readonly cycles: number
}

/** Round robin on one core, worked edge by edge in the plainest way: when each job ends, ps. */
function reference(jobs: readonly Job[], frequency: number, quantum: number, switchPs: number): readonly number[] {
  const left = jobs.map((job) => job.cycles)
  const ends = jobs.map(() => NaN)
  const waiting: number[] = []
  let [now, running, last, next] = [0, -1, -1, 0]
  const admit = (until: number): void => {
    while (next < jobs.length && jobs[next].at <= until) waiting.push(next++)
  }
  for (;;) {
    if (running < 0) {
      admit(now)
      if (waiting.length === 0) {
        if (next === jobs.length) return ends
        now = jobs[next].at
        continue
      }
      running = waiting.shift()!
      if (last >= 0 && last !== running) now += switchPs
      last = running
    }
    const stop = now + quantum
    let edge = nextEdge(now, frequency)
    do {
      edge += 1
      left[running] -= 1
    } while (left[running] > 0 && edgeTime(edge, frequency) < stop)
    now = edgeTime(edge, frequency)
    if (left[running] === 0) {
      ends[running] = now
      admit(now)
      running = -1
    } else {
      admit(now)
      if (waiting.length > 0) {
        waiting.push(running)
        running = -1
      }
    }
  }
}

test('n cycles take n edges at any frequency, in slices of any length: as a plain account of each edge says', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.record({ at: fc.integer({ min: 0, max: 40_000 }), cycles: fc.integer({ min: 1, max: 60 }) }), {
        minLength: 1,
        maxLength: 8,
        selector: (job) => job.at,
      }),
      fc.constantFrom(1, 2.1, 2.7, 3.3, 0.7, 2.4567),
      fc.integer({ min: 1, max: 30_000 }),
      fc.constantFrom(0, 0, 777),
      (drawn, frequencyGHz, quantumPs, switchPs) => {
        const jobs = [...drawn].sort((a, b) => a.at - b.at)
        const expected = reference(jobs, frequencyGHz, quantumPs, switchPs)
        const scenario = scenarioOf({
          nodes: [
            cpuPool('cpu', 1, 1, {
              frequencyGHz,
              baseCpi: 1,
              quantumUs: quantumPs / 1e6,
              contextSwitchNs: switchPs / 1000,
            }),
          ],
          services: jobs.map(({ cycles }, i) => ({
            id: `j${i}`,
            operations: [{ id: 'o', steps: [{ do: 'compute', instructions: constant(cycles) }] }],
          })),
          sources: jobs.map(({ at }, i) => ({
            id: `s${i}`,
            entry: `j${i}.o`,
            arrivals: { process: 'trace', timesSeconds: [at / 1e12] },
          })),
          run: { durationSeconds: 0.0001 },
        })
        const { operations } = finishedRun(scenario).machine.measures
        expect(operations.map(({ latency }, i) => jobs[i].at + latency.max)).toEqual(expected)
      },
    ),
    { numRuns: 500 },
  )
})
