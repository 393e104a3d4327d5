import { expect, test } from 'vitest'
import { TimeWeighted } from '../../../../src/simulator/statistics/time-weighted'

test('the integral of a queue length counts each length for as long as it lasted', () => {
  const queue = new TimeWeighted(2)
  queue.add(1, 1, 100)
  queue.add(1, 1, 150)
  queue.set(1, 0, 170)
  expect([queue.integralAt(0, 200), queue.integralAt(1, 200)]).toEqual([0, 50 + 2 * 20])
  expect([queue.maxOf(0), queue.maxOf(1)]).toEqual([0, 2])
  expect([queue.valueOf(0), queue.valueOf(1)]).toEqual([0, 0])
})

test('after the maxima are reset, the largest is what is', () => {
  const queue = new TimeWeighted(1)
  queue.set(0, 5, 10)
  queue.set(0, 2, 20)
  queue.resetMaxima()
  expect([queue.integralAt(0, 35), queue.maxOf(0), queue.valueOf(0)]).toEqual([50 + 30, 2, 2])
})

test('looking changes nothing', () => {
  const queue = new TimeWeighted(1)
  queue.set(0, 3, 0)
  expect([queue.integralAt(0, 10), queue.integralAt(0, 10), queue.integralAt(0, 4)]).toEqual([30, 30, 12])
})

test('it is saved as a deep copy and restored', () => {
  const queue = new TimeWeighted(1)
  queue.set(0, 3, 5)
  const saved = queue.save()
  queue.set(0, 9, 50)
  const other = new TimeWeighted(1)
  other.restore(saved)
  expect([other.valueOf(0), other.integralAt(0, 15), other.maxOf(0)]).toEqual([3, 30, 3])
  expect(queue.valueOf(0)).toBe(9)
})
