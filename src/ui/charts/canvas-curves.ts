import { area, line } from 'd3-shape'
import type { Series, Timeline } from '../../simulator/result'
import { logScale } from './scale'
import type { TimeScale } from './time-axis'

/** A value of a series at the middle of its bucket. */
export interface TimedValue {
  readonly timePs: number
  readonly value: number
}

/** Filled buckets that are in sight, thinned to about one a pixel by their means. */
export function timedValues(series: Series | undefined, timeline: Timeline, scale: TimeScale): TimedValue[] {
  if (series === undefined) return []
  const filled = Math.min(timeline.filled, series.values.length)
  const [start, end] = scale.domain()
  const [left, right] = scale.range()
  const first = Math.max(0, Math.floor(start / timeline.bucketPs) - 1)
  const last = Math.min(filled, Math.ceil(end / timeline.bucketPs) + 1)
  const step = Math.max(1, Math.floor((last - first) / Math.max(1, right - left)))
  const values: TimedValue[] = []
  for (let at = first; at < last; at += step) {
    values.push({
      timePs: (at + step / 2) * timeline.bucketPs,
      value: meanOf(series.values, at, Math.min(last, at + step)),
    })
  }
  return values
}

function meanOf(values: Float64Array, first: number, end: number): number {
  let sum = 0
  let count = 0
  for (let at = first; at < end; at += 1) {
    const value = values[at] ?? NaN
    if (!Number.isFinite(value)) continue
    sum += value
    count += 1
  }
  return count === 0 ? NaN : sum / count
}

/** Strokes a curve; gaps where there is no value. */
export function strokeCurve(
  context: CanvasRenderingContext2D,
  scale: TimeScale,
  values: readonly TimedValue[],
  y: (value: number) => number,
) {
  context.beginPath()
  line<TimedValue>(
    (each) => scale(each.timePs),
    (each) => y(each.value),
  )
    .defined((each) => Number.isFinite(y(each.value)))
    .context(context)(values)
  context.lineJoin = 'round'
  context.stroke()
}

/** Where an area stands and how high it may be, px; `most` is the value at that height. */
export interface AreaPlace {
  readonly bottom: number
  readonly height: number
  readonly most: number
}

/** Fills between a curve and its base line; gaps where there is no value. */
export function fillCurve(
  context: CanvasRenderingContext2D,
  scale: TimeScale,
  values: readonly TimedValue[],
  place: AreaPlace,
) {
  const { bottom, height, most } = place
  context.beginPath()
  area<TimedValue>()
    .x((each) => scale(each.timePs))
    .y0(bottom)
    .y1((each) => bottom - (height * Math.min(most, each.value)) / most)
    .defined((each) => Number.isFinite(each.value))
    .context(context)(values)
  context.fill()
}

/** A log axis; NaN for what is not above 0. */
export function logAxis(low: number, high: number, bottom: number, top: number): (value: number) => number {
  const scale = logScale([low, high], [bottom, top], true)
  return (value) => (value > 0 ? scale(value) : NaN)
}
