import fc from 'fast-check'
import { expect, test } from 'vitest'
import { outcomeOf } from '../../src/simulator/outcome'
import type { Run } from '../../src/simulator/run'
import * as State from '../../src/simulator/services/instance-state'
import { expectRequests } from '../support/asked-of-runs'
import { movingScenario } from '../support/moving-arbitrary'
import { readDocument } from '../support/scenarios'
import { WatchedMoves } from '../support/watched-moves'

/**
 * Whatever moves in whatever way, and whatever fails in the middle of it: no request is lost or counted twice, every byte
 * of memory has one owner, and what a move says that it has sent is what the network was given.
 */

const MOMENTS = [0.2, 0.45, 0.7, 1]

/** Asked at some moments of each run, and at its end. */
function forAnyMoves(check: (watched: WatchedMoves) => void, numRuns: number): Map<string, number> {
  const outcomes = new Map<string, number>()
  fc.assert(
    fc.property(movingScenario, (document) => {
      const watched = new WatchedMoves(readDocument(document))
      const { run } = watched
      for (const moment of MOMENTS) {
        watched.advance(Math.floor(moment * run.shape.endPs))
        check(watched)
      }
      for (const { mechanism, outcome } of run.migrations.list) {
        const what = `${mechanism} ${outcome}`
        outcomes.set(what, (outcomes.get(what) ?? 0) + 1)
      }
    }),
    { numRuns },
  )
  return outcomes
}

/** Every byte of local memory belongs to an instance that is there, or to one that moves: where it goes, or has left pages. */
function expectMemory(run: Run): void {
  const { instances, copies, local, slabs } = run.machine
  const used = new Float64Array(local.used.length)
  instances.state.forEach((state, instance) => {
    if (state >= State.starting) used[instances.device[instance]] += instances.localBytes[instance]
  })
  for (const { held, from, to, resume, outcome } of run.migrations.list)
    if (outcome === 'running') used[Number.isNaN(resume) ? to : from] += held
  expect([...local.used]).toEqual([...used])
  const owned = Array.from(instances.state, (_, i) => copies.all(i).reduce((sum, lease) => sum + lease.slabs, 0))
  for (const { instance, reserved } of run.reclaiming.reliefs)
    owned[instance] += reserved.reduce((sum, lease) => sum + lease.slabs, 0)
  const counted = owned.map((_, instance) => slabs.owner.filter((owner) => owner === instance).length)
  expect(counted).toEqual(owned)
}

test('no request is lost or counted twice, and memory has one owner, whatever moves and fails', () => {
  const outcomes = forAnyMoves(({ run }) => {
    expectRequests(run)
    expectMemory(run)
  }, 60)
  // The test would say little if moves were refused, or never cut off.
  for (const mechanism of ['stop-and-copy', 'pre-copy', 'post-copy', 'remap'])
    expect([mechanism, outcomes.get(`${mechanism} completed`) ?? 0]).toEqual([mechanism, expect.toSatisfy(atLeast(20))])
  const cut = [...outcomes].filter(([what]) => !/ (?:completed|refused|running)$/.test(what))
  expect(cut.reduce((sum, [, count]) => sum + count, 0)).toBeGreaterThan(3)
})

const atLeast =
  (least: number) =>
  (value: number): boolean =>
    value >= least

test('a move says that it has sent what the network was given for it', () => {
  forAnyMoves(({ run, sent, left }) => {
    const { instances } = run.machine
    outcomeOf(run).migrations.forEach((row, index) => {
      const given = sent.get(index) ?? 0
      const told = row.detail.reduce((sum, { bytes }) => sum + bytes, 0)
      const move = run.migrations.list[index]
      const { contextBytes, stateBytes, writableBytes } = instances.spec(move.instance)
      const state = stateBytes >= 0 ? stateBytes : move.held
      expect(row.bytes).toBe(told)
      if (row.outcome === 'refused') expect([row.bytes, given]).toEqual([0, 0])
      if (row.outcome !== 'completed') {
        // Rounds that are over, and what has entered the network of the one that goes on, or did when it was cut off.
        const pages = left.get(index)?.fetched ?? 0
        expect(given + pages + move.left + move.volume).toBeGreaterThanOrEqual(told)
        return
      }
      if (row.mechanism === 'post-copy') {
        const { total, fetched, pushed } = left.get(index)!
        expect([total, fetched + pushed]).toEqual([state, state])
        expect(given + fetched).toBe(row.bytes)
        expect(row.bytes).toBe(contextBytes + state)
        return
      }
      expect(given).toBe(row.bytes)
      if (row.mechanism === 'stop-and-copy') expect(row.bytes).toBe(state)
      if (row.mechanism === 'pre-copy') expect(row.detail[0].bytes).toBe(state)
      if (row.mechanism === 'remap') {
        expect(row.bytes).toBeGreaterThanOrEqual(contextBytes)
        expect(row.bytes).toBeLessThanOrEqual(contextBytes + Math.min(writableBytes, move.held))
      }
    })
  }, 60)
})

test('an instance is stopped exactly while its move is between stop and hand-over, or its devices are down', () => {
  forAnyMoves(({ run }) => {
    const { instances } = run.machine
    const between = run.migrations.list.filter(
      ({ outcome, stop, resume }) => outcome === 'running' && !Number.isNaN(stop) && Number.isNaN(resume),
    )
    for (const { instance } of between) expect(instances.stopped[instance]).toBe(1)
    for (const { instance, outcome, from, to, resume } of run.migrations.list)
      if (outcome === 'running') expect(instances.device[instance]).toBe(Number.isNaN(resume) ? from : to)
  }, 30)
})
