import { expect, test } from 'vitest'
import { BucketLevel, BUCKETS } from '../../../../src/simulator/engine/bucket-level'

test('a bucket gives its slots back in the order in which they came', () => {
  const link = new Int32Array(8)
  const level = new BucketLevel()
  for (const slot of [5, 2, 7]) level.append(100, slot, link)
  const slots: number[] = []
  for (let slot = level.take(100); slot >= 0; slot = link[slot]) slots.push(slot)
  expect(slots).toEqual([5, 2, 7])
  expect(level.take(100)).toBe(-1)
})

test('the next bucket that holds anything is found across words of the bitmap', () => {
  const link = new Int32Array(8)
  const level = new BucketLevel()
  for (const [slot, bucket] of [31, 32, 2000, BUCKETS - 1].entries()) level.append(bucket, slot, link)
  expect([0, 31, 32, 33, 2001, BUCKETS - 1].map((from) => level.firstFrom(from))).toEqual([
    31,
    31,
    32,
    2000,
    BUCKETS - 1,
    BUCKETS - 1,
  ])
  level.take(BUCKETS - 1)
  expect(level.firstFrom(2001)).toBe(BUCKETS)
})

test('a cleared level holds nothing', () => {
  const level = new BucketLevel()
  level.append(9, 0, new Int32Array(1))
  level.clear()
  expect(level.firstFrom(0)).toBe(BUCKETS)
  expect(level.take(9)).toBe(-1)
})
