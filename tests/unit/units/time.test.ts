import { expect, test } from 'vitest'
import {
  MAX_PICOSECONDS,
  microseconds,
  milliseconds,
  nanoseconds,
  picoseconds,
  roundHalfUp,
  seconds,
} from '../../../src/units/time'

test('a duration is rounded once, to the nearest picosecond, half up', () => {
  expect(picoseconds(0.5)).toBe(1)
  expect(picoseconds(1.4999)).toBe(1)
  expect(nanoseconds(0.0004)).toBe(0)
  expect(nanoseconds(41.2)).toBe(41_200)
  expect(microseconds(6.1)).toBe(6_100_000)
  expect(milliseconds(0.001)).toBe(1_000_000)
  expect(seconds(1.5)).toBe(1.5e12)
})

test('halves round up, below zero too', () => {
  expect(roundHalfUp(2.5)).toBe(3)
  expect(roundHalfUp(-2.5)).toBe(-2)
})

test('simulated time ends where a double stops counting', () => {
  expect(MAX_PICOSECONDS).toBe(Number.MAX_SAFE_INTEGER + 1)
  expect(MAX_PICOSECONDS / seconds(3600)).toBeCloseTo(2.5, 2)
})
