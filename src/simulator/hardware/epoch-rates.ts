import { capture, reinstate, type Saved } from '../engine/plain-state'

const FIELDS = ['since', 'sum', 'rate'] as const

/** Length of an epoch, ps (50 µs). */
const EPOCH_PS = 50_000_000
/** After so many empty epochs nothing is left of a rate. */
const FORGOTTEN_AFTER = 60

/** Amounts per ps, estimated epoch by epoch: half of the estimate is that of the last full epoch, half what was before. */
export class EpochRates {
  since: Float64Array
  sum: Float64Array
  rate: Float64Array

  constructor(count: number) {
    this.since = new Float64Array(count)
    this.sum = new Float64Array(count)
    this.rate = new Float64Array(count)
  }

  add(index: number, amount: number, now: number): void {
    this.turn(index, now)
    this.sum[index] += amount
  }

  /** @returns amount per ps */
  at(index: number, now: number): number {
    this.turn(index, now)
    return this.rate[index]
  }

  private turn(index: number, now: number): void {
    const epochs = Math.floor((now - this.since[index]) / EPOCH_PS)
    if (epochs <= 0) return
    let rate = (this.rate[index] + this.sum[index] / EPOCH_PS) / 2
    for (let empty = 1; empty < epochs && rate > 0; empty += 1) rate = empty > FORGOTTEN_AFTER ? 0 : rate / 2
    this.rate[index] = rate
    this.sum[index] = 0
    this.since[index] += epochs * EPOCH_PS
  }

  save(): Saved {
    return capture(this, FIELDS)
  }

  restore(saved: Saved): void {
    reinstate(this, FIELDS, saved)
  }
}
