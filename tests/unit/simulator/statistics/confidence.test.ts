import { expect, test } from 'vitest'
import { meanInterval, tQuantile } from '../../../../src/simulator/statistics/confidence'
import type { ConfidenceLevel } from '../../../../src/simulator/statistics/confidence'

// NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2 (upper critical values of t, one-sided 0.05, 0.025, 0.005, 0.0005).
const PUBLISHED: readonly (readonly [number, number, number, number, number])[] = [
  [1, 6.314, 12.706, 63.657, 636.619],
  [2, 2.92, 4.303, 9.925, 31.599],
  [5, 2.015, 2.571, 4.032, 6.869],
  [9, 1.833, 2.262, 3.25, 4.781],
  [19, 1.729, 2.093, 2.861, 3.883],
  [30, 1.697, 2.042, 2.75, 3.646],
  [31, 1.696, 2.04, 2.744, 3.633],
  [40, 1.684, 2.021, 2.704, 3.551],
  [60, 1.671, 2, 2.66, 3.46],
  [100, 1.66, 1.984, 2.626, 3.39],
  [Infinity, 1.645, 1.96, 2.576, 3.291],
]
const LEVELS: readonly ConfidenceLevel[] = [0.9, 0.95, 0.99, 0.999]

test('the quantiles of t are those of the published table', () => {
  for (const [degrees, ...row] of PUBLISHED) {
    // The table is cut to three decimals in places and rounded in others.
    row.forEach((value, i) => expect(Math.abs(tQuantile(LEVELS[i], degrees) - value)).toBeLessThan(0.001))
  }
})

/** The share of Student's t within ±t, by Simpson's rule on its density. */
function shareWithin(t: number, degrees: number): number {
  const density = (x: number): number => Math.pow(1 + (x * x) / degrees, -(degrees + 1) / 2)
  const integral = (end: number): number => {
    const steps = 20_000
    const h = end / steps
    let sum = density(0) + density(end)
    for (let i = 1; i < steps; i += 1) sum += density(i * h) * (i % 2 === 1 ? 4 : 2)
    return (sum * h) / 3
  }
  // The whole, with the tail folded in by x → √n tan θ: ∫ cos^(n − 1) θ.
  const angle = (x: number): number => Math.pow(Math.cos(x), degrees - 1)
  const steps = 20_000
  const h = Math.PI / 2 / steps
  let whole = angle(0) + angle(Math.PI / 2)
  for (let i = 1; i < steps; i += 1) whole += angle(i * h) * (i % 2 === 1 ? 4 : 2)
  return integral(t) / (((whole * h) / 3) * Math.sqrt(degrees))
}

test('between the tails of each quantile lies its level, through the seam at 30 degrees of freedom', () => {
  for (const degrees of [2, 3, 7, 12, 19, 29, 30, 31, 32, 50, 199]) {
    for (const level of LEVELS) expect(shareWithin(tQuantile(level, degrees), degrees)).toBeCloseTo(level, 7)
  }
})

test('the interval of a mean is that of a worked example', () => {
  // 1 … 5: mean 3, standard deviation √2.5, standard error √0.5
  const interval = meanInterval([1, 2, 3, 4, 5], 0.95)
  expect(interval.mean).toBe(3)
  expect(interval.halfWidth).toBeCloseTo(2.7764451 * Math.sqrt(0.5), 6)
  expect(interval.high - interval.mean).toBeCloseTo(interval.mean - interval.low, 12)
})

test('one value has a mean and no interval, none has neither', () => {
  expect(meanInterval([7], 0.95)).toEqual({ mean: 7, low: NaN, high: NaN, halfWidth: NaN })
  expect(meanInterval([], 0.95).mean).toBeNaN()
})

test('values without spread have an interval of no width', () => {
  expect(meanInterval([4, 4, 4], 0.999)).toEqual({ mean: 4, low: 4, high: 4, halfWidth: 0 })
})

test('degrees of freedom below 1 are refused', () => {
  expect(() => tQuantile(0.95, 0)).toThrow('degrees of freedom are 1 or more; got 0')
})
