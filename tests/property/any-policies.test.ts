import fc from 'fast-check'
import { expect, test } from 'vitest'
import { exportFiles } from '../../src/formats/export'
import { checkDocument } from '../../src/scenario/read-scenario'
import { catalog } from '../../src/simulator/catalog'
import { createRun, type Run } from '../../src/simulator/run'
import type { RunResult } from '../../src/simulator/result'
import { anyRules } from '../support/any-policies'
import { resultOf, textOf } from '../support/result-texts'

/**
 * Whatever policies and failures a scenario is given, beyond those that its author thought of: it runs to its end, what
 * is offered is completed, failed or in flight, no figure is less than nothing, and a saved run goes on as the run itself.
 */

function ended(run: Run): Run {
  while (!run.advance(run.shape.endPs, 1_000_000));
  return run
}

/** Metrics of `summary.csv` and their values. */
function figuresOf(result: RunResult): ReadonlyMap<string, number> {
  const summary = exportFiles(result).find(({ name }) => name === 'summary.csv')!
  const rows = summary.text
    .split('\r\n')
    .slice(1)
    .map((line) => line.split(','))
  return new Map(rows.filter(([, value]) => value).map(([metric, value]) => [metric, Number(value)]))
}

test('any policies under any failures', { timeout: 300_000 }, () => {
  fc.assert(
    fc.property(anyRules, fc.double({ min: 0.05, max: 0.95, noNaN: true }), ({ document }, moment) => {
      const { scenario } = checkDocument(document, catalog)
      fc.pre(scenario !== null) // some rules ask for what this scenario has not: others are drawn
      const first = createRun(scenario)
      first.advance(Math.floor(moment * first.shape.endPs), Infinity)
      const second = createRun(scenario)
      second.restore(structuredClone(first.save()))
      const result = resultOf(ended(first))
      expect(textOf(resultOf(ended(second)))).toBe(textOf(result))
      const summary = figuresOf(result)
      for (const [metric, value] of summary) expect([metric, value >= 0]).toEqual([metric, true])
      expect(summary.get('requests_offered')).toBe(
        summary.get('requests_completed')! + summary.get('requests_failed')! + summary.get('requests_in_flight')!,
      )
    }),
    { numRuns: 50 },
  )
})
