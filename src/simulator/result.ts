import type { OccupancyChange } from './display'
import type { DeviceKind, Scenario } from '../scenario/scenario'

/**
 * What a run leaves: plain data, one record per row of the files of the scenario format.
 * Times are in µs unless the name says otherwise. NaN and null stand for "not applicable" (an empty cell).
 */

export interface SummaryRow {
  readonly metric: string
  readonly value: number
  /** '' for counts; 'us', '1/s', 'GiB', 'J', 's', ... */
  readonly unit: string
  /** NaN with one replication. */
  readonly ci95Low: number
  readonly ci95High: number
}

export interface OperationRow {
  readonly service: string
  readonly operation: string
  readonly completed: number
  readonly failed: number
  readonly meanUs: number
  readonly p50Us: number
  readonly p90Us: number
  readonly p99Us: number
  readonly p999Us: number
  readonly maxUs: number
  readonly waitMeanUs: number
  readonly computeMeanUs: number
  readonly memoryMeanUs: number
  readonly networkMeanUs: number
  /** Of the waiting time, without that of callees: mean wait for a worker, for a core. */
  readonly workerWaitMeanUs: number
  readonly coreWaitMeanUs: number
}

/** What a service's instances did within the window, all of them together. */
export interface ServiceRow {
  readonly service: string
  /** Executions of its operations, as in their rows. */
  readonly completed: number
  readonly failed: number
  readonly instructions: number
  /** All core time of the window, stalls and RPC work included, over executions that ended in it; NaN where none has. */
  readonly coreMeanUs: number
  /** Cores busy with it on average. */
  readonly coresMean: number
  /** Cycles per instruction: with every access served by the caches, stalled on local and on remote memory as on an idle rack, and beyond. */
  readonly cpiBase: number
  readonly cpiLocal: number
  readonly cpiRemote: number
  readonly cpiQueueing: number
  /** The sum of the four. */
  readonly cpiTotal: number
  readonly missesLocal: number
  readonly missesRemote: number
  /** Share of its misses that local memory serves. */
  readonly hitRatio: number
  /** Mean waits of one execution, without those of its callees: they add up to its own waiting time. */
  readonly workerWaitMeanUs: number
  readonly coreWaitMeanUs: number
  readonly downtimeWaitMeanUs: number
  /** `delay` steps. */
  readonly outsideWaitMeanUs: number
  /** Of kernels: for a stream, for others of a batch, for room in the memory of the GPU. */
  readonly streamWaitMeanUs: number
  /** While no instance of the service was in use. */
  readonly instanceWaitMeanUs: number
  /** For earlier attempts that came to nothing. */
  readonly attemptsWaitMeanUs: number
  /** Requests that one instance holds on average, and the most that one has held. */
  readonly threadsMean: number
  readonly threadsMax: number
  /** Last-level cache that one instance has on average, MiB; NaN where the service says nothing of its use. */
  readonly llcMeanMib: number
}

export interface DeviceRow {
  readonly node: string
  readonly device: number
  readonly kind: DeviceKind | 'switch'
  readonly utilization: number
  readonly meanQueue: number
  readonly maxQueue: number
  readonly completed: number
  readonly energyJoules: number
  readonly memoryUsedGib: number
  /** Of the bus of its own DRAM; NaN where it has none. In the page only. */
  readonly localBusUtilization: number
}

export interface LinkRow {
  readonly link: string
  /** Physical link: device index × lanes + lane. */
  readonly lane: number
  /** `from>to` in node or device names: `cpu.0>tor`. */
  readonly direction: string
  readonly bytes: number
  readonly packets: number
  readonly utilization: number
  readonly meanQueueBytes: number
  readonly maxQueueBytes: number
  readonly dropped: number
}

export type DecisionKind = 'placement' | 'memory' | 'offload' | 'migration' | 'scaling' | 'recovery' | 'fault'

/** One estimate that a decision compared. */
export interface Candidate {
  readonly target: string
  /** NaN: not estimated. */
  readonly estimateUs: number
  readonly chosen: boolean
  /** Why it was out, or what the policy saw there. */
  readonly note: string
}

export interface DecisionRow {
  readonly timeS: number
  /** The same instant in whole picoseconds. */
  readonly timePs: number
  readonly kind: DecisionKind
  /** Instance `kv.1`, or operation step `svc.op#0`. */
  readonly subject: string
  readonly from: string
  readonly to: string
  readonly policy: string
  readonly mechanism: string
  readonly reason: string
  readonly estimateUs: number
  /** What the policy saw, for the why card. */
  readonly saw: readonly { readonly name: string; readonly value: string }[]
  readonly candidates: readonly Candidate[]
  /** Index into `migrations` for a migration that started; -1 otherwise. */
  readonly migration: number
  /** Counts the decisions of a run, those that are not kept too. */
  readonly id: number
  /** What came of it; null: it has not ended, or nothing of it is measured. */
  readonly outcome: DecisionOutcome | null
}

/** What a decision said of one quantity, and what it was: `total`, `downtime`, `step`. Times in µs, NaN where unknown. */
export interface Expectation {
  readonly name: string
  readonly estimateUs: number
  readonly actualUs: number
}

export interface DecisionOutcome {
  /** When it was known, ps. */
  readonly timePs: number
  /** completed | failed | cancelled */
  readonly end: string
  /** From the decision until what it brought about had ended. */
  readonly actualUs: number
  /** The candidate that was best in hindsight and what it would have taken; '' and NaN where no other is known. */
  readonly best: string
  readonly bestUs: number
  /** How much longer the choice took than the best; NaN where that is not known. */
  readonly regretUs: number
  /** Each quantity that was estimated, the actual one beside it; the first is the one above. */
  readonly against: readonly Expectation[]
}

export interface MigrationRound {
  readonly startPs: number
  readonly endPs: number
  readonly bytes: number
  /** false: the stopped copy at the end. */
  readonly live: boolean
}

export interface MigrationRow {
  readonly service: string
  readonly instance: number
  readonly from: string
  readonly to: string
  readonly mechanism: string
  readonly startS: number
  readonly startPs: number
  /** NaN while it goes on. */
  readonly totalUs: number
  readonly downtimeUs: number
  readonly bytes: number
  readonly rounds: number
  /** completed | running | refused | cancelled */
  readonly outcome: string
  readonly detail: readonly MigrationRound[]
  /** When the instance stopped and went on, ps; NaN before. */
  readonly stopPs: number
  readonly resumePs: number
}

/** One series over the whole run: mean (or percentile) per bucket of equal width. */
export interface Series {
  /** 'device' | 'link' | 'operation' | 'source' | 'service' | 'run' */
  readonly scope: string
  /** `cpu.0`, `cpu-tor/0 cpu.0>tor`, `kv.get`, … */
  readonly id: string
  /** utilization | queue | bytes_per_second | p50_us | p99_us | in_flight | waiting | memory_used_gib … */
  readonly metric: string
  readonly unit: string
  /** One value per bucket; NaN: nothing happened. */
  readonly values: Float64Array
  /** Of percentiles: those over `joined` buckets together, one per row of `timeline.csv`. */
  readonly rows?: Float64Array
}

export interface Timeline {
  readonly bucketPs: number
  /** Buckets that make one row of `timeline.csv`. */
  readonly joined: number
  /** Buckets already filled while the run goes on. */
  readonly filled: number
  readonly series: readonly Series[]
}

export interface LatencyHistogram {
  readonly id: string
  readonly count: number
  readonly lowUs: Float64Array
  readonly highUs: Float64Array
  readonly counts: Float64Array
  /** Mean share of wait, compute, memory, network of the latencies in each bucket, 4 values per bucket; they add up to 1. */
  readonly phases: Float64Array
}

/** A whole run, over all replications; what the files are written from. */
export interface RunResult {
  readonly scenario: Scenario
  readonly summary: readonly SummaryRow[]
  readonly operations: readonly OperationRow[]
  readonly services: readonly ServiceRow[]
  readonly devices: readonly DeviceRow[]
  readonly links: readonly LinkRow[]
  readonly decisions: readonly DecisionRow[]
  readonly migrations: readonly MigrationRow[]
  readonly timeline: Timeline
  /** Per operation (`kv.get`) and one with id `''` for all offered requests. */
  readonly histograms: readonly LatencyHistogram[]
}

/** One figure of two runs of the same seeds. */
export interface DifferenceRow {
  readonly metric: string
  readonly unit: string
  readonly a: number
  readonly b: number
  /** B − A */
  readonly difference: number
  /** Of the mean difference, 95 %; NaN where nothing tells. */
  readonly ci95Low: number
  readonly ci95High: number
  /** Pairs that the interval rests on: replications, or requests. */
  readonly pairs: number
}

/** The requests that ended in two runs of one seed, each compared with itself. Times in µs. */
export interface Paired {
  /** Answered in both. */
  readonly requests: number
  readonly onlyA: number
  readonly onlyB: number
  readonly meanA: number
  readonly meanB: number
  /** Of the mean of the differences B − A, 95 %; NaN where there are too few. */
  readonly ci95Low: number
  readonly ci95High: number
  /** Requests that are faster, and slower, in B. */
  readonly faster: number
  readonly slower: number
}

/** A run as it went, and as it would have gone with something else from one moment on. */
export interface BranchResult {
  readonly atPs: number
  readonly a: RunResult
  readonly b: RunResult
  /** Requests that ended after the moment, one by one. */
  readonly paired: Paired
  readonly differences: readonly DifferenceRow[]
  /** Of B's replication 0. */
  readonly occupancy: readonly OccupancyChange[]
}
