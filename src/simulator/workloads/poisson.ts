import { PS_PER_SECOND, roundHalfUp } from '../../units/time'
import { ln } from '../engine/exact-math'
import type { Saved } from '../engine/plain-state'
import type { ArrivalDraws, ArrivalProcess } from './arrival-process'

/** Exponential gaps, each rounded to a whole picosecond. */
export class PoissonArrivals implements ArrivalProcess {
  private count = 0
  private time = 0

  constructor(
    private readonly ratePerSecond: number,
    private readonly draws: ArrivalDraws,
  ) {}

  next(): number {
    if (this.ratePerSecond === 0) return Infinity
    const uniform = this.draws.streams.uniform(this.draws.key, this.count, 0, 0, 0)
    this.count += 1
    this.time += roundHalfUp((-ln(uniform) * PS_PER_SECOND) / this.ratePerSecond)
    return this.time
  }

  save(): Saved {
    return { count: this.count, time: this.time }
  }

  restore(saved: Saved): void {
    this.count = saved['count'] as number
    this.time = saved['time'] as number
  }
}
