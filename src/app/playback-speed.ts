/** Speeds are ps of simulated time per second of wall time. */

/** The named stops: 200 ns to 200 ms per second. */
export const speedStops: readonly number[] = [200e3, 2e6, 20e6, 200e6, 2e9, 20e9, 200e9]

const slowest = 200e3
const decades = 6
const snap = 0.015

/** @param position 0 (slowest) to 1; within 1.5 % of a stop it is the stop */
export function speedAtPosition(position: number): number {
  const inside = Math.min(1, Math.max(0, position))
  const nearest = Math.round(inside * decades)
  const stop = speedStops[nearest]
  if (stop !== undefined && Math.abs(inside - nearest / decades) <= snap) return stop
  return slowest * 10 ** (inside * decades)
}

/** @returns 0..1 on the logarithmic slider */
export function positionOfSpeed(speed: number): number {
  return Math.min(1, Math.max(0, Math.log10(speed / slowest) / decades))
}

/** The next slower or faster stop; the same at the ends. */
export function neighborStop(speed: number, direction: 1 | -1): number {
  const slack = 1 + 1e-9
  if (direction === 1) return speedStops.find((stop) => stop > speed * slack) ?? 200e9
  return speedStops.findLast((stop) => stop < speed / slack) ?? slowest
}

/** A stretch of simulated time in which something is decided or carried out. */
export interface SlowSpan {
  readonly startPs: number
  readonly endPs: number
}

/** Wall time that a slowed-down stretch is to last, s. */
const spanSeconds = 2.5
/** Before it, playback is never faster than would reach it in this wall time, s: each halving takes equally long. */
const easeSeconds = 0.5

/**
 * The speed to play at just now: eases down before a span that would be over in less than 2.5 s, and is back to full
 * speed behind it.
 *
 * @param spans sorted by start
 */
export function speedNear(speed: number, timePs: number, spans: readonly SlowSpan[]): number {
  let slowest = speed
  for (const span of spans) {
    const approach = (span.startPs - timePs) / easeSeconds
    if (approach > speed) break
    if (timePs >= span.endPs) continue
    const target = (span.endPs - span.startPs) / spanSeconds
    slowest = Math.min(slowest, Math.max(approach, target))
  }
  return slowest
}
