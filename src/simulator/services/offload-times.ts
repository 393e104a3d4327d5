import { ExactSum } from '../statistics/exact-sum'
import type { Saved } from '../engine/plain-state'

/** Of the decisions on steps that have ended: what was estimated, what it was, and what the best place would have taken; ps. */
export class OffloadTimes {
  count = 0
  readonly estimate = new ExactSum()
  readonly actual = new ExactSum()
  readonly error = new ExactSum()
  readonly best = new ExactSum()

  add(estimatePs: number, actualPs: number, bestPs: number): void {
    this.count += 1
    this.estimate.add(estimatePs)
    this.actual.add(actualPs)
    this.error.add(Math.abs(estimatePs - actualPs))
    this.best.add(bestPs)
  }

  /** How much longer the choices took together than the best ones, in percent of these. */
  get regretPercent(): number {
    return this.count === 0 ? NaN : (this.actual.mean(this.count) / this.best.mean(this.count) - 1) * 100
  }

  save(): Saved {
    const { count, estimate, actual, error, best } = this
    return { count, sums: [estimate, actual, error, best].map((sum) => sum.save()) }
  }

  restore(saved: Saved): void {
    this.count = saved['count'] as number
    const sums = saved['sums'] as readonly Float64Array[]
    ;[this.estimate, this.actual, this.error, this.best].forEach((sum, i) => sum.restore(sums[i]))
  }
}
