import { PS_PER_SECOND, roundHalfUp } from '../../units/time'
import type { Saved } from '../engine/plain-state'
import type { ArrivalProcess } from './arrival-process'

/** Request k comes at k / rate, the first at 0. */
export class ConstantArrivals implements ArrivalProcess {
  private count = 0

  constructor(private readonly ratePerSecond: number) {}

  next(): number {
    if (this.ratePerSecond === 0) return Infinity
    this.count += 1
    return roundHalfUp(((this.count - 1) * PS_PER_SECOND) / this.ratePerSecond)
  }

  save(): Saved {
    return { count: this.count }
  }

  restore(saved: Saved): void {
    this.count = saved['count'] as number
  }
}
