import { forkOfMany, forkOfTwo, harmonic, meanSojourn, meanValueAnalysis, quantile } from '../closed-forms'
import { pow, exp, ln } from '../../simulator/engine/exact-math'
import { exactCase, mean, percentile, type System } from '../exact-case'
import { meanUs, p50Us, p99Us, perSecond, relativeRow, replicate, resultOf, utilizationOf } from '../measuring'
import { call, closed, exponential, poisson, scenarioOf, service, stations, work, type Fields } from '../scenario-parts'
import type { Row, ValidationCase } from '../validation-case'

/** Networks of queues: chains, feedback, closed users, forks. The fabric and the RPC work are free. */

interface Network {
  readonly cores: readonly number[]
  readonly services: readonly Fields[]
  readonly source: Fields
  readonly seed: number
}

function network({ cores, services, source, seed }: Network): System['scenario'] {
  return (durationSeconds) =>
    scenarioOf(
      stations(cores, services, {
        sources: [source],
        run: { seed, warmupSeconds: Math.max(durationSeconds / 50, 0.005), durationSeconds },
      }),
    )
}

const tandem: System = {
  name: 'tandem at 50, 62.5 and 83 %',
  scenario: network({
    cores: [1, 1, 1],
    services: [
      service('a', [work(exponential(10_000)), call('b.o')]),
      service('b', [work(exponential(12_500)), call('c.o')]),
      service('c', [work(exponential(1e9 / 60_000))]),
    ],
    source: poisson('a.o', 50_000),
    seed: 801,
  }),
  seconds: 4.5,
  quantities: [mean('mean latency', 'µs', 20 + 1e6 / 30_000 + 100, meanUs)],
}

const again: Fields = {
  do: 'choose',
  options: [
    { probability: 0.2, steps: [call('a.o')] },
    { probability: 0.8, steps: [] },
  ],
}

const feedback: System = {
  name: 'feedback with probability 0.2',
  scenario: network({
    cores: [1],
    services: [service('a', [work(exponential(50_000)), again])],
    source: poisson('a.o', 10_000),
    seed: 802,
  }),
  seconds: 6,
  quantities: [mean('mean latency', 'µs', 500 / 3, meanUs), mean('utilization', '', 0.625, utilizationOf('cpu0'))],
}

const PER_US = { front: 0.02, cache: 0.014, db: 0.0074 }

const graph: System = {
  name: 'front, cache and database',
  scenario: network({
    cores: [2, 1, 4],
    services: [
      service('front', [
        work(exponential(1e9 / 15_000)),
        {
          do: 'choose',
          options: [
            { probability: 0.7, steps: [call('cache.o')] },
            { probability: 0.3, steps: [call('db.o')] },
          ],
        },
      ]),
      service('cache', [
        work(exponential(40_000)),
        {
          do: 'choose',
          options: [
            { probability: 0.1, steps: [call('db.o')] },
            { probability: 0.9, steps: [] },
          ],
        },
      ]),
      service('db', [work(exponential(1e9 / 3000))]),
    ],
    source: poisson('front.o', 20_000),
    seed: 803,
  }),
  seconds: 4,
  quantities: [
    mean(
      'mean latency',
      'µs',
      meanSojourn(PER_US.front, 1000 / 15, 2) +
        0.7 * meanSojourn(PER_US.cache, 40, 1) +
        0.37 * meanSojourn(PER_US.db, 1000 / 3, 4),
      meanUs,
    ),
  ],
}

const pools: System = {
  name: '8, 8 and 4 cores at 25, 50 and 75 %',
  scenario: network({
    cores: [8, 8, 4],
    services: [
      service('a', [work(exponential(100_000)), call('b.o')]),
      service('b', [work(exponential(200_000)), call('c.o')]),
      service('c', [work(exponential(150_000))]),
    ],
    source: poisson('a.o', 20_000),
    seed: 804,
  }),
  seconds: 2,
  quantities: [
    mean(
      'mean latency',
      'µs',
      meanSojourn(0.02, 100, 8) + meanSojourn(0.02, 200, 8) + meanSojourn(0.02, 150, 4),
      meanUs,
    ),
  ],
}

export const openNetworks = exactCase(
  {
    id: 'B8',
    title: 'Open Jackson networks',
    question: 'Do chains, feedback and branches of services have the product form?',
    source: 'J. R. Jackson, Management Science 10(1), 1963; Kleinrock, vol. 1, section 4.8',
    inputs: 'One device of cores per service, exponential work; nothing is calibrated.',
    secondsShort: 8,
  },
  [tandem, feedback, graph, pools],
)

function closedSystem(
  users: number,
  thinkUs: number,
  demands: readonly number[],
  seed: number,
  seconds: number,
): System {
  const { throughput, response } = meanValueAnalysis(users, thinkUs, demands)
  const names = ['a', 'b', 'c']
  return {
    name: `${users} users who think ${thinkUs} µs`,
    scenario: network({
      cores: demands.map(() => 1),
      services: demands.map((demand, i) =>
        service(names[i], [
          work(exponential(demand * 1000)),
          ...(i + 1 < demands.length ? [call(`${names[i + 1]}.o`)] : []),
        ]),
      ),
      source: closed('a.o', users, exponential(thinkUs * 1000)),
      seed,
    }),
    seconds,
    quantities: [
      mean('throughput', '1/s', throughput * 1e6, perSecond),
      mean('mean response', 'µs', response, meanUs),
      mean('utilization of the first', '', throughput * demands[0], utilizationOf('cpu0')),
    ],
  }
}

export const closedNetworks = exactCase(
  {
    id: 'B9',
    title: 'Closed networks (mean value analysis)',
    question:
      'Do users who think and ask again settle at the throughput and response time of exact mean value analysis?',
    source: 'M. Reiser, S. S. Lavenberg, J. ACM 27(2), 1980',
    inputs: 'One core per station, exponential work and think time; nothing is calibrated.',
    secondsShort: 5,
  },
  [
    closedSystem(1, 100, [10, 5], 901, 1.2),
    closedSystem(16, 100, [10, 5], 902, 0.5),
    closedSystem(64, 500, [8, 5, 3], 903, 0.75),
  ],
)

const BRANCH_NAMES = Array.from({ length: 32 }, (_, i) => `s${i}`)

function forkScenario(branches: number, load: number, seed: number): System['scenario'] {
  const names = BRANCH_NAMES.slice(0, branches)
  return network({
    cores: [1, ...names.map(() => 1)],
    services: [
      service('fork', [{ do: 'parallel', branches: names.map((name) => [call(`${name}.o`)]) }]),
      ...names.map((name) => service(name, [work(exponential(10_000))])),
    ],
    source: poisson('fork.o', load * 1e5),
    seed,
  })
}

export const forkJoinOfTwo = exactCase(
  {
    id: 'B10a',
    title: 'Fork and join of two, exact',
    question: 'Does a request that needs two queues at once take (12 - ρ)/8 times as long as one queue?',
    source: 'L. Flatto, S. Hahn, SIAM J. Appl. Math. 44(5), 1984; R. Nelson, A. Tantawi, IEEE ToC 37(6), 1988',
    inputs: 'Exponential work of 10 µs at both; nothing is calibrated.',
    secondsShort: 2,
  },
  [0.5, 0.7].map((load, i) => ({
    name: `ρ = ${load}`,
    scenario: forkScenario(2, load, 1001 + i),
    seconds: i === 0 ? 0.7 : 1.5,
    quantities: [mean('mean latency', 'µs', forkOfTwo(load, 10), meanUs)],
  })),
)

const FORKS = [
  { branches: 8, load: 0.5, seed: 1011, seconds: 0.06 },
  { branches: 32, load: 0.8, seed: 1012, seconds: 0.08 },
] as const

export const forkJoinOfMany: ValidationCase = {
  id: 'B10b',
  title: 'Fork and join of many, between bounds',
  group: 'closed forms',
  strictness: 'calibrated',
  question:
    'Where no exact form exists: are wider forks within 4 % of the approximation of Nelson and Tantawi, and within the bounds?',
  source: 'R. Nelson, A. Tantawi, IEEE Trans. Computers 37(6), 1988',
  tolerance:
    'Within 4 % of the approximation, and strictly between the lower bound max(T1, H_n/mu) and the upper bound H_n T1.',
  inputs: 'Exponential work of 10 µs at each branch; nothing is calibrated.',
  secondsShort: 4,
  run({ form, told }) {
    let events = 0
    const rows = FORKS.flatMap(({ branches, load, seed, seconds }, i): Row[] => {
      const scenario = forkScenario(branches, load, seed)(form === 'full' ? 6 * seconds : seconds)
      const sample = replicate(scenario, 5, (share) => told?.((i + share) / FORKS.length))
      events += sample.events
      const value = sample.outcomes.map(meanUs).reduce((sum, one) => sum + one, 0) / 5
      const lower = Math.max(10 / (1 - load), 10 * harmonic(branches))
      const upper = (harmonic(branches) * 10) / (1 - load)
      const name = `n = ${branches}, ρ = ${load}`
      const isBetween = value > lower && value < upper
      return [
        relativeRow(
          { label: `${name}: mean latency`, unit: 'µs', expected: forkOfMany(branches, load, 10) },
          value,
          0.04,
          'mechanism',
        ),
        {
          label: `${name}: between the bounds`,
          unit: 'µs',
          expected: (lower + upper) / 2,
          simulated: value,
          low: lower,
          high: upper,
          tolerance: NaN,
          verdict: isBetween ? 'within' : 'outside',
          role: 'mechanism',
        },
      ]
    })
    return resultOf('B10b', rows, { figures: [], events })
  },
}

function maximumSystem(branches: number, seed: number, seconds: number, isLong = false): System {
  const tail = (t: number): number => 1 - pow(1 - exp(-t), branches)
  const at = (p: number): number => (branches === 1 ? -ln(1 - p) : quantile(p, tail))
  return {
    name: `n = ${branches}`,
    scenario: network({
      cores: [4096],
      services: [
        service('a', [
          { do: 'parallel', branches: Array.from({ length: branches }, () => [work(exponential(10_000))]) },
        ]),
      ],
      source: poisson('a.o', 20_000_000 / branches / 10),
      seed,
    }),
    seconds,
    onlyFull: isLong,
    quantities: [
      mean('mean of the slowest', 'µs', 10 * harmonic(branches), meanUs),
      percentile('median of the slowest', 'µs', 10 * at(0.5), p50Us),
      percentile('p99 of the slowest', 'µs', 10 * at(0.99), p99Us),
    ],
  }
}

export const orderStatistics = exactCase(
  {
    id: 'B14',
    title: 'The slowest of n branches',
    question:
      'Without queueing, is the slowest of n exponential branches at H_n means, with the percentiles of the maximum?',
    source: 'H. A. David, H. N. Nagaraja, Order Statistics (2003), section 2.1',
    inputs: '4,096 cores, so that nobody waits; exponential branches of 10 µs; nothing is calibrated.',
    secondsShort: 6,
  },
  [maximumSystem(10, 1401, 0.01), maximumSystem(100, 1402, 0.05), maximumSystem(2000, 1403, 0.4, true)],
)
