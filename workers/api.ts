import type { Catalog } from '../src/scenario/catalog'
import type { Problem } from '../src/scenario/problems'
import type { Scenario } from '../src/scenario/scenario'
import type { Detail, OccupancyChange, RunShape } from '../src/simulator/display'
import type { BranchResult, DecisionRow, MigrationRow, RunResult, Timeline } from '../src/simulator/result'

/** What follows from a scenario without running it. */
export interface Derived {
  readonly shape: RunShape
  /** Unloaded one-way latency of a 64-byte message between the first devices of two nodes, ns; one row per reachable ordered pair. */
  readonly paths: readonly {
    readonly from: string
    readonly to: string
    readonly hops: number
    readonly oneWayNs: number
    /** There and back with the memory's own time, for a memory pool at the far end; NaN elsewhere. */
    readonly readNs: number
    readonly bottleneckGbps: number
    readonly access: 'loadstore' | 'paging'
  }[]
  /** Per node, in scenario order. */
  readonly nodes: readonly {
    readonly id: string
    readonly idleWatts: number
    readonly busyWatts: number
    readonly costUsd: number
    readonly memoryGiB: number
    /** What the open sources ask on average of the busiest part (cores, channels, pipeline), as a share of what it can do; NaN where unknown. */
    readonly offeredLoad: number
  }[]
  /** Parts that are asked for more than they can do, with the paths of problems. */
  readonly warnings: readonly Problem[]
  /** Requests per second asked from outside; closed sources are not counted. */
  readonly offeredPerSecond: number
  /** A guess of how many events a run will take; NaN where nobody can tell. */
  readonly estimatedEvents: number
}

export interface Loaded {
  readonly shape: RunShape
  readonly replications: number
}

/** What is simulated so far. Lists are complete from the start of the run at every answer; they are small. */
export interface Progress {
  /** ps simulated of the replication in work. */
  readonly simulatedPs: number
  readonly endPs: number
  readonly replication: number
  readonly replications: number
  readonly done: boolean
  readonly events: number
  readonly eventsPerSecond: number
  /** Replication 0. Only there when something changed since the last answer. */
  readonly decisions: readonly DecisionRow[] | null
  readonly migrations: readonly MigrationRow[] | null
  readonly occupancy: readonly OccupancyChange[] | null
  readonly timeline: Timeline | null
}

/**
 * The calls of the simulation worker: coarse, pulled by the page, plain data both ways.
 * A failure of the model (never of the caller) rejects with an Error whose message names time and place.
 */
export interface SimulationApi {
  catalog(): Catalog
  /** Checks nothing: the scenario is typed. */
  derive(scenario: Scenario): Derived
  /** Forgets the run before, builds this one and stands at time 0. */
  load(scenario: Scenario): Loaded
  /** Simulates for about `wallMs` of wall time (0 or more), all replications one after another, replication 0 first. */
  advance(wallMs: number): Progress
  /**
   * What happened in [startPs, endPs) of replication 0: restores the nearest snapshot before and simulates that stretch
   * again with the log on. Only for simulated time. In lane `b` of the branch: only when it is done. At most `maxSegments` segments; fewer time is covered if there are more.
   */
  detail(startPs: number, endPs: number, maxSegments: number, lane?: Lane): Detail
  /** The whole result; only when done. */
  result(): RunResult
  /** The result of what is simulated so far of replication 0, for display while running. */
  partialResult(): RunResult
  /** Prepares a branch of the loaded run beside it; the one before is forgotten. Rejects where it changes what it cannot. */
  branch(atPs: number, changed: Scenario): void
  /** Simulates the branch for about `wallMs` of wall time: its past, itself, and the run again to compare request by request. */
  advanceBranch(wallMs: number): { readonly share: number; readonly done: boolean }
  /** Only when done. */
  branchResult(): BranchResult
}

/** The run as loaded, or its branch. */
export type Lane = 'a' | 'b'
