import { exp, ln, pow } from '../../simulator/engine/exact-math'
import type { Outcome } from '../../simulator/outcome'
import { intervalRow, p50Us, p99Us, relativeRow, resultOf } from '../measuring'
import { Bench } from '../once'
import { cpuPool, poisson, service, type Fields, type Parts } from '../scenario-parts'
import type { ValidationCase } from '../validation-case'

/** The tail of requests that many leaves answer. */

/** Tail of a leaf, fitted: 1, 5 and 10 ms at 50, 95 and 99 %, beyond that exponential. */
const TAIL_MS = 23.6
const LEAVES = 247

function leafQuantile(p: number): number {
  if (p < 0.5) return 0.4 + (0.6 * p) / 0.5
  if (p < 0.95) return exp((ln(5) * ln((1 - 0.5) / (1 - p))) / ln(0.5 / 0.05))
  if (p < 0.99) return 5 * exp((ln(2) * ln(0.05 / (1 - p))) / ln(5))
  return 10 + TAIL_MS * ln(0.01 / (1 - p))
}

/** The leaf as 4,000 values, of which those of the tail weigh less each. */
function leafTimes(): Fields {
  const values: number[] = []
  const weights: number[] = []
  const part = (from: number, to: number, count: number): void => {
    for (let i = 0; i < count; i += 1) {
      values.push(1e6 * leafQuantile(from + ((to - from) * (i + 0.5)) / count))
      weights.push((to - from) / count)
    }
  }
  part(0, 0.95, 500)
  part(0.95, 0.99, 500)
  part(0.99, 0.9999, 2000)
  part(0.9999, 1, 1000)
  return { dist: 'empirical', values, weights }
}

function fanOutParts(leaves: number, timeNs: Fields, ratePerSecond: number, seed: number, seconds: number): Parts {
  return {
    nodes: [cpuPool('cpu', 1, 4)],
    services: [
      service('root', [{ do: 'parallel', branches: Array.from({ length: leaves }, () => [{ do: 'delay', timeNs }]) }]),
    ],
    sources: [poisson('root.o', ratePerSecond)],
    run: { seed, warmupSeconds: 0, durationSeconds: seconds },
  }
}

/** Share of requests slower than a time, from the histogram of all requests. */
function slowerThan(us: number): (outcome: Outcome) => number {
  return (outcome) => {
    const all = outcome.histograms.find((one) => one.id === '')
    if (!all) return NaN
    return all.counts.reduce((sum, count, i) => (all.lowUs[i] > us ? sum + count : sum), 0) / all.count
  }
}

/** Fast in all but a few cases: 10 µs, else 100 µs. */
const rarelySlow = (share: number): Fields => ({
  dist: 'empirical',
  values: [10_000, 100_000],
  weights: [1 - share, share],
})

export const tailAtScale: ValidationCase = {
  id: 'A30',
  title: 'The tail at scale',
  group: 'published',
  strictness: 'shape',
  question:
    'Are 63 % of requests to 100 leaves slow when 1 % of leaves are, and does a fitted leaf give the published table?',
  source:
    'J. Dean, L. A. Barroso, The Tail at Scale, CACM 56(2), 2013, from notes: one leaf 1/5/10 ms, all leaves 40/87/140 ms (p50/p95/p99)',
  tolerance: 'Arithmetic: in the 99.9 % interval of 20 replications. Table: points held out within 30 %.',
  inputs:
    'The leaf is fitted to 1, 5 and 10 ms with an exponential tail; its scale and the number of leaves (247, not published) are calibrated on p50 and p99 of all leaves; p95 of all leaves and the leaf itself are held out.',
  secondsShort: 4,
  run({ form, told }) {
    const bench = new Bench()
    const isFull = form === 'full'
    const rare = [
      { leaves: 100, slow: 0.01, rate: 2000, seed: 3001, seconds: isFull ? 2 : 0.2 },
      { leaves: 2000, slow: 0.0001, rate: 100, seed: 3002, seconds: 3 },
    ].slice(0, isFull ? 2 : 1)
    const arithmetic = rare.map(({ leaves, slow, rate, seed, seconds }) => {
      const outcomes = bench.runs(fanOutParts(leaves, rarelySlow(slow), rate, seed, seconds), 20)
      return intervalRow(
        {
          label: `${leaves} leaves, ${100 * slow} % slow: share of slow requests`,
          unit: '',
          expected: 1 - pow(1 - slow, leaves),
        },
        outcomes.map(slowerThan(50)),
        0.06,
      )
    })
    told?.(0.6)
    const one = bench.one(fanOutParts(1, leafTimes(), 2000, 3003, 20))
    const all = bench.one(fanOutParts(LEAVES, leafTimes(), 100, 3004, isFull ? 135 : 15))
    const p95 = (outcome: Outcome): number => percentileOf(outcome, 0.95)
    const table = [
      relativeRow({ label: 'one leaf, p50', unit: 'ms', expected: 1 }, p50Us(one) / 1000, 0.1, 'calibration point'),
      relativeRow({ label: 'one leaf, p99', unit: 'ms', expected: 10 }, p99Us(one) / 1000, 0.1, 'calibration point'),
      relativeRow({ label: 'all leaves, p50', unit: 'ms', expected: 40 }, p50Us(all) / 1000, 0.1, 'calibration point'),
      relativeRow({ label: 'all leaves, p95', unit: 'ms', expected: 87 }, p95(all) / 1000, 0.3, 'parameter'),
      relativeRow({ label: 'all leaves, p99', unit: 'ms', expected: 140 }, p99Us(all) / 1000, 0.1, 'calibration point'),
    ]
    return resultOf('A30', [...arithmetic, ...table], {
      figures: [],
      events: bench.events,
      notes: [
        'Requests to 2,000 leaves run in the full form only. Hedged requests are held against their closed form (B15); waiting for 95 % of the leaves and tied requests are in the paper and not in the model.',
      ],
    })
  },
}

/** Percentile of all requests, from the histogram. */
function percentileOf(outcome: Outcome, p: number): number {
  const all = outcome.histograms.find((one) => one.id === '')
  if (!all) return NaN
  let left = p * all.count
  for (let i = 0; i < all.counts.length; i += 1) {
    left -= all.counts[i]
    if (left <= 0) return (all.lowUs[i] + all.highUs[i]) / 2
  }
  return NaN
}
