import { expect, test } from 'vitest'
import { branch } from '../../../src/simulator/branch'
import { createSimulation } from '../../../src/simulator/session'
import type { Segments } from '../../../src/simulator/display'
import { coreScenarios } from '../../support/core-scenarios'
import { textOf } from '../../support/result-texts'
import { readDocument, type Fields } from '../../support/scenarios'

const document = coreScenarios['hotspot']
const scenario = readDocument(document)
const calm = readDocument({
  ...document,
  policies: { ...(document['policies'] as Fields), migration: { use: 'never' } },
})
const atPs = 0.02e12

function loaded(given = scenario) {
  const simulation = createSimulation(() => 0)
  simulation.load(given)
  while (!simulation.advance(0).done);
  return simulation
}

/** What of a window has ended in it. */
function ended({ count, start, end, kind, request, place }: Segments, until: number): string[] {
  return Array.from({ length: count }, (_, i) => [start[i], end[i], kind[i], request[i], place[i]].join(' '))
    .filter((_, i) => end[i] <= until)
    .sort()
}

test('a branch beside the run gives what the branch function gives, and leaves the run as it is', () => {
  const simulation = loaded()
  const before = textOf(simulation.result())
  expect(() => simulation.advanceBranch(1)).toThrow('there is no branch')
  simulation.branch(atPs, calm)
  expect(() => simulation.branchResult()).toThrow('not ended yet')
  let share = 0
  for (let done = false; !done;) {
    const progress = simulation.advanceBranch(0)
    expect(progress.share).toBeGreaterThanOrEqual(share)
    ;({ share, done } = progress)
  }
  expect(share).toBe(1)
  const { a, b, paired } = simulation.branchResult()
  const whole = branch(scenario, atPs / 1e12, calm)
  expect([textOf(a), textOf(b), paired]).toEqual([textOf(whole.a), textOf(whole.b), whole.paired])
  expect(textOf(a)).toBe(before)
  expect(textOf(simulation.result())).toBe(before)
})

test.each(['line', 'burst', 'fluid'])('%s: a branch that changes nothing shows what the run shows', (fidelity) => {
  const same = readDocument({ ...document, run: { ...(document['run'] as Fields), fidelity } })
  const simulation = loaded(same)
  simulation.branch(atPs, structuredClone(same))
  while (!simulation.advanceBranch(1000).done);
  for (const [start, end] of [
    // Before the moment, across it, after it.
    [0.015e12, 0.017e12],
    [0.019e12, 0.0215e12],
    [0.03e12, 0.032e12],
  ] as const) {
    const [a, b] = (['a', 'b'] as const).map((lane) => simulation.detail(start, end, 1e6, lane))
    expect([b.startPs, b.endPs]).toEqual([a.startPs, a.endPs])
    expect(ended(b.segments, end).length).toBeGreaterThan(100)
    expect(ended(b.segments, end)).toEqual(ended(a.segments, end))
  }
})

test('what a branch cannot change is refused, and a new run forgets the branch', () => {
  const simulation = loaded()
  const other = readDocument({ ...document, run: { ...(document['run'] as Fields), seed: 10 } })
  expect(() => simulation.branch(atPs, other)).toThrow('run.seed: a branch cannot change this')
  simulation.branch(atPs, calm)
  simulation.load(scenario)
  expect(() => simulation.advanceBranch(1)).toThrow('there is no branch')
})
