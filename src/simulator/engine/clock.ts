/** Splits a double into two halves of 26 bits: 2^27 + 1 (Veltkamp). */
const SPLITTER = 134217729
const PS_PER_SECOND = 1e12

/**
 * The instant of a clock edge, `floor(k × 1000 / f)` ps, exact for the frequency as it is written in decimal.
 *
 * A frequency of whole hertz is taken as that many hertz, so that 2.1 GHz means 21/10 and not the nearest double; any
 * other is taken as the double it is.
 *
 * @param k number of the edge, a whole number of 0 or more; edge 0 is at 0 ps
 * @param frequencyGHz above 0
 * @returns whole ps; exact up to 9 × 10^15
 */
export function edgeTime(k: number, frequencyGHz: number): number {
  const estimate = Math.floor((k * 1000) / frequencyGHz)
  const hertz = wholeHertz(frequencyGHz)
  if (hertz === 0) return estimate
  let time = estimate
  let rest = productDifference(k, PS_PER_SECOND, time, hertz)
  for (; rest < 0; rest += hertz) time -= 1
  for (; rest >= hertz; rest -= hertz) time += 1
  return time
}

/**
 * The first clock edge at or after an instant.
 *
 * @param timePs whole ps, 0 … 9 × 10^15
 * @param frequencyGHz above 0
 * @returns number of the edge
 */
export function nextEdge(timePs: number, frequencyGHz: number): number {
  const estimate = Math.ceil((timePs * frequencyGHz) / 1000)
  const hertz = wholeHertz(frequencyGHz)
  if (hertz === 0) return nextEdgeOfDouble(timePs, frequencyGHz, estimate)
  let edge = estimate
  let ahead = productDifference(edge, PS_PER_SECOND, timePs, hertz)
  for (; ahead < 0; ahead += PS_PER_SECOND) edge += 1
  for (; ahead >= PS_PER_SECOND; ahead -= PS_PER_SECOND) edge -= 1
  return edge
}

function nextEdgeOfDouble(timePs: number, frequencyGHz: number, estimate: number): number {
  let edge = estimate
  while (edge > 0 && Math.floor(((edge - 1) * 1000) / frequencyGHz) >= timePs) edge -= 1
  while (Math.floor((edge * 1000) / frequencyGHz) < timePs) edge += 1
  return edge
}

/** The frequency in Hz where that is a whole number, or 0. */
function wholeHertz(frequencyGHz: number): number {
  const hertz = Math.floor(frequencyGHz * 1e9 + 0.5)
  return hertz / 1e9 === frequencyGHz ? hertz : 0
}

/**
 * `a × b − c × d`, exact where the two products agree to within 2^53.
 *
 * Each product is kept as a rounded value and its error (Dekker, "A floating-point technique for extending the available
 * precision", Numerische Mathematik 18 (1971), section 5).
 */
function productDifference(a: number, b: number, c: number, d: number): number {
  const first = a * b
  const second = c * d
  return first - second + (productError(a, b, first) - productError(c, d, second))
}

/** What rounding took from `a × b`. */
function productError(a: number, b: number, product: number): number {
  const a1 = a * SPLITTER - (a * SPLITTER - a)
  const a2 = a - a1
  const b1 = b * SPLITTER - (b * SPLITTER - b)
  const b2 = b - b1
  return a1 * b1 - product + a1 * b2 + a2 * b1 + a2 * b2
}
