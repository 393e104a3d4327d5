import { expect } from 'vitest'
import type { Scenario } from '../../src/scenario/scenario'
import { deriveSeed } from '../../src/simulator/engine/random'
import type { Run } from '../../src/simulator/run'
import { meanInterval } from '../../src/simulator/statistics/confidence'
import { finishedRun } from './scenarios'

/** Closed forms of queueing theory, and whether replications agree with them. */

/** Share of arrivals lost by `k` servers without a queue, offered `load` erlangs. */
export function erlangB(load: number, k: number): number {
  let blocked = 1
  for (let i = 1; i <= k; i += 1) blocked = (load * blocked) / (i + load * blocked)
  return blocked
}

/** Chance to wait for one of `k` servers that share a queue. */
export function erlangC(load: number, k: number): number {
  const blocked = erlangB(load, k)
  return blocked / (1 - (load / k) * (1 - blocked))
}

/** Mean sojourn of an M/M/k queue, in the unit of the mean service time. */
export function meanSojourn(arrivalRate: number, meanService: number, k: number): number {
  const load = arrivalRate * meanService
  return meanService + (erlangC(load, k) * meanService) / (k - load)
}

/** P(sojourn > t) of an M/M/k queue with mean service time 1, for a load other than k - 1. */
function sojournTail(load: number, k: number, t: number): number {
  const spare = k - 1 - load
  return Math.exp(-t) * (1 + (erlangC(load, k) * (1 - Math.exp(-t * spare))) / spare)
}

/** The t with tail(t) = 1 - p, for a falling tail. */
function quantile(p: number, tail: (t: number) => number): number {
  let low = 0
  let high = 1
  while (tail(high) > 1 - p) high *= 2
  for (let i = 0; i < 100; i += 1) {
    const middle = (low + high) / 2
    if (tail(middle) > 1 - p) low = middle
    else high = middle
  }
  return low
}

/** Quantile of the sojourn in an M/M/k queue, in mean service times. */
export function sojournQuantile(load: number, k: number, p: number): number {
  return quantile(p, (t) => sojournTail(load, k, t))
}

/**
 * Quantile of the sojourn in an M/D/1 queue, in service times.
 *
 * @see A. K. Erlang (1909): P(W <= x) = (1 - rho) sum over j up to x of e^(rho (x - j)) (-rho (x - j))^j / j!
 */
export function constantServiceSojournQuantile(load: number, p: number): number {
  const waits = (x: number): number => {
    let sum = 0
    let factorial = 1
    for (let j = 0; j <= Math.floor(x); j += 1) {
      if (j > 0) factorial *= j
      sum += (Math.exp(load * (x - j)) * (-load * (x - j)) ** j) / factorial
    }
    return 1 - (1 - load) * sum
  }
  return 1 + quantile(p, waits)
}

/** Exact mean value analysis: throughput and response time of `users` who think for `think` between visits to all stations. */
export function meanValueAnalysis(users: number, think: number, demands: readonly number[]) {
  let queues = demands.map(() => 0)
  let throughput = 0
  let response = 0
  for (let n = 1; n <= users; n += 1) {
    const times = demands.map((demand, i) => demand * (1 + queues[i]))
    response = times.reduce((sum, time) => sum + time, 0)
    throughput = n / (think + response)
    queues = times.map((time) => throughput * time)
  }
  return { throughput, response }
}

/** 1 + 1/2 + … + 1/n: the mean of the largest of n exponentials, in means. */
export function harmonic(n: number): number {
  return n === 0 ? 0 : harmonic(n - 1) + 1 / n
}

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
