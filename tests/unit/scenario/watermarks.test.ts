import { expect, test } from 'vitest'
import type { Fields } from '../../support/scenarios'
import { problemsWith } from '../../support/small-rack'

/** What is said of a memory policy on the small rack with two memory devices. */
const said = (memory: Fields, more: Fields = {}) =>
  problemsWith({ 'topology.nodes[1].count': 2, 'policies.memory': { use: 'first-fit', ...memory }, ...more }).filter(
    (line) => line.includes('policies.memory'),
  )

test.each([
  [
    { highWatermark: 0.8, lowWatermark: 0.8 },
    'policies.memory.lowWatermark: must be less than highWatermark, 0.8; got 0.8',
  ],
  [
    { highWatermark: 0.5, lowWatermark: 0.9 },
    'policies.memory.lowWatermark: must be less than highWatermark, 0.5; got 0.9',
  ],
  [
    { highWatermark: 0 },
    'policies.memory.highWatermark: memory "first-fit" needs more than 0 and at most 1, or null (never); got 0',
  ],
  [
    { highWatermark: 80 },
    'policies.memory.highWatermark: memory "first-fit" needs more than 0 and at most 1, or null (never); got 80',
  ],
  [
    { highWatermark: 0.8, copies: 2 },
    'warning: policies.memory.highWatermark: with 2 copies on 2 memory devices no slab can leave one: only what nobody needs is taken back',
  ],
  [{ lowWatermark: 0.5 }, 'warning: policies.memory.lowWatermark: 0.5 changes nothing without "highWatermark"'],
  [
    { highWatermark: 1 },
    'warning: policies.memory.highWatermark: 1 is never exceeded: no more than all slabs can be leased',
  ],
])('of %j is said: %s', (memory, expected) => {
  expect(said(memory)[0]).toBe(expected)
})

test('one memory device has nowhere to copy to, and none has nothing to relieve', () => {
  expect(said({ highWatermark: 0.9 }, { 'topology.nodes[1].count': 1 })).toEqual([
    'warning: policies.memory.highWatermark: with one memory device no slab can leave it: only what nobody needs is taken back',
  ])
})

test('marks with no slab between them, and copies that do not end, are told with their figures', () => {
  expect(
    said(
      { highWatermark: 0.95, lowWatermark: 0.9, reclaimMiBps: 1 },
      { 'topology.nodes[1].spec': { capacityGiB: 8, slabMiB: 1024 }, 'run.durationSeconds': 2, 'run.warmupSeconds': 0 },
    ),
  ).toEqual([
    'warning: policies.memory.lowWatermark: both watermarks are 7 of the 8 slabs of a device of "mem": a slab leased and given back comes and goes each time',
    'warning: policies.memory.reclaimMiBps: a slab of 1024 MiB takes 1020 s to copy at 1 MiB/s, and the run ends at 2 s',
  ])
})

test('marks that make sense are not doubted', () => {
  expect(said({ highWatermark: 0.9, lowWatermark: 0.7 })).toEqual([])
  expect(said({ highWatermark: 0.9 })).toEqual([])
})
