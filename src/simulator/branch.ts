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
import type { OccupancyChange } from './display'
import type { BranchResult, RunResult } from './result'
import { createRun, type Run } from './run'
import { RequestLog } from './services/request-log'
import { firstOf } from './simulate'

/** Events between two reports of progress. */
const SLICE_EVENTS = 200_000

export { branchProblems }

/** When a branch leaves its run, ps. */
function branchTime(atSeconds: number): number {
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
  const branching = new Branching(scenario, branchTime(atSeconds), changed)
  while (!branching.step(SLICE_EVENTS)) onProgress?.(branching.share)
  return branching.result()
}

/** A branch in slices: in each replication the common past, then B, then A. */
export class Branching {
  private readonly a: Lane
  private readonly b: Lane
  private replication = 0
  /** A up to the moment, or to its end; B once it has left. */
  private run: Run
  private branch: Run | null = null

  constructor(
    private readonly scenario: Scenario,
    readonly atPs: number,
    private readonly changed: Scenario,
  ) {
    this.a = new Lane(scenario)
    this.b = new Lane(changed)
    this.run = createRun(scenario)
  }

  /** B of replication 0 while it runs; null before and after. */
  get current(): Run | null {
    return this.replication === 0 ? this.branch : null
  }

  get isDone(): boolean {
    return this.replication === this.scenario.run.replications
  }

  /** 0..1 */
  get share(): number {
    const { endPs } = this.run.shape
    const passed = this.run.now + (this.branch ? this.branch.now - this.atPs : 0)
    const ended = this.b.outcomes.length > this.replication ? endPs - this.atPs : 0
    return Math.min(1, (this.replication + (passed + ended) / (2 * endPs - this.atPs)) / this.scenario.run.replications)
  }

  /** @returns whether all is done */
  step(mostEvents: number): boolean {
    if (this.isDone) return true
    if (this.branch) {
      if (this.branch.advance(this.branch.shape.endPs, mostEvents)) this.endOfB(this.branch)
    } else if (this.b.outcomes.length > this.replication) {
      if (this.run.advance(this.run.shape.endPs, mostEvents)) this.endOfA()
    } else if (this.run.advance(this.atPs, mostEvents)) this.leave()
    return this.isDone
  }

  private leave(): void {
    this.branch = branchOff(this.run, this.changed, this.atPs)
    this.b.watch(this.branch)
    this.a.watch(this.run)
  }

  private endOfB(branch: Run): void {
    this.b.ended(branch)
    this.branch = null
  }

  private endOfA(): void {
    this.a.ended(this.run)
    this.replication += 1
    if (!this.isDone)
      this.run = createRun(this.scenario, { seed: deriveSeed(this.scenario.run.seed, this.replication) })
  }

  result(): BranchResult {
    const [a, b] = [this.a.result(), this.b.result()]
    const paired = pairedDifference(this.a.logs.map((log, r) => [log, this.b.logs[r]] as const))
    return {
      atPs: this.atPs,
      a,
      b,
      paired,
      differences: differenceRows(this.a.outcomes, this.b.outcomes, a, b, paired),
      occupancy: this.b.occupancy,
    }
  }
}

class Lane {
  readonly outcomes: Outcome[] = []
  readonly logs: RequestLog[] = []
  occupancy: readonly OccupancyChange[] = []
  private first: FirstReplication | null = null

  constructor(private readonly scenario: Scenario) {}

  /** Notes the requests that end from now on. */
  watch(run: Run): void {
    const log = new RequestLog()
    run.machine.measures.log = log
    this.logs.push(log)
  }

  ended(run: Run): void {
    this.outcomes.push(outcomeOf(run))
    if (this.first) return
    this.first = firstOf(run, this.outcomes[0])
    this.occupancy = run.occupancy
  }

  result(): RunResult {
    return mergeOutcomes(this.scenario, this.outcomes, this.first!)
  }
}
