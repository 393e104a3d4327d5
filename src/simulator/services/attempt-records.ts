import { capture, reinstate, type Plain, type Saved } from '../engine/plain-state'
import { Records } from '../engine/records'

/** How somebody who asks goes about it when the answer fails or is late; times in ps. */
export interface AttemptRule {
  /** Infinity: waits for ever. */
  readonly timeoutPs: number
  /** Further attempts after the first has failed, and the wait before the first of them: it doubles each time. */
  readonly retries: number
  readonly backoffPs: number
  /** Further attempts per first one, on average; Infinity: no limit. */
  readonly budget: number
  /** Infinity: no second attempt beside the first. */
  readonly hedgePs: number
}

/** Further attempts that a budget can save up; it starts with as many. */
const MOST_SAVED = 10

/** Requests and calls that are asked under a rule, from the first attempt to the answer; and the budgets of the rules. */
export class AttemptRecords extends Records {
  rule = this.int()
  /** An execution that is as the first attempt was before it was sent: it stands for the request itself. */
  model = this.int()
  /** Attempts under way, of the present round: its first, and the hedge beside that; -1: none. */
  first = this.int()
  second = this.int()
  /** Attempts so far; of them those after a failed one. */
  made = this.int()
  retried = this.int()
  /** Counts the rounds of all lives of a handle, so that a time-out of one before is known as stale. */
  generation = this.int()
  /** Further attempts that each rule may make now. */
  private saved: Float64Array

  constructor(readonly rules: readonly AttemptRule[]) {
    super(8)
    this.saved = new Float64Array(rules.length).fill(MOST_SAVED)
  }

  open(rule: number, model: number, execution: number): number {
    const record = this.take()
    this.rule[record] = rule
    this.model[record] = model
    this.first[record] = execution
    this.second[record] = -1
    this.made[record] = 1
    this.retried[record] = 0
    this.saved[rule] = Math.min(MOST_SAVED, this.saved[rule] + this.rules[rule].budget)
    return record
  }

  isUnderWay(record: number): boolean {
    return this.first[record] >= 0 || this.second[record] >= 0
  }

  close(record: number): void {
    this.generation[record] += 1
    this.pool.release(record)
  }

  /** Takes a further attempt out of the budget; false: it is used up. */
  spend(rule: number): boolean {
    if (this.rules[rule].budget === Infinity) return true
    if (this.saved[rule] < 1) return false
    this.saved[rule] -= 1
    return true
  }

  override save(): Saved {
    return { ...super.save(), budgets: capture(this as unknown as Record<string, Plain>, ['saved']) }
  }

  override restore(saved: Saved): void {
    super.restore(saved)
    reinstate(this as unknown as Record<string, Plain>, ['saved'], saved['budgets'] as Saved)
  }
}
