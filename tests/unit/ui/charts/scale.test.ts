import { scaleLinear, scaleLog } from 'd3-scale'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { linearScale, logScale, ticks } from '../../../../src/ui/charts/scale'

const between = (min: number, max: number) => fc.double({ min, max, noNaN: true })
/** px; both inside and outside of the domain, as a share of it. */
const width = fc.integer({ min: 1, max: 4000 })
const share = between(-1, 2)

test('a linear scale places and inverts as that of d3', () => {
  fc.assert(
    fc.property(between(-1e6, 1e6), between(1e-2, 1e6), width, share, (low, length, most, at) => {
      const own = linearScale([low, low + length], [most, 0])
      const theirs = scaleLinear([low, low + length], [most, 0])
      expect(Math.abs(own(low + at * length) - theirs(low + at * length))).toBeLessThan(1e-6 * most)
      expect(Math.abs(own.invert(at * most) - theirs.invert(at * most))).toBeLessThan(1e-6 * length)
    }),
  )
})

test('a log scale places and inverts as that of d3, clamped or not', () => {
  fc.assert(
    fc.property(between(1e-6, 1e6), between(1.01, 1e9), width, share, fc.boolean(), (low, ratio, most, at, clamped) => {
      const own = logScale([low, low * ratio], [0, most], clamped)
      const theirs = scaleLog([low, low * ratio], [0, most]).clamp(clamped)
      const value = low * ratio ** at
      expect(Math.abs(own(value) - theirs(value))).toBeLessThan(1e-6 * most)
      expect(Math.abs(own.invert(at * most) / theirs.invert(at * most) - 1)).toBeLessThan(1e-6)
    }),
  )
})

test('ticks are those of d3', () => {
  fc.assert(
    fc.property(between(0, 1e13), between(1, 1e13), fc.integer({ min: 2, max: 60 }), (low, length, count) => {
      expect(ticks([low, low + length], count)).toEqual(scaleLinear([low, low + length], [0, 1]).ticks(count))
    }),
  )
  expect(ticks([0, 1], 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1])
  expect(ticks([3, 3], 5)).toEqual([])
})
