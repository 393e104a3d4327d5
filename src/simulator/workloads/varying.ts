import { PS_PER_SECOND, roundHalfUp } from '../../units/time'
import { ln } from '../engine/exact-math'
import type { Saved } from '../engine/plain-state'
import type { ArrivalDraws, ArrivalProcess } from './arrival-process'

/** A stretch of time with one rate. */
export interface Stretch {
  readonly ratePerSecond: number
  /** ps; Infinity: for good. */
  readonly endPs: number
}

/**
 * Poisson arrivals whose rate changes: an exponential amount of expected arrivals passes between two requests, however
 * many stretches that takes.
 */
export class VaryingArrivals implements ArrivalProcess {
  private count = 0
  private time = 0
  private stretch = 0
  /** When the present stretch began, ps. */
  private since = 0

  /**
   * @param stretches stretch n, which begins at `startPs`
   * @param untilPs nothing is asked from then on; ends the search where rates are low or 0
   */
  constructor(
    private readonly stretches: (n: number, startPs: number) => Stretch,
    private readonly draws: ArrivalDraws,
    private readonly untilPs: number,
  ) {}

  next(): number {
    let left = -ln(this.draws.streams.uniform(this.draws.key, this.count, 0, 0, 0))
    this.count += 1
    while (this.time < this.untilPs) {
      const { ratePerSecond, endPs } = this.stretches(this.stretch, this.since)
      const expected = ((endPs - this.time) / PS_PER_SECOND) * ratePerSecond
      if (ratePerSecond > 0 && left < expected) {
        this.time += roundHalfUp((left / ratePerSecond) * PS_PER_SECOND)
        return this.time
      }
      if (ratePerSecond > 0) left -= expected
      this.time = endPs
      this.since = endPs
      this.stretch += 1
    }
    return Infinity
  }

  save(): Saved {
    return { count: this.count, time: this.time, stretch: this.stretch, since: this.since }
  }

  restore(saved: Saved): void {
    this.count = saved['count'] as number
    this.time = saved['time'] as number
    this.stretch = saved['stretch'] as number
    this.since = saved['since'] as number
  }
}

/** Buckets of equal length, nothing behind them. */
export function bucketRates(bucketSeconds: number, rates: readonly number[]): (n: number) => Stretch {
  const bucketPs = bucketSeconds * PS_PER_SECOND
  return (n) => ({ ratePerSecond: rates[n] ?? 0, endPs: n < rates.length ? roundHalfUp((n + 1) * bucketPs) : Infinity })
}

/** A Markov-modulated process: states one after another, each for an exponential time. */
export function modulatedRates(
  states: readonly { readonly ratePerSecond: number; readonly meanSeconds: number }[],
  draws: ArrivalDraws,
): (n: number, startPs: number) => Stretch {
  return (n, startPs) => {
    const { ratePerSecond, meanSeconds } = states[n % states.length]
    const uniform = draws.streams.uniform(draws.key, n, 0, 0, 0)
    const length = roundHalfUp(-ln(uniform) * meanSeconds * PS_PER_SECOND)
    return { ratePerSecond, endPs: startPs + Math.max(1, length) }
  }
}
