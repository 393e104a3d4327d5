import { exp, ln } from '../simulator/engine/exact-math'
import { hashString32, mix32 } from '../simulator/engine/random'

/** Parameters of racks that are drawn, each by its name, so that another one more changes none of the others. */
export interface Drawn {
  /** In [low, high), spread evenly over its logarithm. */
  readonly number: (name: string, low: number, high: number) => number
  /** A whole number from low to high. */
  readonly whole: (name: string, low: number, high: number) => number
}

export function drawnFor(index: number): Drawn {
  const number = (name: string, low: number, high: number): number => {
    const uniform = (mix32(hashString32(name), index) >>> 0) / 4294967296
    return exp(ln(low) + uniform * ln(high / low))
  }
  return { number, whole: (name, low, high) => Math.floor(number(name, low, high + 1)) }
}
