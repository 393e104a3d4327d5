import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkDocument } from '../../src/scenario/read-scenario'
import { catalog } from '../../src/simulator/catalog'
import { createRun } from '../../src/simulator/run'
import { balanced, expectRequests } from '../support/asked-of-runs'
import { memoryThatDoesNotAddUp } from '../support/memory-sums'
import { pressedMemory } from '../support/pressed-memory-arbitrary'
import { resultOf, textOf } from '../support/result-texts'

/** Whatever presses on far memory, and whatever fails: slabs, copies and requests add up at any moment, and so after a restore. */

test('far memory under pressure adds up', { timeout: 300_000 }, () => {
  fc.assert(
    fc.property(pressedMemory, ({ document, moments }) => {
      const { scenario } = checkDocument(document, catalog)
      fc.pre(scenario !== null)
      const run = createRun(scenario)
      const later = createRun(scenario)
      for (const [i, moment] of moments.entries()) {
        run.advance(Math.floor(moment * run.shape.endPs), Infinity)
        expect(memoryThatDoesNotAddUp(run)).toEqual([])
        expectRequests(run)
        if (i === 0) later.restore(structuredClone(run.save()))
      }
      run.advance(run.shape.endPs, Infinity)
      later.advance(later.shape.endPs, Infinity)
      expect(memoryThatDoesNotAddUp(run)).toEqual([])
      balanced(run)
      expect(textOf(resultOf(later))).toBe(textOf(resultOf(run)))
    }),
    { numRuns: 25, endOnFailure: true },
  )
})
