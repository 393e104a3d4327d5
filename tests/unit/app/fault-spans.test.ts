import { expect, test } from 'vitest'
import { faultSpans, isGoingOn } from '../../../src/app/fault-spans'
import type { Scenario } from '../../../src/scenario/scenario'

const spans = (faults: readonly object[]) =>
  faultSpans({ faults, topology: { links: [{ id: 'tor-mem', lanes: 2 }] } } as unknown as Scenario)

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
