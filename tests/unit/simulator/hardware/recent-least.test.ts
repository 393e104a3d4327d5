import { expect, test } from 'vitest'
import { RecentLeast } from '../../../../src/simulator/hardware/recent-least'

const MS = 1e9

test('the least of late counts, and is forgotten after ten to twenty milliseconds', () => {
  const recent = new RecentLeast(2)
  expect(recent.of(0, 3 * MS)).toBe(Infinity)
  recent.note(0, 700, 3 * MS)
  recent.note(0, 900, 4 * MS)
  expect([recent.of(0, 5 * MS), recent.of(1, 5 * MS)]).toEqual([700, Infinity])
  recent.note(0, 800, 12 * MS)
  expect(recent.of(0, 19 * MS)).toBe(700)
  expect(recent.of(0, 21 * MS)).toBe(800)
  expect(recent.of(0, 45 * MS)).toBe(Infinity)
})

test('what is put back goes on as before', () => {
  const recent = new RecentLeast(1)
  recent.note(0, 500, 8 * MS)
  const saved = recent.save()
  recent.note(0, 100, 9 * MS)
  recent.restore(saved)
  expect(recent.of(0, 9 * MS)).toBe(500)
})
