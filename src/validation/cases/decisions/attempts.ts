import { exp, ln } from '../../../simulator/engine/exact-math'
import type { Outcome } from '../../../simulator/outcome'
import { agreement } from '../../decision-case'
import { exactCase, mean, percentile, type System } from '../../exact-case'
import { figure, meanUs, p99Us } from '../../measuring'
import { cpuPool, exponential, poisson, scenarioOf, type Fields } from '../../scenario-parts'

/** Requests that are asked a second time before the first has answered, without queueing. */

interface Leaf {
  readonly name: string
  readonly timeNs: Fields
  /** Share of answers that take longer than so many µs. */
  readonly slower: (us: number) => number
  /** Asked again after, µs: the 95th percentile. */
  readonly afterUs: number
  readonly seed: number
}

const LEAVES: readonly Leaf[] = [
  {
    name: 'exponential, 10 µs',
    timeNs: exponential(10_000),
    slower: (us) => exp(-us / 10),
    afterUs: 10 * ln(20),
    seed: 1501,
  },
  {
    name: '98 % 5 µs, 2 % 500 µs',
    timeNs: { dist: 'hyperexponential', probabilities: [0.98, 0.02], means: [5000, 500_000] },
    slower: (us) => 0.98 * exp(-us / 5) + 0.02 * exp(-us / 500),
    afterUs: 17.3196,
    seed: 1502,
  },
]

/** The time that a share of requests takes longer than, when the lesser of two counts from the hedge on. */
function hedgedQuantile({ slower, afterUs }: Leaf, share: number): number {
  let [low, high] = [0, 1e5]
  for (let i = 0; i < 100; i += 1) {
    const us = (low + high) / 2
    const left = us < afterUs ? slower(us) : slower(us) * slower(us - afterUs)
    if (left > share) low = us
    else high = us
  }
  return high
}

/** The area under the hedged tail, by Simpson's rule in pieces that grow. */
function hedgedMean({ slower, afterUs }: Leaf): number {
  const area = (of: (us: number) => number, from: number, to: number): number => {
    const pieces = 20_000
    const width = (to - from) / pieces
    let sum = 0
    for (let i = 0; i < pieces; i += 1) {
      const at = from + i * width
      sum += (of(at) + 4 * of(at + width / 2) + of(at + width)) * (width / 6)
    }
    return sum
  }
  const both = (us: number): number => slower(us) * slower(us - afterUs)
  return area(slower, 0, afterUs) + area(both, afterUs, 200) + area(both, 200, 10_000)
}

function hedged(leaf: Leaf): System {
  return {
    name: leaf.name,
    scenario: (durationSeconds) =>
      scenarioOf({
        nodes: [cpuPool('cpu', 1, 1)],
        services: [{ id: 's', operations: [{ id: 'o', steps: [{ do: 'delay', timeNs: leaf.timeNs }] }] }],
        sources: [poisson('s.o', 200_000, { attempts: { hedgeAfterUs: leaf.afterUs } })],
        run: { seed: leaf.seed, warmupSeconds: 0.005, durationSeconds },
      }),
    seconds: 0.3,
    quantities: [
      mean('mean', 'µs', hedgedMean(leaf), meanUs),
      percentile('p99', 'µs', hedgedQuantile(leaf, 0.01), p99Us),
      percentile('asked twice', '', leaf.slower(leaf.afterUs), (outcome: Outcome) => {
        return figure('hedges')(outcome) / figure('requests_offered')(outcome)
      }),
    ],
  }
}

export const hedging = exactCase(
  {
    id: 'B15',
    title: 'Hedged requests',
    question: 'Is a request that is asked again after a delay as slow as the lesser of two, and as often asked twice?',
    source: 'J. Dean, L. A. Barroso, The Tail at Scale, CACM 56(2), 2013; the survival G(t) G(t - d) is arithmetic',
    inputs:
      'Answers that take their time without queueing; asked again after the 95th percentile. Nothing is calibrated.',
    secondsShort: 2,
  },
  LEAVES.map(hedged),
  (rows) => [
    agreement(
      'time, µs',
      rows.filter(({ unit }) => unit === 'µs'),
    ),
  ],
)
