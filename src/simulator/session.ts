import type { SimulationApi, Loaded, Progress } from '../../workers/api'
import type { Scenario } from '../scenario/scenario'
import { problemText } from '../scenario/problems'
import { PS_PER_SECOND } from '../units/time'
import { branchProblems } from './branch-rules'
import { BranchSession } from './branch-session'
import { catalog } from './catalog'
import { detailOf, joined, replayFrom } from './detail'
import type { Detail, OccupancyChange } from './display'
import { deriveSeed } from './engine/random'
import { mergeOutcomes, type FirstReplication } from './merge'
import { outcomeOf, type Outcome } from './outcome'
import type { RunResult } from './result'
import { createRun, type Run } from './run'
import { firstOf } from './simulate'
import { Snapshots } from './snapshots'

/** Events between two looks at the clock. */
const SLICE_EVENTS = 2000
/** Events between two snapshots, at first. */
const SNAPSHOT_EVENTS = 50_000
/** Lists are told at most this often, ms. */
const TELL_MS = 120

/** One run at a time behind the calls of the simulation worker. @param wallMs reads a clock of wall time, ms */
export function createSimulation(wallMs: () => number): Omit<SimulationApi, 'derive'> {
  let session: Session | null = null
  let branched: BranchSession | null = null
  const loaded = (): Session => {
    if (!session) throw new Error('no scenario is loaded')
    return session
  }
  return {
    catalog: () => catalog,
    load: (scenario) => {
      session = new Session(scenario, wallMs)
      branched = null
      return session.loaded()
    },
    advance: (budget) => loaded().advance(budget),
    detail: (start, end, most, lane) => {
      if (lane !== 'b' || !branched) return loaded().detail(start, end, most)
      const { atPs } = branched
      if (start >= atPs) return branched.detail(start, end, most)
      const past = loaded().detail(start, Math.min(end, atPs), most)
      return past.endPs < atPs || end <= atPs ? past : joined(past, branched.detail(atPs, end, most))
    },
    branch: (atPs, changed) => {
      const { scenario } = loaded()
      const problem = branchProblems(scenario, changed, atPs / PS_PER_SECOND).at(0)
      if (problem) throw new Error(problemText(problem))
      branched = new BranchSession(scenario, atPs, changed, SLICE_EVENTS, SNAPSHOT_EVENTS)
    },
    advanceBranch: (budgetMs) => {
      if (!branched) throw new Error('there is no branch')
      const until = wallMs() + budgetMs
      do branched.slice()
      while (!branched.isDone && wallMs() < until)
      return { share: branched.share, done: branched.isDone }
    },
    branchResult: () => {
      if (!branched?.isDone) throw new Error('the branch has not ended yet')
      return branched.result()
    },
    result: () => loaded().result(),
    partialResult: () => loaded().partialResult(),
  }
}

class Session {
  private run: Run
  private replay: Run | null = null
  private replication = 0
  private readonly snapshots = new Snapshots(SNAPSHOT_EVENTS)
  private readonly outcomes: Outcome[] = []
  private first: FirstReplication | null = null
  private firstOccupancy: readonly OccupancyChange[] | null = null
  private events = 0
  private spentMs = 0
  private toldAt = -Infinity

  constructor(
    readonly scenario: Scenario,
    private readonly wallMs: () => number,
  ) {
    this.run = createRun(scenario)
    this.snapshots.add(0, 0, this.run.saveMotion())
  }

  loaded(): Loaded {
    return { shape: this.run.shape, replications: this.scenario.run.replications }
  }

  private get done(): boolean {
    return this.outcomes.length === this.scenario.run.replications
  }

  advance(budgetMs: number): Progress {
    const began = this.wallMs()
    let now = began
    while (!this.done && (now === began || now - began < budgetMs)) {
      this.slice()
      now = this.wallMs()
    }
    this.spentMs += now - began
    return this.progress(now)
  }

  private slice(): void {
    const before = this.run.events
    const ended = this.run.advance(this.run.shape.endPs, SLICE_EVENTS)
    this.events += this.run.events - before
    if (ended) this.endReplication()
    else if (this.replication === 0 && this.snapshots.isDue(this.run.events))
      this.snapshots.add(this.run.now + 1, this.run.events, this.run.saveMotion())
  }

  private endReplication(): void {
    this.outcomes.push(outcomeOf(this.run))
    this.first ??= firstOf(this.run, this.outcomes[0])
    this.firstOccupancy ??= this.run.occupancy
    if (this.done) return
    this.replication += 1
    this.run = createRun(this.scenario, { seed: deriveSeed(this.scenario.run.seed, this.replication) })
  }

  private progress(now: number): Progress {
    const tell = this.done || now - this.toldAt >= TELL_MS
    if (tell) this.toldAt = now
    const first = tell ? (this.first ?? firstOf(this.run, outcomeOf(this.run))) : null
    return {
      simulatedPs: this.done ? this.run.shape.endPs : this.run.now,
      endPs: this.run.shape.endPs,
      replication: this.replication,
      replications: this.scenario.run.replications,
      done: this.done,
      events: this.events,
      eventsPerSecond: this.spentMs > 0 ? (this.events * 1000) / this.spentMs : 0,
      decisions: first?.decisions ?? null,
      migrations: first?.migrations ?? null,
      occupancy: tell ? (this.firstOccupancy ?? this.run.occupancy) : null,
      timeline: first?.timeline ?? null,
    }
  }

  detail(startPs: number, endPs: number, maxSegments: number): Detail {
    this.replay ??= createRun(this.scenario)
    const from = this.snapshots.before(replayFrom(startPs))!
    return detailOf(this.replay, from.state, startPs, endPs, maxSegments)
  }

  result(): RunResult {
    if (!this.done || !this.first) throw new Error('the run has not ended yet')
    return mergeOutcomes(this.scenario, this.outcomes, this.first)
  }

  partialResult(): RunResult {
    if (this.first) return mergeOutcomes(this.scenario, this.outcomes, this.first)
    const outcome = outcomeOf(this.run)
    return mergeOutcomes(this.scenario, [outcome], firstOf(this.run, outcome))
  }
}
