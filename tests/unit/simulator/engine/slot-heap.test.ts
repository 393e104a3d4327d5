import { expect, test } from 'vitest'
import { MOMENTS, ORDER, TIME } from '../../../../src/simulator/engine/event-columns'
import { SlotHeap } from '../../../../src/simulator/engine/slot-heap'

test('slots leave the heap by time and then by order, past its first capacity too', () => {
  const count = 500
  const time = Float64Array.from({ length: count }, (_, i) => (i * 7919) % 50)
  const order = Float64Array.from({ length: count }, (_, i) => (i * 31) % count)
  const moments = new Float64Array(MOMENTS * count)
  for (let slot = 0; slot < count; slot += 1) {
    moments[slot * MOMENTS + TIME] = time[slot]
    moments[slot * MOMENTS + ORDER] = order[slot]
  }
  const heap = new SlotHeap()
  for (let slot = 0; slot < count; slot += 1) heap.push(slot, moments)
  expect(heap.firstTime()).toBe(0)
  const popped = Array.from({ length: count }, () => heap.pop(moments))
  const sorted = popped.toSorted((one, other) => time[one] - time[other] || order[one] - order[other])
  expect(popped).toEqual(sorted)
  expect(new Set(popped).size).toBe(count)
  expect(heap.size).toBe(0)
})

test('a cleared heap is empty', () => {
  const heap = new SlotHeap()
  heap.push(0, new Float64Array(MOMENTS))
  heap.clear()
  expect(heap.size).toBe(0)
})
