import { pow } from '../engine/exact-math'

/** How misses depend on cache: a multiplier of the misses that steps state, by MiB of last-level cache. */
export type MissCurve =
  /** `(cache / atMiB)^-exponent`, at most `mostFactor`; no more than `workingSetMiB` is ever used. */
  | {
      readonly model: 'power'
      readonly atMiB: number
      readonly exponent: number
      readonly mostFactor: number
      readonly workingSetMiB: number
    }
  /** Straight lines between (MiB, multiplier), falling or level; level before the first, and the last ends the working set. */
  | { readonly model: 'curve'; readonly points: readonly (readonly [number, number])[] }

/** One that shares a cache; `pressure` is its rate of misses at multiplier 1. */
export interface Sharer {
  readonly curve: MissCurve
  readonly pressure: number
}

/** Halvings of the search; the share is then as exact as a double. */
const STEPS = 64

/** The multiplier of misses with so much cache. */
export function missFactor(curve: MissCurve, mib: number): number {
  if (curve.model === 'curve') return alongPoints(curve.points, mib)
  const used = Math.min(mib, curve.workingSetMiB)
  if (used <= 0) return curve.mostFactor
  return Math.min(curve.mostFactor, pow(used / curve.atMiB, -curve.exponent))
}

function alongPoints(points: readonly (readonly [number, number])[], mib: number): number {
  let [x0, y0] = points[0]
  for (const [x1, y1] of points) {
    if (mib < x1) return x1 === x0 ? y0 : y0 + ((mib - x0) / (x1 - x0)) * (y1 - y0)
    ;[x0, y0] = [x1, y1]
  }
  return y0
}

/**
 * How co-located instances divide a cache among themselves: each holds a share in proportion to the rate at which it
 * brings lines in, which is its misses with that share, up to its working set. This is where a cache that evicts lines
 * at random comes to rest (what comes in replaces each one's lines in proportion to what it holds), and LRU comes near.
 *
 * For power laws of one exponent a the shares are in the ratio of `(pressure × atMiB^a)^(1 / (1 + a))`.
 *
 * @see Chandra, Guo, Kim, Solihin, Predicting inter-thread cache contention on a chip multi-processor architecture,
 *   HPCA 2005 (shares from frequencies); Hartstein, Srinivasan, Puzak, Emma, On the nature of cache miss behavior: is it
 *   √2?, JILP 10 (2008) (power law, exponent about 0.5)
 * @returns MiB of each
 */
export function shareCache(totalMib: number, sharers: readonly Sharer[]): readonly number[] {
  const isIdle = sharers.every((sharer) => sharer.pressure <= 0)
  const held = (scale: number): readonly number[] =>
    sharers.map(({ curve, pressure }) => holding(curve, scale * (isIdle ? 1 : pressure)))
  const whole = sharers.reduce((sum, { curve }) => sum + workingSet(curve), 0)
  if (whole <= totalMib) return sharers.map(({ curve }) => workingSet(curve))
  let [low, high] = [0, 1]
  while (total(held(high)) < totalMib && high < 1e300) [low, high] = [high, high * 16]
  for (let step = 0; step < STEPS; step += 1) {
    const middle = (low + high) / 2
    if (total(held(middle)) < totalMib) low = middle
    else high = middle
  }
  return held(low)
}

function total(shares: readonly number[]): number {
  return shares.reduce((sum, share) => sum + share, 0)
}

function workingSet(curve: MissCurve): number {
  return curve.model === 'power' ? curve.workingSetMiB : curve.points[curve.points.length - 1][0]
}

/** The cache c with c = rate × missFactor(c), or the working set where that is less. */
function holding(curve: MissCurve, rate: number): number {
  if (rate <= 0) return 0
  if (curve.model === 'curve') return Math.min(workingSet(curve), crossing(curve.points, rate))
  const { atMiB, exponent, mostFactor } = curve
  const free = atMiB * pow(rate / atMiB, 1 / (1 + exponent))
  return Math.min(workingSet(curve), rate * mostFactor, free)
}

/** Where the line c / rate meets the points. */
function crossing(points: readonly (readonly [number, number])[], rate: number): number {
  let [x0, y0] = points[0]
  if (rate * y0 <= x0) return rate * y0
  for (const [x1, y1] of points) {
    const slope = x1 === x0 ? 0 : (y1 - y0) / (x1 - x0)
    const at = (rate * (y0 - slope * x0)) / (1 - rate * slope)
    if (at <= x1) return at
    ;[x0, y0] = [x1, y1]
  }
  return rate * y0
}
