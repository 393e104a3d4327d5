import { expect, test } from 'vitest'
import { TimeWeighted } from '../../../../src/simulator/statistics/time-weighted'

test('the integral of a queue length counts each length for as long as it lasted', () => {
  const queue = new TimeWeighted(2)
  queue.add(1, 1, 100)
  queue.add(1, 1, 150)
  queue.set(1, 0, 170)
  queue.settle(200)
  expect([...queue.integral]).toEqual([0, 50 + 2 * 20])
  expect([...queue.max]).toEqual([0, 2])
  expect([...queue.since]).toEqual([200, 200])
})

test('a new window starts empty, with what is there as its largest', () => {
  const queue = new TimeWeighted(1)
  queue.set(0, 5, 10)
  queue.set(0, 2, 20)
  queue.resetWindow(25)
  queue.settle(35)
  expect([queue.integral[0], queue.max[0], queue.value[0]]).toEqual([20, 2, 2])
})

test('settling twice at one instant adds nothing', () => {
  const queue = new TimeWeighted(1)
  queue.set(0, 3, 0)
  queue.settle(10)
  queue.settle(10)
  expect(queue.integral[0]).toBe(30)
})

test('columns are saved as a deep copy and restored', () => {
  const queue = new TimeWeighted(1)
  queue.set(0, 3, 5)
  const saved = queue.save()
  queue.set(0, 9, 50)
  const other = new TimeWeighted(1)
  other.restore(saved)
  other.settle(15)
  expect([other.value[0], other.integral[0], other.max[0]]).toEqual([3, 30, 3])
  expect([saved.value[0], saved.since[0]]).toEqual([3, 5])
})
