/** A stretch of time on one clock, in microseconds; its end is not before its start. */
export interface Interval {
  readonly startUs: number
  readonly endUs: number
}

export function clip(interval: Interval, window: Interval): Interval {
  const startUs = Math.min(Math.max(interval.startUs, window.startUs), window.endUs)
  return { startUs, endUs: Math.max(startUs, Math.min(interval.endUs, window.endUs)) }
}

/** Whether they share more than an instant: touching ends follow each other. */
export function overlap(a: Interval, b: Interval): boolean {
  return a.startUs < b.endUs && b.startUs < a.endUs
}

/** The parts of a window that none of the intervals covers, in order, none of them empty. */
export function uncovered(intervals: readonly Interval[], window: Interval): readonly Interval[] {
  const gaps: Interval[] = []
  let reached = window.startUs
  for (const next of [...intervals].sort((a, b) => a.startUs - b.startUs)) {
    const end = Math.min(next.startUs, window.endUs)
    if (end > reached) gaps.push({ startUs: reached, endUs: end })
    reached = Math.max(reached, next.endUs)
  }
  if (reached < window.endUs) gaps.push({ startUs: reached, endUs: window.endUs })
  return gaps
}

/** How much of a window none of the intervals covers. */
export function uncoveredUs(intervals: readonly Interval[], window: Interval): number {
  return uncovered(intervals, window).reduce((sum, gap) => sum + (gap.endUs - gap.startUs), 0)
}
