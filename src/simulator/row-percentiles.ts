import { capture, reinstate, type Plain, type Saved } from './engine/plain-state'
import { Histogram, type SavedHistogram } from './statistics/histogram'

/** Most rows that `timeline.csv` gives one series. */
const MOST_ROWS = 100
/** 0.5 is the median. */
export const SHARES = [0.5, 0.99] as const

/** Percentiles of latencies, ps, over the rows of `timeline.csv`: each is as long as some buckets of the timeline. */
export class RowPercentiles {
  /** Buckets that make one row. */
  readonly joined: number
  private readonly rows: number
  /** Latencies of the present row, by operation; null where nobody enters. */
  private readonly present: readonly (Histogram | null)[]
  /** A stretch per row, in it `SHARES` of each operation. */
  private values: Float64Array

  constructor(buckets: number, recent: readonly (Histogram | null)[]) {
    this.joined = Math.max(1, Math.ceil(buckets / MOST_ROWS))
    this.rows = Math.ceil(buckets / this.joined)
    this.present = recent.map((histogram) => histogram && new Histogram())
    this.values = new Float64Array(this.rows * recent.length * SHARES.length).fill(NaN)
  }

  /** Takes in the latencies of one more bucket. */
  add(bucket: number, recent: readonly (Histogram | null)[]): void {
    const row = Math.floor(bucket / this.joined)
    const begins = bucket % this.joined === 0
    this.present.forEach((histogram, operation) => {
      if (!histogram) return
      if (begins) histogram.reset()
      histogram.merge(recent[operation]!)
      SHARES.forEach((share, i) => (this.values[this.place(row, operation, i)] = histogram.percentile(share)))
    })
  }

  /** One value per row; NaN: no answer. @param share an index of `SHARES` */
  of(operation: number, share: number): Float64Array {
    return Float64Array.from({ length: this.rows }, (_, row) => this.values[this.place(row, operation, share)])
  }

  private place(row: number, operation: number, share: number): number {
    return (row * this.present.length + operation) * SHARES.length + share
  }

  save(): Saved {
    return {
      ...capture(this as unknown as Record<string, Plain>, ['values']),
      present: this.present.map((histogram): Plain => (histogram?.save() ?? null) as unknown as Plain),
    }
  }

  restore(saved: Saved): void {
    reinstate(this as unknown as Record<string, Plain>, ['values'], saved)
    const present = saved['present'] as unknown as readonly (SavedHistogram | null)[]
    this.present.forEach((histogram, i) => histogram?.restore(present[i]!))
  }
}
