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
function sojournTail(load: number, k: number, t: number): number {
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

/** An M/M/1 queue that holds at most `room` requests: loss, throughput in service rates, mean sojourn in service times. */
export function finiteQueue(load: number, room: number) {
  const weights = Array.from({ length: room + 1 }, (_, n) => (n === 0 ? 1 : pow(load, n)))
  const sum = weights.reduce((total, weight) => total + weight, 0)
  const lost = weights[room] / sum
  const held = weights.reduce((total, weight, n) => total + n * weight, 0) / sum
  const throughput = load * (1 - lost)
  return { lost, throughput, sojourn: held / throughput }
}

/**
 * Mean sojourn of a GI/M/1 queue in mean service times: 1 / (1 - sigma), where sigma solves sigma = A*(mu (1 - sigma)).
 *
 * @param transform Laplace transform of the time between arrivals, at an argument in service rates
 * @see L. Kleinrock, Queueing Systems, vol. 1 (1975), section 6.4
 */
export function renewalSojourn(transform: (s: number) => number): number {
  let sigma = 0.5
  for (let i = 0; i < 2000; i += 1) sigma = transform(1 - sigma)
  return 1 / (1 - sigma)
}

/** Mean sojourn at two servers that both must end, in those of one: exact for two M/M/1 queues. @see L. Flatto, S. Hahn (1984) */
export function forkOfTwo(load: number, meanService: number): number {
  return ((12 - load) / 8) * (meanService / (1 - load))
}

/** For more branches, an approximation. @see R. Nelson, A. Tantawi, IEEE Trans. Computers 37(6), 1988 */
export function forkOfMany(branches: number, load: number, meanService: number): number {
  const ratio = harmonic(branches) / harmonic(2)
  return (ratio + (4 / 11) * (1 - ratio) * load) * forkOfTwo(load, meanService)
}

/** A change of state with its rate. */
export interface Transition {
  readonly from: number
  readonly to: number
  readonly rate: number
}

/** Stationary chances of a finite Markov chain, by Gauss and Seidel. */
export function stationary(states: number, transitions: readonly Transition[], rounds: number): Float64Array {
  const out = new Float64Array(states)
  const into: { readonly from: number; readonly rate: number }[][] = Array.from({ length: states }, () => [])
  for (const { from, to, rate } of transitions) {
    out[from] += rate
    into[to].push({ from, rate })
  }
  const chance = new Float64Array(states).fill(1 / states)
  for (let round = 0; round < rounds; round += 1) {
    let sum = 0
    for (let state = 0; state < states; state += 1) {
      let flow = 0
      for (const { from, rate } of into[state]) flow += chance[from] * rate
      chance[state] = flow / out[state]
      sum += chance[state]
    }
    for (let state = 0; state < states; state += 1) chance[state] /= sum
  }
  return chance
}

/** Exact mean value analysis for two classes: throughputs of both. @param demands per station, for each class */
export function twoClassAnalysis(
  users: readonly [number, number],
  think: readonly [number, number],
  demands: readonly (readonly [number, number])[],
): readonly [number, number] {
  const width = users[1] + 1
  /** Mean queue per station, for each population already worked out. */
  const queues: number[][] = []
  let last: readonly [number, number] = [0, 0]
  for (let a = 0; a <= users[0]; a += 1)
    for (let b = 0; b <= users[1]; b += 1) {
      const population = [a, b] as const
      const before = [queues[(a - 1) * width + b], queues[a * width + b - 1]]
      const times = [0, 1].map((c) =>
        demands.map((demand, i) => (population[c] === 0 ? 0 : demand[c] * (1 + before[c][i]))),
      )
      const rates = [0, 1].map((c) => population[c] / (think[c] + times[c].reduce((sum, time) => sum + time, 0)))
      queues[a * width + b] = demands.map((_, i) => rates[0] * times[0][i] + rates[1] * times[1][i])
      last = [rates[0], rates[1]]
    }
  return last
}
