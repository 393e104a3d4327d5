import { scaleLinear, scaleLog } from 'd3-scale'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { linearScale, logScale, ticks } from '../../../../src/ui/charts/scale'

const number = fc.double({ min: -1e12, max: 1e12, noNaN: true })
const positive = fc.double({ min: 1e-6, max: 1e12, noNaN: true })
const pair = (one: fc.Arbitrary<number>) => fc.tuple(one, one).filter(([a, b]) => b > a * (1 + 1e-6) + 1e-6)
const near = (actual: number, expected: number, size: number) => {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-9 * (Math.abs(expected) + size))
}

test('places and inverts as d3 does', () => {
  fc.assert(
    fc.property(pair(number), fc.integer({ min: 1, max: 4000 }), number, ([low, high], width, value) => {
      const [own, theirs] = [linearScale([low, high], [0, width]), scaleLinear([low, high], [0, width])]
      near(own(value), theirs(value), width * (1 + Math.abs(value - low) / (high - low)))
      near(own.invert(width / 3), theirs.invert(width / 3), Math.abs(low) + Math.abs(high))
    }),
  )
  fc.assert(
    fc.property(
      pair(positive),
      fc.integer({ min: 1, max: 4000 }),
      positive,
      fc.boolean(),
      (bounds, width, value, clamped) => {
        const [low, high] = bounds
        const own = logScale([low, high], [width, 0], clamped)
        const theirs = scaleLog([low, high], [width, 0]).clamp(clamped)
        near(own(value), theirs(value), 1e3 * width * (1 + Math.abs(Math.log(value / low)) / Math.log(high / low)))
        expect(own.invert(width / 3) / theirs.invert(width / 3)).toBeCloseTo(1, 6)
      },
    ),
  )
})

test('ticks are those of d3', () => {
  fc.assert(
    fc.property(
      pair(fc.double({ min: 0, max: 1e13, noNaN: true })),
      fc.integer({ min: 2, max: 60 }),
      (bounds, count) => {
        expect(ticks(bounds, count)).toEqual(scaleLinear(bounds, [0, 1]).ticks(count))
      },
    ),
  )
  expect(ticks([0, 1], 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1])
  expect(ticks([3, 3], 5)).toEqual([])
})
