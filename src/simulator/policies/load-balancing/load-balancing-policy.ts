import type { FieldInfo } from '../../../scenario/catalog'

/** What a load-balancing policy sees of one service; instances are counted from 0. */
export interface LoadBalancingView {
  readonly instances: number
  /** The one chosen last; -1 at first. */
  readonly last: number
  /** Whether it is placed. */
  usable(instance: number): boolean
  /** Requests sent to it and not finished there: on their way, waiting and held. */
  outstanding(instance: number): number
  /** The usable one with the fewest such requests, the first from `start` on, then from 0 on; -1: none. */
  leastLoaded(start: number): number
}

/** Picks the instance that gets the next request. */
export interface LoadBalancingPolicy {
  readonly name: string
  readonly summary: string
  /** Its fields in a scenario, beside `use`. */
  readonly parameters: readonly FieldInfo[]
  /** An instance; -1 where none is usable. */
  choose(view: LoadBalancingView): number
}
