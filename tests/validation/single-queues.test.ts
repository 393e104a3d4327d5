import { describe, expect, test } from 'vitest'
import type { Scenario } from '../../src/scenario/scenario'
import {
  constantServiceSojournQuantile,
  expectExactly,
  meanSojourn,
  meanUs,
  p99Us,
  replications,
  sojournQuantile,
} from '../support/queueing'
import { constant, cpuPool, exponential, poisson, scenarioOf, type Fields } from '../support/scenarios'

/**
 * One queue against its closed form: 20 replications, seeds fixed here before the first run; the formula must lie in the
 * 99.9 % t-interval, and the 95 % half-width be at most 1 % for the mean and 2 % for the 99th percentile.
 */
function queue(cores: number, ratePerSecond: number, timeNs: Fields, seed: number, durationSeconds: number): Scenario {
  return scenarioOf({
    nodes: [cpuPool('cpu', 1, cores)],
    services: [{ id: 's', operations: [{ id: 'o', steps: [{ do: 'compute', timeNs }] }] }],
    sources: [poisson('s.o', ratePerSecond)],
    run: { seed, warmupSeconds: 2, durationSeconds },
  })
}

describe('one queue gives the mean and the 99th percentile of theory', { timeout: 600_000 }, () => {
  test('M/M/1 at 80 %: 500 µs and 2302.6 µs', () => {
    const [means, p99s] = replications(queue(1, 8000, exponential(100_000), 1, 60), 20, (run) => [
      meanUs(run),
      p99Us(run),
    ])
    expectExactly(means, 500, 0.01)
    expectExactly(p99s, 500 * Math.log(100), 0.02)
  })

  test('M/M/4 at 70 %', () => {
    const [means, p99s] = replications(queue(4, 28_000, exponential(100_000), 4, 8), 20, (run) => [
      meanUs(run),
      p99Us(run),
    ])
    expectExactly(means, meanSojourn(0.28, 10, 4) * 10, 0.01)
    expectExactly(p99s, 100 * sojournQuantile(2.8, 4, 0.99), 0.02)
  })

  test('M/D/1 at 80 %: 300 µs', () => {
    const [means, p99s] = replications(queue(1, 8000, constant(100_000), 5, 40), 20, (run) => [meanUs(run), p99Us(run)])
    expectExactly(means, 300, 0.01)
    const p99 = 100 * constantServiceSojournQuantile(0.8, 0.99)
    expect(p99).toBeCloseTo(1135.589, 2)
    expectExactly(p99s, p99, 0.02)
  })
})
