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

  /** @param stretches stretch n, asked for in rising order from 0 and again after a restore */
  constructor(
    private readonly stretches: (n: number) => Stretch,
    private readonly draws: ArrivalDraws,
  ) {}

  next(): number {
    let left = -ln(this.draws.streams.uniform(this.draws.key, this.count, 0, 0, 0))
    this.count += 1
    for (;;) {
      const { ratePerSecond, endPs } = this.stretches(this.stretch)
      const expected = ((endPs - this.time) / PS_PER_SECOND) * ratePerSecond
      if (ratePerSecond > 0 && left < expected) {
        this.time += roundHalfUp((left / ratePerSecond) * PS_PER_SECOND)
        return this.time
      }
      if (endPs === Infinity) return Infinity
      if (ratePerSecond > 0) left -= expected
      this.time = endPs
      this.stretch += 1
    }
  }

  save(): Saved {
    return { count: this.count, time: this.time, stretch: this.stretch }
  }

  restore(saved: Saved): void {
    this.count = saved['count'] as number
    this.time = saved['time'] as number
    this.stretch = saved['stretch'] as number
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
): (n: number) => Stretch {
  const ends: number[] = []
  return (n) => {
    while (ends.length <= n) {
      const at = ends.length
      const mean = states[at % states.length].meanSeconds * PS_PER_SECOND
      const length = roundHalfUp(-ln(draws.streams.uniform(draws.key, at, 0, 0, 0)) * mean)
      ends.push((ends[at - 1] ?? 0) + Math.max(1, length))
    }
    return { ratePerSecond: states[n % states.length].ratePerSecond, endPs: ends[n] }
  }
}
