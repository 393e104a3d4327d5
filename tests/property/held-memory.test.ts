import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRun, type Run } from '../../src/simulator/run'
import { expectRequests } from '../support/asked-of-runs'
import { expectMemory } from '../support/device-memory'
import { finishedInPieces } from '../support/finished-in-pieces'
import { heldScenario } from '../support/held-arbitrary'
import { resultOf, textOf } from '../support/result-texts'
import { finishedRun, readDocument } from '../support/scenarios'

/**
 * Whatever moves, ends, starts, fails or is emptied: every byte that a device holds for offloaded steps is counted, is of
 * some use, and is there only while nobody else needs the room.
 */

interface Held {
  readonly item: number
  readonly bytes: number
  readonly bringer: number
  readonly head: number
}

function expectHeld(run: Run): number {
  const { instances, local, slabs, fabric, tokens } = run.machine
  const held = run.executor.offloads.holdings.save()['held'] as unknown as readonly (readonly Held[])[]
  held.forEach((list, device) => {
    const memory = slabs.devices[device]
    const room = memory ? slabs.free[device] * memory.slabBytes : local.roomBytes(device)
    expect(local.held[device]).toBe(list.reduce((sum, { bytes }) => sum + bytes, 0))
    expect(local.held[device]).toBeLessThanOrEqual(room)
    const items = list.map(({ item }) => item).filter((item) => item >= 0)
    expect(new Set(items).size).toBe(items.length)
    for (const { item, bytes, bringer } of list) {
      if (bringer >= 0) expect(tokens.pool.liveMap()[bringer]).toBe(1)
      if (item < 0) {
        expect([bytes, bringer >= 0]).toEqual([0, true])
        continue
      }
      const instance = item - instances.services.length
      const users = instance < 0 ? item : instances.service[instance]
      const spec = instances.services[users]
      expect(bytes).toBe(instance < 0 ? spec.codeBytes : spec.offloadStateBytes)
      if (instance < 0) {
        const all = instances.device.subarray(instances.first[item], instances.first[item + 1])
        expect(all.some((at) => at >= 0)).toBe(true)
        continue
      }
      const home = instances.device[instance]
      expect(home).toBeGreaterThanOrEqual(0)
      expect(home).not.toBe(device)
      expect(fabric.routes.reaches(home, device)).toBe(true)
    }
  })
  return held.flat().length
}

const seed = Number(process.env['UNRACK_SEED'] ?? 20261127)

test('every byte held for offloaded steps is counted and of use, whatever becomes of the instances', () => {
  let seen = 0
  fc.assert(
    fc.property(heldScenario, (document) => {
      const run = createRun(readDocument(document))
      for (let part = 1; part <= 25; part += 1) {
        const until = Math.floor((part / 25) * run.shape.endPs)
        while (!run.advance(until, 100_000) && run.now < until - 1);
        expectRequests(run)
        expectMemory(run)
        seen += expectHeld(run)
      }
    }),
    { numRuns: 40, seed },
  )
  expect(seen).toBeGreaterThan(1000)
})

test('a run whose devices hold things that is saved and put back anywhere gives the same bytes', () => {
  fc.assert(
    fc.property(
      heldScenario,
      fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 5 }),
      (document, stretches) => {
        const scenario = readDocument(document)
        const expected = finishedRun(scenario)
        const run = finishedInPieces(scenario, stretches, 300)
        expect(textOf(resultOf(run))).toBe(textOf(resultOf(expected)))
      },
    ),
    { numRuns: 12, seed },
  )
})
