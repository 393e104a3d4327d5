import type { Scenario } from '../../src/scenario/scenario'
import { createRun, type Run } from '../../src/simulator/run'

export * from '../../src/validation/scenario-parts'

/** A run that has come to its end. */
export function finishedRun(scenario: Scenario, seed = scenario.run.seed): Run {
  const run = createRun(scenario, { seed })
  while (!run.advance(run.shape.endPs, 1_000_000));
  return run
}
