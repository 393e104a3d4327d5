import { expect, test } from 'vitest'
import { missFactor, shareCache, type MissCurve } from '../../../../src/simulator/hardware/cache-sharing'

const power = (fields: Partial<MissCurve & { model: 'power' }> = {}): MissCurve => ({
  model: 'power',
  atMiB: 8,
  exponent: 0.5,
  mostFactor: 1000,
  workingSetMiB: Infinity,
  ...fields,
})

test('four times the cache halves the misses of a power law of one half', () => {
  expect(missFactor(power(), 8)).toBe(1)
  expect(missFactor(power(), 32)).toBeCloseTo(0.5, 12)
  expect(missFactor(power(), 2)).toBeCloseTo(2, 12)
})

test('a multiplier is at most what is said, and cache beyond the working set is of no use', () => {
  expect(missFactor(power({ mostFactor: 4 }), 0)).toBe(4)
  expect(missFactor(power({ mostFactor: 4 }), 0.01)).toBe(4)
  expect(missFactor(power({ workingSetMiB: 32 }), 1000)).toBeCloseTo(0.5, 12)
})

test('points are joined by straight lines, level outside', () => {
  const curve: MissCurve = {
    model: 'curve',
    points: [
      [2, 3],
      [4, 1],
      [12, 0.5],
    ],
  }
  expect([0, 2, 3, 4, 8, 12, 99].map((mib) => missFactor(curve, mib))).toEqual([3, 3, 2, 1, 0.75, 0.5, 0.5])
})

test('one alone has all, two alike have half each, whatever their pressure', () => {
  expect(shareCache(32, [{ curve: power(), pressure: 3 }])[0]).toBeCloseTo(32, 9)
  for (const pressure of [0, 1e-9, 5e6]) {
    const both = shareCache(32, [
      { curve: power(), pressure },
      { curve: power(), pressure },
    ])
    expect(both[0]).toBeCloseTo(16, 9)
    expect(both[1]).toBeCloseTo(16, 9)
  }
})

test.each([
  [1, 0.5],
  [8, 0.5],
  [27, 2],
  [0.1, 0.3],
])('an aggressor of %d times the pressure leaves C / (1 + R^(1 / (1 + a))), exponent %d', (ratio, exponent) => {
  const [victim, aggressor] = shareCache(24, [
    { curve: power({ exponent }), pressure: 2 },
    { curve: power({ exponent }), pressure: 2 * ratio },
  ])
  const expected = 24 / (1 + ratio ** (1 / (1 + exponent)))
  expect(victim).toBeCloseTo(expected, 9)
  expect(aggressor).toBeCloseTo(24 - expected, 9)
})

test('each holds in proportion to what it brings in, whatever the curves', () => {
  const sharers = [
    { curve: power({ atMiB: 2, exponent: 0.8 }), pressure: 4 },
    { curve: power({ mostFactor: 1.5 }), pressure: 1 },
    {
      curve: {
        model: 'curve',
        points: [
          [1, 2],
          [5, 1.9],
          [6, 0.2],
          [100, 0.1],
        ],
      } as const,
      pressure: 3,
    },
  ]
  const shares = shareCache(20, sharers)
  const brought = sharers.map(({ curve, pressure }, i) => pressure * missFactor(curve, shares[i]))
  const all = brought.reduce((sum, rate) => sum + rate, 0)
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(20, 9)
  shares.forEach((share, i) => expect(share).toBeCloseTo((20 * brought[i]) / all, 6))
})

test('a working set that fits leaves the rest to the other', () => {
  const shares = shareCache(32, [
    { curve: power({ workingSetMiB: 4 }), pressure: 100 },
    { curve: power(), pressure: 1 },
  ])
  expect(shares[0]).toBe(4)
  expect(shares[1]).toBeCloseTo(28, 9)
})

test('where all working sets fit, each has its own', () => {
  const sharers = [4, 9].map((workingSetMiB) => ({ curve: power({ workingSetMiB }), pressure: 1 }))
  expect(shareCache(32, sharers)).toEqual([4, 9])
})

test('one that does nothing holds nothing beside one that does', () => {
  const shares = shareCache(32, [
    { curve: power(), pressure: 0 },
    { curve: power(), pressure: 1 },
  ])
  expect(shares[0]).toBe(0)
  expect(shares[1]).toBeCloseTo(32, 9)
})
