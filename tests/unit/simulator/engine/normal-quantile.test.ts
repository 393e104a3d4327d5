import { expect, test } from 'vitest'
import { normalQuantile } from '../../../../src/simulator/engine/normal-quantile'

// Published quantiles, to 15 digits: NIST/SEMATECH e-Handbook 1.3.6.7.1 and R's qnorm.
const KNOWN: readonly (readonly [number, number])[] = [
  [0.5, 0],
  [0.75, 0.674489750196082],
  [0.9, 1.2815515655446],
  [0.975, 1.95996398454005],
  [0.995, 2.5758293035489],
  [0.999, 3.09023230616781],
  [1e-10, -6.3613409024040557],
  [1e-300, -37.0470962993612],
]

test('the quantiles of the standard normal are those of the tables', () => {
  for (const [p, z] of KNOWN) expect(normalQuantile(p)).toBeCloseTo(z, 12)
})

test('the distribution is symmetric', () => {
  for (const p of [0.25, 0.0625, 2 ** -20, 2 ** -30]) expect(normalQuantile(1 - p)).toBe(-normalQuantile(p))
})

test('quantiles rise with the probability, across the seams of the approximation too', () => {
  let before = -Infinity
  for (let i = 1; i < 20_000; i += 1) {
    const z = normalQuantile(i / 20_000)
    expect(z).toBeGreaterThan(before)
    before = z
  }
})

test('the ends are infinite and what is no probability has no quantile', () => {
  expect([normalQuantile(0), normalQuantile(1)]).toEqual([-Infinity, Infinity])
  expect([normalQuantile(-0.1), normalQuantile(1.1), normalQuantile(NaN)]).toEqual([NaN, NaN, NaN])
})
