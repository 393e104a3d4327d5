/** One place where a step could run, as an offload policy sees it; times in µs. The policies' own contract is the same. */
export interface OffloadCandidate {
  /** `nic.0` */
  target: string
  /** Index of the device; of its pool; `cpu`, `nic`, `memory` or `gpu`. */
  device: number
  pool: number
  kind: string
  /** Whether the step's instance is there. */
  isHome: boolean
  /** Cores, streams or engines there that can do the step; how many of them work; jobs that wait for one or are on their way. */
  servers: number
  busy: number
  waiting: number
  /** Unloaded way of a small message from the instance, one way. */
  distanceUs: number
  /** Whether it holds code and state already; else what sending them adds. */
  holds: boolean
  firstUseUs: number
  /** Input there and output back, with what waits in the ports now. */
  transferUs: number
  /** Wait for a server, and the work itself, by the means. */
  queueUs: number
  runUs: number
  /** First use, transfers, wait and work together. */
  estimateUs: number
}

export interface OffloadView {
  readonly timePs: number
  /** `kv.get#0`; its number among the steps that are decided while the run goes on. */
  readonly step: string
  readonly index: number
  /** Decisions on this step before this one. */
  readonly decisions: number
  /** The instance's own device first, where the step can run there. */
  readonly candidates: readonly OffloadCandidate[]
  /** A draw in [0, 1) that belongs to this execution of the step; `which` tells several apart. */
  uniform(which: number): number
}

export interface OffloadChoice {
  /** Index into the candidates. */
  readonly candidate: number
  readonly reason: string
  /** Given back to `learn`. */
  readonly memo?: number
}

/** A policy at work, with what it remembers. */
export interface OffloadChooser {
  choose(view: OffloadView): OffloadChoice
  /** A step that it decided on has ended: the memo of its choice, and how long it took. */
  learn?(memo: number, actualUs: number): void
  save(): { readonly [key: string]: readonly number[] | string }
  restore(saved: { readonly [key: string]: readonly number[] | string }): void
}

/** A decision as it is told: what was seen is `view` where the policy was shown one. */
export interface OffloadReport {
  readonly step: string
  readonly from: number
  readonly to: number
  readonly reason: string
  /** Without a view: what is there already, `3 waiting`. */
  readonly busy: string
  readonly view: OffloadView | null
  readonly candidate: number
}

/** What came of a decision, ps. */
export interface OffloadEnd {
  /** Number of the decision; -1: not kept. */
  readonly decision: number
  readonly since: number
  /** NaN: not estimated. */
  readonly estimatePs: number
  readonly actualPs: number
  /** Device that was best in hindsight, and its time; -1 where no other is known. */
  readonly best: number
  readonly bestPs: number
}

/** Who is told of decisions and of their ends. */
export interface OffloadListener {
  /** Returns the number of the decision; -1: not kept. */
  decided(report: OffloadReport): number
  ended(end: OffloadEnd): void
}
