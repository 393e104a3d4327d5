import { describe, expect, test } from 'vitest'
import { branch } from '../../src/simulator/branch'
import { branchOff } from '../../src/simulator/branch-off'
import { simulate } from '../../src/simulator/simulate'
import { createRun } from '../../src/simulator/run'
import type { Scenario, ScenarioDocument } from '../../src/scenario/scenario'
import { coreScenarios } from '../support/core-scenarios'
import { resultOf, textOf } from '../support/result-texts'
import { finishedRun, readDocument, type Fields } from '../support/scenarios'

const endOf = ({ run }: Scenario): number => run.warmupSeconds + run.durationSeconds

/** A scenario whose policies have other fields. */
function withPolicies(document: ScenarioDocument, change: Fields): ScenarioDocument {
  return { ...document, policies: { ...(document['policies'] as Fields), ...change } }
}

describe('a branch in which nothing changes', () => {
  test.each(Object.entries(coreScenarios))('%s goes on to the same bytes', (_, document) => {
    const scenario = readDocument(document)
    const whole = textOf(simulate(scenario))
    for (const share of [0.3, 0.55]) {
      const { a, b, paired, differences } = branch(scenario, endOf(scenario) * share, structuredClone(scenario))
      expect(textOf(a)).toBe(whole)
      expect(textOf(b)).toBe(whole)
      expect(paired.requests).toBeGreaterThan(0)
      expect([paired.faster, paired.slower, paired.onlyA, paired.onlyB]).toEqual([0, 0, 0, 0])
      expect(differences.filter(({ difference }) => difference !== 0 && !Number.isNaN(difference))).toEqual([])
    }
  })
})

const hotspot = coreScenarios['hotspot']
const busyRack = coreScenarios['busy-rack']
const timeSlices = coreScenarios['time-slices']
const moveBack = {
  atSeconds: 0.04,
  do: 'migrate',
  service: 'far',
  instance: 0,
  to: { node: 'cpu', device: 0 },
  mechanism: 'stop-and-copy',
}
const slow = { atSeconds: 0.03, target: { node: 'cpu', device: 1 }, effect: 'slow', factor: 4, forSeconds: 0.02 }

/** What is changed, in which scenario, and a moment before the change can have told. */
const changes: readonly (readonly [string, ScenarioDocument, ScenarioDocument, number])[] = [
  [
    'another threshold of the same policy',
    hotspot,
    withPolicies(hotspot, { migration: { use: 'hotspot', utilization: 0.95, forMs: 2, controlPeriodMs: 1 } }),
    0.0005,
  ],
  ['no migration policy', hotspot, withPolicies(hotspot, { migration: { use: 'never' } }), 0.0005],
  ['orders left out', busyRack, withPolicies(busyRack, { orders: [] }), 0.0295],
  [
    'one order more, before the others in the list',
    timeSlices,
    withPolicies(timeSlices, {
      orders: [moveBack, ...((timeSlices['policies'] as Fields)['orders'] as Fields[])],
    }),
    0.0295,
  ],
  ['a fault left out', timeSlices, { ...timeSlices, faults: [] }, 0.0295],
  ['a fault more', busyRack, { ...busyRack, faults: [slow] }, 0.0295],
]

describe('a branch before the change can tell', () => {
  test.each(changes)('%s: is a run of the changed scenario from its start', (_, before, after, atSeconds) => {
    const [a, b] = [readDocument(before), readDocument(after)]
    const whole = textOf(simulate(b))
    expect(textOf(branch(a, 0, b).b)).toBe(whole)
    const { b: later, a: unchanged } = branch(a, atSeconds, b)
    expect(withoutEvents(textOf(later))).toBe(withoutEvents(whole))
    expect(textOf(unchanged)).toBe(textOf(simulate(a)))
    expect(textOf(later)).not.toBe(textOf(unchanged))
  })
})

/** Looks of a policy that does nothing count as events. */
function withoutEvents(text: string): string {
  return text.replace(/^events,.*$/gm, '')
}

test('a fault that goes on is lifted when it was to be, whatever its number is in the changed list', () => {
  const before = { ...busyRack, faults: [slow] }
  const early = { ...slow, atSeconds: 0.06, target: { node: 'cpu', device: 0 } }
  const [a, b] = [readDocument(before), readDocument({ ...busyRack, faults: [early, slow] })]
  expect(textOf(branch(a, 0.04, b).b)).toBe(textOf(simulate(b)))
})

const atRandom = {
  atSeconds: 0,
  target: { node: 'cpu' },
  effect: 'slow',
  factor: 3,
  mtbfSeconds: { dist: 'exponential', mean: 0.02 },
  mttrSeconds: { dist: 'exponential', mean: 0.005 },
}

describe('faults that come at random', () => {
  const before = { ...busyRack, faults: [atRandom, { ...slow, atSeconds: 0.02, forSeconds: 0.05 }] }

  test('go on as they would have, whatever else breaks', () => {
    const a = readDocument(before)
    const whole = textOf(simulate(a))
    const { a: ofA, b: same } = branch(a, 0.04, structuredClone(a))
    expect([textOf(ofA), textOf(same)]).toEqual([whole, whole])
    const more = { ...slow, atSeconds: 0.06, target: { node: 'cpu', device: 0 } }
    const b = readDocument({ ...before, faults: [atRandom, more, before.faults[1]] })
    expect(textOf(branch(a, 0.04, b).b)).toBe(textOf(simulate(b)))
  })

  test('cannot be changed or left out', () => {
    const b = readDocument({ ...before, faults: before.faults.slice(1) })
    expect(() => branch(readDocument(before), 0.04, b)).toThrow('faults[0]: faults that come at random')
  })
})

test('a new fault warns before it strikes', () => {
  const before = { ...busyRack, policies: { ...(busyRack['policies'] as Fields), orders: [] } }
  const warned = {
    atSeconds: 0.09,
    target: { node: 'cpu', device: 1 },
    effect: 'down',
    forSeconds: 0.01,
    warningSeconds: 0.02,
  }
  const after = readDocument({ ...before, faults: [warned] })
  const { b } = branch(readDocument(before), 0.05, after)
  expect(textOf(b)).toBe(textOf(simulate(after)))
  expect(b.decisions.some(({ reason }) => reason.startsWith('is about to fail'))).toBe(true)
})

test('a policy that begins to look does so one period later, and moves what is hot', () => {
  const calm = withPolicies(hotspot, { migration: { use: 'never' } })
  const { a, b } = branch(readDocument(calm), 0.0203, readDocument(hotspot))
  expect(a.migrations).toEqual([])
  const [first] = b.decisions.filter((row) => row.kind === 'migration')
  expect(first.timeS).toBeGreaterThanOrEqual(0.0213)
  expect(b.migrations.length).toBeGreaterThan(0)
})

test('a branch of a branch goes on from its state: saved and restored, it ends in the same bytes', () => {
  const [a, b] = [readDocument(hotspot), readDocument(withPolicies(hotspot, { migration: { use: 'never' } }))]
  const run = createRun(a)
  const atPs = 0.02e12
  run.advance(atPs, Infinity)
  const whole = branchOff(run, b, atPs)
  const saved = structuredClone(whole.save())
  while (!whole.advance(whole.shape.endPs, 1000));
  const again = createRun(b)
  again.restore(saved)
  while (!again.advance(again.shape.endPs, 777));
  expect(textOf(resultOf(again))).toBe(textOf(resultOf(whole)))
  while (!run.advance(run.shape.endPs, 1000));
  expect(textOf(resultOf(run))).toBe(textOf(resultOf(finishedRun(a))))
})

test('with replications every one is branched, and the interval is over them', () => {
  const document = { ...hotspot, run: { ...(hotspot['run'] as Fields), replications: 3 } }
  const calm = withPolicies(document, { migration: { use: 'never' } })
  const { differences, paired } = branch(readDocument(document), 0.01, readDocument(calm))
  const mean = differences.find((row) => row.metric === 'latency_mean_us')!
  expect(mean.pairs).toBe(3)
  expect(mean.ci95Low).toBeLessThan(mean.difference)
  expect(mean.ci95High).toBeGreaterThan(mean.difference)
  expect(paired.ci95Low).toBeLessThan(paired.meanB - paired.meanA)
})

describe('what a branch cannot change is refused by its path', () => {
  const change = (path: string, value: Fields): ScenarioDocument => ({ ...timeSlices, [path]: value })
  const run = timeSlices['run'] as Fields
  test.each([
    [change('run', { ...run, seed: 13 }), 'run.seed: a branch cannot change this'],
    [
      change('application', { ...(timeSlices['application'] as Fields), rpc: { cyclesPerMessage: 9 } }),
      'application.rpc.cyclesPerMessage: ',
    ],
    [withPolicies(timeSlices, { orders: [] }), 'policies.orders[0]: 0.02 s is before the branch at 0.03 s'],
    [
      { ...timeSlices, faults: [...(timeSlices['faults'] as Fields[]), { ...slow, atSeconds: 0.01 }] },
      'faults[1]: 0.01 s is before the branch at 0.03 s',
    ],
  ] as const)('%#', (after, message) => {
    expect(() => branch(readDocument(timeSlices), 0.03, readDocument(after))).toThrow(message)
  })

  test.each([-0.1, 0.055, 7, NaN])('a moment outside the run: %s', (atSeconds) => {
    const scenario = readDocument(timeSlices)
    expect(() => branch(scenario, atSeconds, scenario)).toThrow('the moment of a branch lies in the run')
  })
})
