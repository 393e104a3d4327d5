import { expect, test } from 'vitest'
import { sortRun } from '../../../../src/simulator/engine/sort-run'

/** Sorts the times and tells the slots, which begin as 0, 1, 2, … */
function order(times: readonly number[], length = times.length): number[] {
  const slots = Int32Array.from(times, (_, i) => i)
  const column = Float64Array.from(times)
  sortRun(column, slots, length)
  expect([...column]).toEqual([...slots].map((slot) => times[slot]))
  return [...slots]
}

/** What the language's own stable sort says. */
function expected(times: readonly number[]): number[] {
  return times.map((_, i) => i).sort((one, other) => times[one] - times[other])
}

test('a run of any length is sorted by time and keeps the order of equal times', () => {
  for (const length of [0, 1, 2, 23, 24, 25, 47, 48, 49, 100, 1000, 5000]) {
    const times = Array.from({ length }, (_, i) => (i * 7919) % 97)
    expect(order(times)).toEqual(expected(times))
  }
})

test('a sorted run and a falling one come out sorted', () => {
  const rising = Array.from({ length: 300 }, (_, i) => Math.floor(i / 3))
  const falling = rising.toReversed()
  expect(order(rising)).toEqual(expected(rising))
  expect(order(falling)).toEqual(expected(falling))
})

test('entries past the length are left alone', () => {
  expect(order([3, 1, 2, 0], 3)).toEqual([1, 2, 0, 3])
})
