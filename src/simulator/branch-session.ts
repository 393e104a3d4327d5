import type { Scenario } from '../scenario/scenario'
import { Branching } from './branch'
import { detailOf, replayFrom } from './detail'
import type { Detail } from './display'
import type { BranchResult } from './result'
import { createRun, type Run } from './run'
import { Snapshots } from './snapshots'

/** A branch behind the calls of the worker, with snapshots to look back into B. */
export class BranchSession {
  private readonly branching: Branching
  private readonly snapshots: Snapshots
  private replay: Run | null = null

  constructor(
    scenario: Scenario,
    readonly atPs: number,
    private readonly changed: Scenario,
    private readonly sliceEvents: number,
    snapshotEvents: number,
  ) {
    this.branching = new Branching(scenario, atPs, changed)
    this.snapshots = new Snapshots(snapshotEvents)
  }

  get share(): number {
    return this.branching.share
  }

  get isDone(): boolean {
    return this.branching.isDone
  }

  slice(): void {
    const before = this.branching.current
    this.branching.step(this.sliceEvents)
    const run = this.branching.current
    if (run === null) return
    if (before === null) this.snapshots.add(this.atPs, run.events, run.saveMotion())
    else if (this.snapshots.isDue(run.events)) this.snapshots.add(run.now + 1, run.events, run.saveMotion())
  }

  /** @param startPs at or after the moment; what was on a wire for longer than since then may be missing from the beginning */
  detail(startPs: number, endPs: number, maxSegments: number): Detail {
    this.replay ??= createRun(this.changed)
    const from = this.snapshots.before(Math.max(this.atPs, replayFrom(startPs)))!
    return detailOf(this.replay, from.state, startPs, endPs, maxSegments)
  }

  result(): BranchResult {
    return this.branching.result()
  }
}
