import type { Scenario } from '../scenario/scenario'
import { problemText } from '../scenario/problems'
import { PS_PER_SECOND, roundHalfUp } from '../units/time'
import { branchOff } from './branch-off'
import { branchProblems } from './branch-rules'
import { differenceRows } from './difference'
import { deriveSeed } from './engine/random'
import { mergeOutcomes, type FirstReplication } from './merge'
import { outcomeOf, type Outcome } from './outcome'
import { pairedDifference } from './paired'
import type { BranchResult, RunResult } from './result'
import { createRun, type Run } from './run'
import { RequestLog } from './services/request-log'
import { firstOf } from './simulate'

/** Events between two reports of progress. */
const SLICE_EVENTS = 200_000

export { branchProblems }

/** When a branch leaves its run, ps. */
export function branchTime(atSeconds: number): number {
  return roundHalfUp(atSeconds * PS_PER_SECOND)
}

/**
 * Runs a scenario as it stands (A), and from a moment on as `changed` (B), in every replication: both have the same past,
 * the same requests and the same draws to come, so what differs is the effect of the change.
 *
 * @param onProgress told the fraction done, 0..1, now and then
 * @throws Error that names what a branch cannot change
 */
export function branch(
  scenario: Scenario,
  atSeconds: number,
  changed: Scenario,
  onProgress?: (fraction: number) => void,
): BranchResult {
  const problem = branchProblems(scenario, changed, atSeconds).at(0)
  if (problem) throw new Error(problemText(problem))
  const atPs = branchTime(atSeconds)
  const { replications } = scenario.run
  const lanes = { a: new Lane(scenario), b: new Lane(changed) }
  for (let r = 0; r < replications; r += 1) {
    const tell = (run: Run, half: number): void =>
      onProgress?.((r + (half + run.now / run.shape.endPs) / 2) / replications)
    const a = createRun(scenario, { seed: deriveSeed(scenario.run.seed, r) })
    while (!a.advance(atPs, SLICE_EVENTS)) tell(a, 0)
    const b = branchOff(a, changed, atPs)
    lanes.a.finish(a, (run) => tell(run, 0))
    lanes.b.finish(b, (run) => tell(run, 1))
  }
  const a = lanes.a.result()
  const b = lanes.b.result()
  const paired = pairedDifference(lanes.a.logs.map((log, r) => [log, lanes.b.logs[r]] as const))
  return { atPs, a, b, paired, differences: differenceRows(lanes.a.outcomes, lanes.b.outcomes, a, b, paired) }
}

class Lane {
  readonly outcomes: Outcome[] = []
  readonly logs: RequestLog[] = []
  private first: FirstReplication | null = null

  constructor(private readonly scenario: Scenario) {}

  finish(run: Run, tell: (run: Run) => void): void {
    const log = new RequestLog()
    run.machine.measures.log = log
    while (!run.advance(run.shape.endPs, SLICE_EVENTS)) tell(run)
    this.logs.push(log)
    this.outcomes.push(outcomeOf(run))
    this.first ??= firstOf(run, this.outcomes[0])
  }

  result(): RunResult {
    return mergeOutcomes(this.scenario, this.outcomes, this.first!)
  }
}
