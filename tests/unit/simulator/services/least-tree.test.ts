import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LeastTree } from '../../../../src/simulator/services/least-tree'

/** The same by looking at everybody. */
function scan(values: readonly number[], start: number): number {
  const least = Math.min(...values)
  if (least === Infinity) return -1
  const from = values.findIndex((value, i) => i >= start && value === least)
  return from >= 0 ? from : values.indexOf(least)
}

test('the first with the least is found from any start, whatever changed before', () => {
  const value = fc.oneof({ weight: 4, arbitrary: fc.nat(3) }, { weight: 1, arbitrary: fc.constant(Infinity) })
  const change = fc.record({ member: fc.nat(40), value, start: fc.nat(41) })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 41 }), fc.array(change, { maxLength: 200 }), (size, changes) => {
      const tree = new LeastTree(size)
      const values = Array.from({ length: size }, () => Infinity)
      for (const { member, value: next, start } of changes) {
        values[member % size] = next
        tree.set(member % size, next)
        expect(tree.firstLeast(start % (size + 1))).toBe(scan(values, start % (size + 1)))
      }
    }),
  )
})

test('nobody is found where all are out', () => {
  expect(new LeastTree(3).firstLeast(1)).toBe(-1)
})
