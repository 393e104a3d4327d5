import { Columns } from './columns'

/** Decisions whose steps have not ended yet. Times in ps. */
export class OpenChoices extends Columns {
  protected readonly fields = [
    'decision',
    'since',
    'estimate',
    'work',
    'rest',
    'device',
    'memo',
    'learns',
    'best',
    'bestPs',
    'life',
    'seen',
  ]
  /** Number of the decision as it is kept; -1: it is not. */
  decision = new Int32Array(64)
  since = new Float64Array(64)
  /** NaN: none. */
  estimate = new Float64Array(64)
  /** Expected work there; NaN: not estimated. */
  work = new Float64Array(64)
  /** Expected work of the steps behind it that its core goes on with. */
  rest = new Float64Array(64)
  /** Where the step went. */
  device = new Int32Array(64)
  memo = new Float64Array(64)
  /** Whether the policy wants to know what came of it. */
  learns = new Uint8Array(64)
  /** The best of the other places so far, and its time; -1: not known. */
  best = new Int32Array(64)
  bestPs = new Float64Array(64)
  /** Counts the lives of a handle. */
  life = new Int32Array(64)
  /** Whether there were other places. */
  seen = new Uint8Array(64)

  open(decision: number, since: number, estimate: number, device: number): number {
    const slot = this.take()
    this.decision[slot] = decision
    this.since[slot] = since
    this.estimate[slot] = estimate
    this.work[slot] = NaN
    this.rest[slot] = 0
    this.device[slot] = device
    this.memo[slot] = 0
    this.learns[slot] = 0
    this.best[slot] = -1
    this.bestPs[slot] = Infinity
    this.seen[slot] = 0
    return slot
  }

  /** What another place would have taken. */
  other(slot: number, device: number, ps: number): void {
    if (ps >= this.bestPs[slot]) return
    this.best[slot] = device
    this.bestPs[slot] = ps
  }

  close(slot: number): void {
    this.life[slot] += 1
    this.pool.release(slot)
  }
}
