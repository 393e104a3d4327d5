import { exportFiles } from '../../src/formats/export'
import { mergeOutcomes } from '../../src/simulator/merge'
import { outcomeOf } from '../../src/simulator/outcome'
import type { RunResult } from '../../src/simulator/result'
import type { Run } from '../../src/simulator/run'
import { firstOf } from '../../src/simulator/simulate'

/** Everything that a run writes, as one text. */
export function textOf(result: RunResult): string {
  return exportFiles(result)
    .map(({ name, text }) => `--- ${name}\n${text}`)
    .join('\n')
}

/** The result of one finished run, as `simulate` makes it of a single replication. */
export function resultOf(run: Run): RunResult {
  const outcome = outcomeOf(run)
  return mergeOutcomes(run.scenario, [outcome], firstOf(run, outcome))
}
