import { expect, test } from 'vitest'
import { faultSpans, isGoingOn } from '../../../src/app/fault-spans'
import { downWords, speedWords, upWords } from '../../../src/scenario/fault-words'
import type { Scenario } from '../../../src/scenario/scenario'
import type { DecisionRow } from '../../../src/simulator/result'

const spans = (faults: readonly object[]) =>
  faultSpans({ faults, topology: { nodes: [], links: [{ id: 'tor-mem', lanes: 2 }] } } as unknown as Scenario, [])

test('a fault goes on from its instant until just before its end', () => {
  const [span] = spans([
    { atSeconds: 0.5, target: { node: 'cpu', device: 1 }, effect: 'slow', factor: 3, forSeconds: 0.25 },
  ])
  expect(span).toMatchObject({ startPs: 5e11, endPs: 7.5e11, node: 'cpu', link: '', words: 'cpu.1 3 × slower' })
  expect([4.99e11, 5e11, 7.49e11, 7.5e11].map((time) => isGoingOn(span, time))).toEqual([false, true, true, false])
})

test('a link that goes down for good never comes back', () => {
  const [span] = spans([{ atSeconds: 1, target: { link: 'tor-mem' }, effect: 'down', factor: 1, forSeconds: null }])
  expect(span).toMatchObject({ endPs: Infinity, link: 'tor-mem', node: '', lanes: 2, words: 'tor-mem down' })
})

test('one line of a link is named by its device and lane', () => {
  const target = { link: 'tor-mem', device: 3, lane: 1 }
  const [span] = spans([{ atSeconds: 1, target, effect: 'slow', factor: 4, forSeconds: null }])
  expect(span).toMatchObject({ device: 3, lane: 1, words: 'tor-mem.3/1 4 × slower' })
})

const random = { mtbfSeconds: { dist: 'constant', value: 1 }, mttrSeconds: { dist: 'constant', value: 0.1 } }
const rack = (faults: readonly object[]) =>
  ({
    faults: faults.map((fault) => ({ effect: 'down', factor: 1, forSeconds: null, ...random, ...fault })),
    topology: {
      nodes: [
        { id: 'cpu', kind: 'cpu', count: 2 },
        { id: 'tor', kind: 'switch', count: 1 },
      ],
      links: [{ id: 'trunk', lanes: 2 }],
    },
  }) as unknown as Scenario
const told = (...rows: readonly (readonly [timePs: number, subject: string, reason: string])[]) =>
  rows.map(([timePs, subject, reason]) => ({ kind: 'fault', timePs, subject, reason }) as DecisionRow)

test('a fault at random goes on as the run tells it, device by device', () => {
  const found = faultSpans(
    rack([{ target: { node: 'cpu', device: null } }]),
    told(
      [1, 'cpu.1', 'is about to fail, in 1 s'],
      [5, 'cpu.1', downWords('2 routes changed')],
      [6, 'cpu.0', downWords('2 routes changed')],
      [7, 'tor', downWords('2 routes changed')],
      [8, 'cpu.1', upWords('2 routes changed')],
      [9, 'cpu.1', downWords('2 routes changed')],
    ),
  )
  expect(found.map(({ words, device, startPs, endPs }) => [words, device, startPs, endPs])).toEqual([
    ['cpu.1 down', 1, 5, 8],
    ['cpu.0 down', 0, 6, Infinity],
    ['cpu.1 down', 1, 9, Infinity],
  ])
})

test('what two faults hold down is down until both have let go', () => {
  const found = faultSpans(
    rack([{ target: { node: 'tor', device: 0 } }]),
    told([1, 'tor', downWords('')], [2, 'tor', downWords('')], [3, 'tor', upWords('')], [4, 'tor', upWords('')]),
  )
  expect(found).toMatchObject([{ node: 'tor', device: null, startPs: 1, endPs: 4 }])
})

test('slow spans end where the factor changes', () => {
  const found = faultSpans(
    rack([{ target: { link: 'trunk', device: null, lane: 1 }, effect: 'slow', factor: 3 }]),
    told([1, 'trunk/1', speedWords(3)], [2, 'trunk/1', speedWords(4.5)], [4, 'trunk/1', speedWords(1)]),
  )
  expect(found.map(({ words, lane, startPs, endPs }) => [words, lane, startPs, endPs])).toEqual([
    ['trunk/1 3 × slower', 1, 1, 2],
    ['trunk/1 4.5 × slower', 1, 2, 4],
  ])
})
