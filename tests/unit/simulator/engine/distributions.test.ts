import { expect, test } from 'vitest'
import { compileDistribution } from '../../../../src/simulator/engine/distributions'
import { RandomStreams } from '../../../../src/simulator/engine/random'
import type { DistributionSpec } from '../../../../src/simulator/engine/distributions'

const DRAWS = 100_000

function draws(spec: DistributionSpec, seed = 2024): Float64Array {
  const streams = new RandomStreams(seed)
  const key = streams.key(spec.dist)
  const { sample } = compileDistribution(spec)
  return Float64Array.from({ length: DRAWS }, (_, i) => sample(streams, key, i, 0, 0))
}

function average(values: Float64Array, of: (x: number) => number): number {
  return values.reduce((sum, x) => sum + of(x), 0) / values.length
}

/** Expects a sample mean within 5 standard errors, which are taken from the sample itself. */
function expectMean(values: Float64Array, of: (x: number) => number, mean: number): void {
  const found = average(values, of)
  const variance = average(values, (x) => (of(x) - found) ** 2)
  expect(Math.abs(found - mean)).toBeLessThan(5 * Math.sqrt(variance / values.length) + 1e-12)
}

/** Each distribution with its mean and its second moment, from the textbook. */
const KNOWN: readonly (readonly [DistributionSpec, number, number])[] = [
  [{ dist: 'uniform', min: 1, max: 3 }, 2, 13 / 3],
  [{ dist: 'exponential', mean: 5 }, 5, 50],
  [{ dist: 'erlang', k: 1, mean: 2 }, 2, 8],
  [{ dist: 'erlang', k: 5, mean: 2 }, 2, 4.8],
  [{ dist: 'erlang', k: 40, mean: 2 }, 2, 4.1],
  [{ dist: 'hyperexponential', probabilities: [0.3, 0.7], means: [1, 5] }, 3.8, 35.6],
  [{ dist: 'lognormal', mean: 3, cv: 0.5 }, 3, 11.25],
  [{ dist: 'gamma', mean: 3, cv: 0.5 }, 3, 11.25],
  [{ dist: 'gamma', mean: 3, cv: 1.25 }, 3, 23.0625],
  [{ dist: 'pareto', shape: 1, min: 1, max: 100 }, Math.log(100) / 0.99, 100],
  [{ dist: 'pareto', shape: 2, min: 1, max: 10 }, 1.8 / 0.99, (2 * Math.log(10)) / 0.99],
  [{ dist: 'pareto', shape: 1.5, min: 2, max: 50 }, 4.8 / 0.992, 48 / 0.992],
  [{ dist: 'empirical', values: [1, 2, 6] }, 3, 41 / 3],
  [{ dist: 'empirical', values: [1, 2, 6], weights: [1, 0, 3] }, 4.75, 27.25],
]

test.each(KNOWN)('%o has the mean %d and the second moment %d', (spec, mean, second) => {
  expect(compileDistribution(spec).mean).toBeCloseTo(mean, 9)
  const values = draws(spec)
  expectMean(values, (x) => x, mean)
  expectMean(values, (x) => x * x, second)
})

test('an exponential has the tail of an exponential', () => {
  const values = draws({ dist: 'exponential', mean: 1 })
  for (const x of [0.1, 1, 3, 5]) expectMean(values, (value) => (value > x ? 1 : 0), Math.exp(-x))
})

test('a lognormal is half below its median', () => {
  const median = 3 / Math.sqrt(1 + 0.25)
  expectMean(draws({ dist: 'lognormal', mean: 3, cv: 0.5 }), (x) => (x < median ? 1 : 0), 0.5)
})

test('a bounded Pareto stays within its bounds', () => {
  const values = draws({ dist: 'pareto', shape: 1.2, min: 10, max: 1000 })
  expect(values.every((x) => x >= 10 && x <= 1000)).toBe(true)
})

test('a draw is not negative and is a number', () => {
  for (const [spec] of KNOWN) expect(draws(spec).every((x) => x >= 0 && Number.isFinite(x))).toBe(true)
})

test('a constant is its value and draws nothing', () => {
  const streams = new RandomStreams(1)
  streams.out.fill(7)
  const sampler = compileDistribution({ dist: 'constant', value: 42 })
  expect([sampler.sample(streams, streams.key('x'), 1, 2, 3), sampler.mean]).toEqual([42, 42])
  expect([...streams.out]).toEqual([7, 7, 7, 7])
})

test('without spread every distribution is a constant', () => {
  const specs: DistributionSpec[] = [
    { dist: 'uniform', min: 3, max: 3 },
    { dist: 'lognormal', mean: 3, cv: 0 },
    { dist: 'gamma', mean: 3, cv: 0 },
    { dist: 'pareto', shape: 2, min: 3, max: 3 },
    { dist: 'empirical', values: [3] },
  ]
  for (const spec of specs) {
    expect(compileDistribution(spec).mean).toBe(3)
    expect(draws(spec).every((x) => x === 3)).toBe(true)
  }
})

test('a mean of 0 draws 0', () => {
  const specs: DistributionSpec[] = [
    { dist: 'exponential', mean: 0 },
    { dist: 'lognormal', mean: 0, cv: 2 },
    { dist: 'gamma', mean: 0, cv: 2 },
  ]
  for (const spec of specs) expect(draws(spec).every((x) => Math.abs(x) === 0)).toBe(true)
})

test('equal addresses draw equal values, in whatever order they are asked for', () => {
  for (const [spec] of KNOWN) {
    const streams = new RandomStreams(9)
    const key = streams.key('same')
    const { sample } = compileDistribution(spec)
    const forward = [0, 1, 2, 3].map((i) => sample(streams, key, i, 5, 6))
    const backward = [3, 2, 1, 0].map((i) => sample(streams, key, i, 5, 6))
    expect(backward.toReversed()).toEqual(forward)
  }
})

test('twice the mean is twice the draw: common random numbers keep their luck', () => {
  const streams = new RandomStreams(9)
  const key = streams.key('luck')
  const short = compileDistribution({ dist: 'exponential', mean: 1 })
  const long = compileDistribution({ dist: 'exponential', mean: 2 })
  expect(long.sample(streams, key, 1, 2, 3)).toBe(2 * short.sample(streams, key, 1, 2, 3))
})
