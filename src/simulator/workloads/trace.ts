import { PS_PER_SECOND, roundHalfUp } from '../../units/time'
import type { Saved } from '../engine/plain-state'
import type { ArrivalProcess } from './arrival-process'

/** Given instants, in rising order. */
export class TraceArrivals implements ArrivalProcess {
  private count = 0

  constructor(private readonly timesSeconds: readonly number[]) {}

  next(): number {
    if (this.count >= this.timesSeconds.length) return Infinity
    this.count += 1
    return roundHalfUp(this.timesSeconds[this.count - 1] * PS_PER_SECOND)
  }

  save(): Saved {
    return { count: this.count }
  }

  restore(saved: Saved): void {
    this.count = saved['count'] as number
  }
}
