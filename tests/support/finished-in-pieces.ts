import type { Scenario } from '../../src/scenario/scenario'
import { createRun, type Run } from '../../src/simulator/run'

/**
 * A run to its end that is saved after each stretch of events and put into a fresh one; the old one goes on for `beyond`
 * events after being saved, which the copy must not notice.
 */
export function finishedInPieces(scenario: Scenario, stretches: readonly number[], beyond: number): Run {
  let run = createRun(scenario)
  for (const events of stretches) {
    if (run.advance(run.shape.endPs, events)) break
    const saved = structuredClone(run.save())
    run.advance(run.shape.endPs, beyond)
    run = createRun(scenario)
    run.restore(saved)
  }
  while (!run.advance(run.shape.endPs, 1_000_000));
  return run
}
