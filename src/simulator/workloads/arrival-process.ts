import type { DistributionSpec } from '../engine/distributions'
import type { RandomStreams } from '../engine/random'
import type { Saved } from '../engine/plain-state'

/** When requests come from an open source. */
export interface ArrivalProcess {
  /** Time of the next request, whole ps, never before the one before; Infinity when no more come. */
  next(): number
  save(): Saved
  restore(saved: Saved): void
}

export type ArrivalsSpec =
  | { readonly process: 'constant'; readonly ratePerSecond: number }
  | { readonly process: 'poisson'; readonly ratePerSecond: number }
  | {
      readonly process: 'mmpp'
      readonly states: readonly { readonly ratePerSecond: number; readonly meanSeconds: number }[]
    }
  | { readonly process: 'trace'; readonly timesSeconds: readonly number[] }
  | { readonly process: 'rates'; readonly bucketSeconds: number; readonly ratesPerSecond: readonly number[] }
  | { readonly process: 'closed'; readonly users: number; readonly thinkTimeNs: DistributionSpec }

/** Random numbers of one source: draw k of its stream. */
export interface ArrivalDraws {
  readonly streams: RandomStreams
  readonly key: number
}
