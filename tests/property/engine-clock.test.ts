import fc from 'fast-check'
import { expect, test } from 'vitest'
import { edgeTime, nextEdge } from '../../src/simulator/engine/clock'

/** Clocks from 1 MHz to 10 GHz, in whole hertz and in whole MHz. */
const hertz = fc.oneof(
  fc.integer({ min: 1_000_000, max: 2_147_483_647 }).map((n) => n * 4 + 1),
  fc.integer({ min: 1, max: 10_000 }).map((n) => n * 1_000_000),
)
const time = fc.oneof(
  fc.maxSafeInteger().map((n) => Math.abs(n) % 9_000_000_000_000_000),
  fc.nat(1_000_000),
)

test('edge k is at the floor of k × 10^12 / hertz, exactly', () => {
  fc.assert(
    fc.property(hertz, time, (hz, t) => {
      const k = Math.floor(t * (hz / 1e12))
      expect(BigInt(edgeTime(k, hz / 1e9))).toBe((BigInt(k) * 1_000_000_000_000n) / BigInt(hz))
    }),
    { numRuns: 5000 },
  )
})

test('the next edge is the first one not before the instant', () => {
  fc.assert(
    fc.property(hertz, time, (hz, t) => {
      const frequency = hz / 1e9
      const k = nextEdge(t, frequency)
      expect(edgeTime(k, frequency)).toBeGreaterThanOrEqual(t)
      if (k > 0) expect(edgeTime(k - 1, frequency)).toBeLessThan(t)
    }),
    { numRuns: 5000 },
  )
})

test('an edge is its own next edge', () => {
  fc.assert(
    fc.property(hertz, fc.nat(2_000_000_000), (hz, k) => {
      const frequency = hz / 1e9
      const t = edgeTime(k, frequency)
      if (t < edgeTime(k + 1, frequency)) expect(nextEdge(t, frequency)).toBeLessThanOrEqual(k)
      expect(edgeTime(nextEdge(t, frequency), frequency)).toBe(t)
    }),
    { numRuns: 5000 },
  )
})

test('a frequency that is no whole number of hertz keeps its edges in order', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-3, max: 10, noNaN: true }), fc.nat(2_000_000_000), (frequency, t) => {
      const k = nextEdge(t, frequency)
      expect(edgeTime(k, frequency)).toBeGreaterThanOrEqual(t)
      if (k > 0) expect(edgeTime(k - 1, frequency)).toBeLessThan(t)
    }),
    { numRuns: 2000 },
  )
})
