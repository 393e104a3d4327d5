import { expect, test } from 'vitest'
import { BUCKETS, BucketLevel, Chunks } from '../../../../src/simulator/engine/bucket-level'

/** Empties a bucket; slots and times are told as one. */
function takeAll(level: BucketLevel, bucket: number): readonly string[] {
  const times = new Float64Array(200)
  const slots = new Int32Array(200)
  const length = level.moveTo(bucket, times, slots)
  return Array.from({ length }, (_, i) => `${slots[i]}@${times[i]}`)
}

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i)

test('a bucket gives its slots back in the order in which they came, however many', () => {
  const level = new BucketLevel(new Chunks())
  for (const count of [1, 8, 9, 64, 150]) {
    for (const slot of numbers(count)) level.append(100, slot, slot * 2)
    expect(takeAll(level, 100)).toEqual(numbers(count).map((slot) => `${slot}@${slot * 2}`))
    expect(level.firstFrom(0)).toBe(BUCKETS)
  }
})

test('the next bucket that holds anything is found across words of the bitmap', () => {
  const level = new BucketLevel(new Chunks())
  for (const bucket of [0, 31, 32, 4095]) level.append(bucket, bucket, 0)
  expect([0, 1, 32, 33, 4095].map((from) => level.firstFrom(from))).toEqual([0, 31, 32, 4095, 4095])
  takeAll(level, 4095)
  expect(level.firstFrom(33)).toBe(BUCKETS)
})

test('a coarse bucket is spread over the buckets of a finer level, order kept', () => {
  const chunks = new Chunks()
  const [fine, coarse] = [new BucketLevel(chunks), new BucketLevel(chunks)]
  for (const slot of numbers(100)) coarse.append(7, slot, 1000 + (slot % 3) * 10)
  coarse.spread(7, fine, 1000, 0.1)
  expect(coarse.firstFrom(0)).toBe(BUCKETS)
  for (const bucket of [0, 1, 2])
    expect(takeAll(fine, bucket)).toEqual(
      numbers(100)
        .filter((slot) => slot % 3 === bucket)
        .map((slot) => `${slot}@${1000 + bucket * 10}`),
    )
})

test('chunks are used again, so that a bucket filled over and over takes no more memory', () => {
  const chunks = new Chunks()
  const level = new BucketLevel(chunks)
  for (let round = 0; round < 1000; round += 1) {
    for (const slot of numbers(20)) level.append(round, slot, round)
    takeAll(level, round)
  }
  expect(chunks.next.length).toBe(64)
})
