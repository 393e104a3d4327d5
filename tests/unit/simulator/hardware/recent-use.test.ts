import { expect, test } from 'vitest'
import { lately, RecentUse } from '../../../../src/simulator/hardware/recent-use'

const MS = 1e9

test('what was longer ago counts less, and nothing after a millisecond', () => {
  const use = new RecentUse(2)
  use.add(0, 1000, 5 * MS)
  expect(use.of(0, 5 * MS)).toBe(1000)
  expect(use.of(0, 5.25 * MS)).toBe(750)
  expect(use.of(0, 6 * MS)).toBe(0)
  expect(use.of(0, 9 * MS)).toBe(0)
  expect(use.of(1, 5 * MS)).toBe(0)
})

test('what is added to what is left counts together', () => {
  const use = new RecentUse(1)
  use.add(0, 1000, 0)
  use.add(0, 1000, 0.5 * MS)
  expect(use.of(0, 0.5 * MS)).toBe(1500)
  expect(use.of(0, 1 * MS)).toBe(750)
})

test('what is counted ahead of the clock is never more than it is', () => {
  const use = new RecentUse(1)
  use.add(0, 1000, 3 * MS)
  expect(use.of(0, 1 * MS)).toBe(1000)
  use.add(0, 500, 2 * MS)
  expect(use.of(0, 3 * MS)).toBe(1500)
})

test('of a run shorter than a millisecond all of the time counts', () => {
  expect(lately(0.2 * MS)).toBe(0.2 * MS)
  expect(lately(7 * MS)).toBe(MS)
})

test('it goes on after a restore as it would have', () => {
  const use = new RecentUse(1)
  use.add(0, 1000, MS)
  const again = new RecentUse(1)
  again.restore(use.save())
  expect(again.of(0, 1.5 * MS)).toBe(use.of(0, 1.5 * MS))
})
