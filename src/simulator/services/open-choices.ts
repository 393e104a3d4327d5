import { Records } from '../engine/records'

/** Decisions whose steps have not ended yet. Times in ps. */
export class OpenChoices extends Records {
  /** Number of the decision as it is kept; -1: it is not. */
  decision = this.int()
  since = this.real()
  /** NaN: none. */
  estimate = this.real()
  /** Expected work there; NaN: not estimated. */
  work = this.real()
  /** Expected work of the steps behind it that its core goes on with. */
  rest = this.real()
  /** Where the step went. */
  device = this.int()
  memo = this.real()
  /** Whether the policy wants to know what came of it. */
  learns = this.int()
  /** The best of the other places so far, and its time; -1: not known. */
  best = this.int()
  bestPs = this.real()
  /** Counts the lives of a handle. */
  life = this.int()
  /** Whether there were other places. */
  seen = this.int()

  constructor() {
    super(8)
  }

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
