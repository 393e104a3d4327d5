import { expect, test } from 'vitest'
import { outcomeWithout } from '../../../src/simulator/decision-outcome'
import { Decisions } from '../../../src/simulator/decisions'

const offload = {
  kind: 'offload',
  subject: 'kv.get#0',
  to: 'nic.0',
  policy: 'static',
  reason: 'in the static map',
} as const

test('all decisions are kept in order of time, offloads among them while they are few', () => {
  const decisions = new Decisions()
  decisions.add(0, { kind: 'placement', subject: 'kv.0', to: 'cpu.0', policy: 'first-fit', reason: 'first' })
  for (let i = 1; i <= 100; i += 1) decisions.add(i, offload)
  expect(decisions.rows.map((row) => row.timePs)).toEqual(Array.from({ length: 101 }, (_, i) => i))
})

test('many offloads are thinned evenly over the whole run, the first always kept, other decisions never lost', () => {
  const decisions = new Decisions()
  for (let i = 0; i < 50_000; i += 1) {
    decisions.add(i, offload)
    if (i % 10_000 === 0)
      decisions.add(i, { kind: 'migration', subject: 'kv.0', to: 'cpu.1', policy: 'order', reason: 'by order' })
  }
  const offloads = decisions.rows.filter((row) => row.kind === 'offload').map((row) => row.timePs)
  expect(offloads.length).toBeGreaterThan(1000)
  expect(offloads.length).toBeLessThanOrEqual(2000)
  expect(offloads[0]).toBe(0)
  const gaps = new Set(offloads.slice(1).map((time, i) => time - (offloads[i] ?? 0)))
  expect([...gaps]).toEqual([32])
  expect(decisions.rows.filter((row) => row.kind === 'migration')).toHaveLength(5)
})

test('what is kept does not depend on a save and restore in between', () => {
  const straight = new Decisions()
  let restored = new Decisions()
  for (let i = 0; i < 9000; i += 1) {
    straight.add(i, offload)
    restored.add(i, offload)
    if (i % 1234 !== 0) continue
    const saved = restored.save()
    restored = new Decisions()
    restored.restore(saved)
  }
  expect(restored.rows).toEqual(straight.rows)
})

test('an outcome comes to its decision, also after others were thinned out; one that is gone is passed over', () => {
  const decisions = new Decisions()
  const ids = Array.from({ length: 9000 }, (_, i) => decisions.add(i, offload))
  const outcome = (actualUs: number) => outcomeWithout(1e6, 'completed', [{ name: 'step', estimateUs: 1, actualUs }])
  expect(ids.filter((id) => id < 0).length).toBeGreaterThan(0)
  for (const id of ids) if (id >= 0) decisions.settle(id, outcome(id))
  expect(decisions.rows.every((row) => row.outcome?.actualUs === row.id)).toBe(true)
  expect(decisions.rows.length).toBeLessThan(ids.filter((id) => id >= 0).length)
})
