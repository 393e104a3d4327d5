import { expect, test } from 'vitest'
import type { DecisionRow } from '../../../../src/simulator/result'
import { logRows, rowOf, visibleRows } from '../../../../src/ui/decisions/log-rows'

const rows = (...kinds: DecisionRow['kind'][]) => kinds.map((kind, at) => ({ kind, timePs: at }) as DecisionRow)
const names = (list: ReturnType<typeof logRows>) => list.map((row) => (row.type === 'now' ? 'now' : row.index))

test('the log is latest first, with the playhead between what comes and what is past', () => {
  const decisions = rows('placement', 'offload', 'migration')
  expect(names(logRows(decisions, '', 2))).toEqual([2, 'now', 1, 0])
  expect(names(logRows(decisions, '', 0))).toEqual([2, 1, 0, 'now'])
  expect(names(logRows(decisions, '', 3))).toEqual(['now', 2, 1, 0])
})

test('where a decision stands in the log, or else the playhead', () => {
  const list = logRows(rows('placement', 'offload', 'migration'), '', 2)
  expect([rowOf(list, 2), rowOf(list, 0), rowOf(list, -1), rowOf(list, 7)]).toEqual([0, 3, 1, 1])
})

test('a filter leaves the playhead in its place', () => {
  expect(names(logRows(rows('placement', 'offload', 'placement'), 'placement', 2))).toEqual([2, 'now', 0])
})

test('a short list is there as a whole, of a long one only what can be seen', () => {
  expect(visibleRows(50, 69, 1000, 500)).toEqual({ first: 0, end: 50, above: 0, below: 0 })
  const { first, end, above, below } = visibleRows(5000, 69, 69 * 1000, 690)
  expect([first, end]).toEqual([992, 1018])
  expect(above + below + (end - first) * 69).toBe(5000 * 69)
})
