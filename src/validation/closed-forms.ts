import { exp, pow } from '../simulator/engine/exact-math'

/** Closed forms of queueing theory, checked against published tables in tests/unit/queueing-forms.test.ts. */

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

/** P(sojourn > t) of an M/M/k queue with mean service time 1. */
export function sojournTail(load: number, k: number, t: number): number {
  const spare = k - 1 - load
  const waited = Math.abs(spare) < 1e-9 ? t : (1 - exp(-t * spare)) / spare
  return exp(-t) * (1 + erlangC(load, k) * waited)
}

/** The t with tail(t) = 1 - p, for a falling tail. */
export function quantile(p: number, tail: (t: number) => number): number {
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
 * Quantile of the sojourn in an M/D/1 queue, in service times; for loads up to about 0.8 (the sum alternates).
 *
 * @see A. K. Erlang (1909): P(W <= x) = (1 - rho) sum over j up to x of e^(rho (x - j)) (-rho (x - j))^j / j!
 */
export function constantServiceSojournQuantile(load: number, p: number): number {
  const waits = (x: number): number => {
    let sum = 0
    let factorial = 1
    for (let j = 0; j <= Math.floor(x); j += 1) {
      if (j > 0) factorial *= j
      const base = load * (x - j)
      const power = j === 0 ? 1 : base === 0 ? 0 : pow(base, j)
      sum += ((j % 2 === 0 ? 1 : -1) * exp(base) * power) / factorial
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

/** Mean sojourn in an M/G/1 queue served first come first served. @param scv squared coefficient of variation of the service time */
export function pollaczekKhinchine(load: number, meanService: number, scv: number): number {
  return meanService + (load * meanService * (1 + scv)) / (2 * (1 - load))
}
