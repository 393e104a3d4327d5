import { expect, test } from 'vitest'
import { MOMENTS, PARTS, TIME } from '../../../../src/simulator/engine/event-columns'
import { EventQueue } from '../../../../src/simulator/engine/event-queue'

/** Pops everything due by `limit` and tells the `a` of each event. */
function popAll(queue: EventQueue, limit = Infinity): number[] {
  const popped: number[] = []
  for (let slot = queue.next(limit); slot >= 0; slot = queue.next(limit)) popped.push(queue.data[slot * PARTS + 1])
  return popped
}

test('events pop by time, whatever the order in which they were scheduled', () => {
  const queue = new EventQueue()
  const delays = [5e6, 3, 1e12, 0, 4e9]
  delays.forEach((time, i) => {
    queue.schedule(time, 0, i, 0, 0)
  })
  expect(popAll(queue)).toEqual([3, 1, 0, 4, 2])
})

test('events of the same instant pop in the order in which they were scheduled', () => {
  const queue = new EventQueue()
  for (let i = 0; i < 100; i += 1) queue.schedule(1000, 0, i, 0, 0)
  expect(popAll(queue)).toEqual(Array.from({ length: 100 }, (_, i) => i))
})

test('an event carries its kind and three integers', () => {
  const queue = new EventQueue()
  queue.schedule(7, 200, -1, 2147483647, -2147483648)
  const slot = queue.next(Infinity)
  expect([...queue.data.subarray(slot * PARTS, slot * PARTS + 4)]).toEqual([200, -1, 2147483647, -2147483648])
  expect(queue.clock[0]).toBe(7)
})

test('an event is due at its limit and not before, and asking changes nothing', () => {
  const queue = new EventQueue()
  queue.schedule(1000, 0, 1, 0, 0)
  expect(queue.next(999)).toBe(-1)
  expect([queue.clock[0], queue.pending, queue.counts[0]]).toEqual([0, 1, 0])
  expect(queue.next(1000)).toBeGreaterThanOrEqual(0)
  expect([queue.clock[0], queue.pending, queue.counts[0]]).toEqual([1000, 0, 1])
})

test('looking far ahead does not keep an earlier event from popping first', () => {
  const queue = new EventQueue()
  queue.schedule(5e12, 0, 1, 0, 0)
  expect(queue.peekTime()).toBe(5e12)
  queue.schedule(3, 0, 2, 0, 0)
  queue.schedule(4e12, 0, 3, 0, 0)
  expect(queue.peekTime()).toBe(3)
  expect(popAll(queue)).toEqual([2, 3, 1])
})

test('an empty queue has no next event, and fills again', () => {
  const queue = new EventQueue()
  expect([queue.next(Infinity), queue.peekTime(), queue.pending]).toEqual([-1, Infinity, 0])
  queue.schedule(1e13, 0, 1, 0, 0)
  expect(popAll(queue)).toEqual([1])
  queue.schedule(1e13, 0, 2, 0, 0)
  queue.schedule(1e13 + 1, 0, 3, 0, 0)
  expect(popAll(queue)).toEqual([2, 3])
  expect(queue.counts[0]).toBe(3)
})

test('an event may be scheduled at the present instant and pops after those already there', () => {
  const queue = new EventQueue()
  queue.schedule(10, 0, 1, 0, 0)
  queue.schedule(10, 0, 2, 0, 0)
  queue.next(Infinity)
  queue.schedule(10, 0, 3, 0, 0)
  expect(popAll(queue)).toEqual([2, 3])
})

test('a time that has passed or is no time is refused, and leaves the queue as it was', () => {
  const queue = new EventQueue()
  queue.schedule(10, 0, 1, 0, 0)
  queue.next(Infinity)
  expect(() => {
    queue.schedule(9, 0, 0, 0, 0)
  }).toThrow('an event needs a time at or after 10 ps; got 9')
  for (const time of [NaN, Infinity, -1]) {
    expect(() => {
      queue.schedule(time, 0, 0, 0, 0)
    }).toThrow(RangeError)
  }
  expect(queue.pending).toBe(0)
})

test('the columns of a popped event stay until the next one is scheduled', () => {
  const queue = new EventQueue()
  queue.schedule(1, 9, 8, 7, 6)
  const slot = queue.next(Infinity)
  queue.next(Infinity)
  queue.peekTime()
  expect([...queue.data.subarray(slot * PARTS, slot * PARTS + 4)]).toEqual([9, 8, 7, 6])
})

test('a slot can be filled in two steps', () => {
  const queue = new EventQueue()
  const slot = queue.alloc(1, 2, 3, 4)
  queue.moments[slot * MOMENTS + TIME] = 55
  queue.push(slot)
  expect(queue.next(Infinity)).toBe(slot)
  expect(queue.clock[0]).toBe(55)
})

test('memory does not grow with the number of events that have been', () => {
  const queue = new EventQueue()
  for (let i = 0; i < 1000; i += 1) queue.schedule(i, 0, i, 0, 0)
  const capacity = queue.moments.length
  for (let i = 0; i < 50_000; i += 1) {
    queue.next(Infinity)
    queue.schedule(queue.clock[0] + 1 + ((i * 7919) % 1000), 0, i, 0, 0)
  }
  expect(queue.moments.length).toBe(capacity)
  expect(queue.pending).toBe(1000)
})

test('equal queues save equal data, whatever happened before', () => {
  const one = new EventQueue()
  const other = new EventQueue()
  for (let i = 0; i < 50; i += 1) one.schedule(i % 7, i, i, i, i)
  for (let i = 0; i < 50; i += 1) other.schedule(i % 7, i, i, i, i)
  other.next(-1) // builds the front run and pops nothing
  expect(other.save()).toEqual(one.save())
})

test('a restored queue goes on as the saved one, after new events too', () => {
  const queue = new EventQueue()
  for (let i = 0; i < 3000; i += 1) queue.schedule((i * 7919) % 1009, 0, i, 0, 0)
  popAll(queue, 500)
  const saved = queue.save()
  const copy = new EventQueue()
  copy.restore(saved)
  for (const each of [queue, copy]) each.schedule(600, 0, -1, 0, 0)
  expect(copy.pending).toBe(queue.pending)
  expect(popAll(copy)).toEqual(popAll(queue))
  expect(copy.counts[0]).toBe(3001)
})
