import { ln, pow } from '../engine/exact-math'
import { PAGE_BYTES } from '../hardware/memory'

/** Which accesses an instance finds local, as the scenario says it. */
export type LocalitySpec =
  | { readonly model: 'uniform' }
  | { readonly model: 'zipf'; readonly exponent: number }
  | { readonly model: 'curve'; readonly points: readonly (readonly [number, number])[] }

/**
 * Chance that an access is local when the most popular `share` of a footprint is.
 *
 * @param share local bytes over footprint, 0..1
 * @param footprintBytes for `zipf`, whose pages are counted
 */
export function hitRatio(locality: LocalitySpec, share: number, footprintBytes: number): number {
  if (share >= 1) return 1
  if (share <= 0) return 0
  switch (locality.model) {
    case 'uniform':
      return share
    case 'zipf': {
      const pages = Math.max(1, Math.ceil(footprintBytes / PAGE_BYTES))
      return harmonic(Math.floor(share * pages), locality.exponent) / harmonic(pages, locality.exponent)
    }
    case 'curve':
      return alongCurve(locality.points, share)
  }
}

/** How many terms are added one by one before the rest is integrated. */
const EXACT_TERMS = 1000

/**
 * Sum of k^-a for k = 1..n: the first terms one by one, the rest by the Euler-Maclaurin formula to its second term.
 *
 * @see NIST Digital Library of Mathematical Functions, 2.10(i)
 */
function harmonic(n: number, a: number): number {
  let sum = 0
  const exact = Math.min(n, EXACT_TERMS)
  for (let k = 1; k <= exact; k += 1) sum += pow(k, -a)
  if (n <= exact) return sum
  const ends = (pow(n, -a) - pow(exact, -a)) / 2 + (a * (pow(exact, -a - 1) - pow(n, -a - 1))) / 12
  return sum + integral(exact, n, a) + ends
}

function integral(from: number, to: number, a: number): number {
  if (a === 1) return ln(to / from)
  return (pow(to, 1 - a) - pow(from, 1 - a)) / (1 - a)
}

function alongCurve(points: readonly (readonly [number, number])[], share: number): number {
  let [x0, y0] = [0, 0]
  for (const [x1, y1] of [...points, [1, 1] as const]) {
    if (share <= x1) return x1 === x0 ? y1 : y0 + ((share - x0) / (x1 - x0)) * (y1 - y0)
    ;[x0, y0] = [x1, y1]
  }
  return y0
}
