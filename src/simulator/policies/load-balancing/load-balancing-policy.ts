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
  /** Time of a 64-byte message from whoever asks, with nothing under way, s; 0 where it comes from nowhere. */
  distance(instance: number): number
  /** Speed of its device times its cores (or streams). */
  power(instance: number): number
  /** A random number above 0 and below 1, of this request and choice and nothing else; another for each index. */
  draw(index: number): number
  /** A number that the policy keeps for it; 0 at first. */
  credit(instance: number): number
  keepCredit(instance: number, credit: number): void
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

/** So many draws may meet what is not usable before the usable ones are counted. */
const MOST_DRAWS = 16

/**
 * A usable instance drawn, each with the same chance; -1 where none is. As it is drawn from all and again where that one
 * is not usable, one more usable instance changes the choice of few requests.
 *
 * @param index of the first draw; the next 16 are its own too
 * @param except is not taken, unless draws keep meeting it or what is not usable
 */
export function drawUsable(view: LoadBalancingView, index: number, except = -1): number {
  for (let i = 0; i < MOST_DRAWS; i += 1) {
    const drawn = Math.floor(view.draw(index + i) * view.instances)
    if (drawn !== except && view.usable(drawn)) return drawn
  }
  return except >= 0 ? except : drawCounted(view, view.draw(index + MOST_DRAWS))
}

function drawCounted(view: LoadBalancingView, uniform: number): number {
  const usable: number[] = []
  for (let i = 0; i < view.instances; i += 1) if (view.usable(i)) usable.push(i)
  return usable.length === 0 ? -1 : usable[Math.floor(uniform * usable.length)]
}
