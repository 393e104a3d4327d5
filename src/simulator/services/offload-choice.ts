import type { OffloadCandidate, OffloadView } from '../policies/offload/offload-policy'

/** A candidate while its figures are written. */
export type Candidate = { -readonly [Field in keyof OffloadCandidate]: OffloadCandidate[Field] }

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
