import { linearScale, type Scale } from './scale'

/** A stretch of simulated time, ps. */
export interface TimeSpan {
  readonly startPs: number
  readonly endPs: number
}

/** ps to px of the plot, and back. */
export type TimeScale = Scale

export const timeScale = (span: TimeSpan, width: number): TimeScale =>
  linearScale([span.startPs, Math.max(span.startPs + 1, span.endPs)], [0, width])

/** Zooms about an instant; never beyond the run, never closer than 1 ns. */
export function zoomed(span: TimeSpan, aboutPs: number, factor: number, endPs: number): TimeSpan | null {
  const length = Math.max(1000, (span.endPs - span.startPs) * factor)
  if (length >= endPs) return null
  const share = (aboutPs - span.startPs) / (span.endPs - span.startPs)
  return inside({ startPs: aboutPs - share * length, endPs: aboutPs + (1 - share) * length }, endPs)
}

/** Moves a span by `shiftPs` as far as the run goes. */
export const moved = (span: TimeSpan, shiftPs: number, endPs: number): TimeSpan =>
  inside({ startPs: span.startPs + shiftPs, endPs: span.endPs + shiftPs }, endPs)

function inside(span: TimeSpan, endPs: number): TimeSpan {
  const length = span.endPs - span.startPs
  const startPs = Math.max(0, Math.min(endPs - length, span.startPs))
  return { startPs, endPs: startPs + length }
}
