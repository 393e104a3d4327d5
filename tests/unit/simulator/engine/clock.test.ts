import { expect, test } from 'vitest'
import { edgeTime, nextEdge } from '../../../../src/simulator/engine/clock'

test('edge k of a 2.5 GHz clock is at 400 k ps', () => {
  expect([0, 1, 2, 1e9].map((k) => edgeTime(k, 2.5))).toEqual([0, 400, 800, 4e11])
})

test('a period that is no whole number of picoseconds is cut at each edge, and never drifts', () => {
  expect([1, 2, 3].map((k) => edgeTime(k, 3))).toEqual([333, 666, 1000])
  expect(edgeTime(3e12, 3)).toBe(1e15)
  expect(edgeTime(21, 2.1)).toBe(10_000) // though 2.1 as a double is a little more
  expect(edgeTime(18_900_000_000_021, 2.1)).toBe(9_000_000_000_010_000)
})

test('work that arrives on an edge starts there, and otherwise on the next', () => {
  expect(nextEdge(0, 2.5)).toBe(0)
  expect(nextEdge(400, 2.5)).toBe(1)
  expect(nextEdge(401, 2.5)).toBe(2)
  expect(nextEdge(333, 3)).toBe(1)
  expect(nextEdge(334, 3)).toBe(2)
})
