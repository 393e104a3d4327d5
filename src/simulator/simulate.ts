import type { Scenario } from '../scenario/scenario'
import { deriveSeed } from './engine/random'
import { mergeOutcomes, type FirstReplication } from './merge'
import { outcomeOf, type Outcome } from './outcome'
import type { RunResult } from './result'
import { createRun, type Run } from './run'

/** Events between two reports of progress. */
const SLICE_EVENTS = 200_000

/** Runs all replications to their end. @param onProgress told the fraction done, 0..1, now and then */
export function simulate(scenario: Scenario, onProgress?: (fraction: number) => void): RunResult {
  const { replications } = scenario.run
  const outcomes: Outcome[] = []
  let first: FirstReplication | null = null
  for (let r = 0; r < replications; r += 1) {
    const run = createRun(scenario, { seed: deriveSeed(scenario.run.seed, r) })
    while (!run.advance(run.shape.endPs, SLICE_EVENTS)) onProgress?.((r + run.now / run.shape.endPs) / replications)
    outcomes.push(outcomeOf(run))
    first ??= firstOf(run, outcomes[0])
  }
  return mergeOutcomes(scenario, outcomes, first!)
}

/** What the listings show, taken from replication 0. */
export function firstOf(run: Run, outcome: Outcome): FirstReplication {
  return { decisions: run.decisions.rows, migrations: outcome.migrations, timeline: run.timeline.result() }
}
