import { scaleLinear, scaleLog } from 'd3-scale'
import type { FigureData } from './figure-data'

/** One axis: where a value stands, and which values are written. */
export interface Axis {
  /** px; NaN for what has no place, such as 0 on a log axis. */
  readonly at: (value: number) => number
  readonly ticks: readonly number[]
  readonly text: (value: number) => string
}

interface Span {
  readonly low: number
  readonly high: number
}

/** Room beyond the outermost values, as a share of the axis. */
const margin = 0.04
/** A linear axis begins at 0 when its least value is below this share of its greatest. */
const zeroBelow = 0.5

export function figureAxes(data: FigureData, width: number, height: number): { readonly x: Axis; readonly y: Axis } {
  const points = data.series.flatMap((series) => series.points)
  const yTicks = Math.max(2, Math.floor(height / 44))
  return {
    x: axis(
      points.map(([x]) => x),
      data.xScale,
      [0, width],
      Math.max(2, Math.floor(width / 84)),
    ),
    y:
      data.yClip === undefined
        ? axis(
            points.map(([, y]) => y),
            data.yScale,
            [height, 0],
            yTicks,
          )
        : clipped(linearOver(data.yClip, [height, 0], yTicks), data.yClip),
  }
}

function axis(values: readonly number[], kind: 'linear' | 'log', range: [number, number], ticks: number): Axis {
  const usable = values.filter((value) => Number.isFinite(value) && (kind === 'linear' || value > 0))
  return kind === 'log' ? logAxis(usable, range, ticks) : linearAxis(usable, range, ticks)
}

function linearAxis(values: readonly number[], range: [number, number], ticks: number): Axis {
  const { low, high } = widened(spanOf(values, { low: 0, high: 1 }))
  return linearOver([low, high], range, ticks)
}

function linearOver(domain: readonly [number, number], range: [number, number], ticks: number): Axis {
  const scale = scaleLinear().domain(domain).range(range)
  const chosen = scale.ticks(ticks)
  return { at: scale, ticks: chosen, text: (value) => tickText(value, chosen) }
}

/** What lies beyond stands at the end. */
const clipped = (whole: Axis, [low, high]: readonly [number, number]): Axis => ({
  ...whole,
  at: (value) => whole.at(Math.min(high, Math.max(low, value))),
})

function widened({ low, high }: Span): Span {
  const room = (high - low) * margin || Math.abs(high) * margin || 1
  const isFromZero = low >= 0 && low < zeroBelow * high
  return { low: isFromZero ? 0 : low - room, high: high + room }
}

function logAxis(values: readonly number[], range: [number, number], ticks: number): Axis {
  const span = spanOf(values, { low: 1, high: 10 })
  const room = Math.max(1.05, (span.high / span.low) ** margin)
  const scale = scaleLog()
    .domain([span.low / room, span.high * room])
    .range(range)
  const chosen = logTicks(span.low / room, span.high * room, ticks)
  return { at: (value) => (value > 0 ? scale(value) : NaN), ticks: chosen, text: (value) => tickText(value, [value]) }
}

function spanOf(values: readonly number[], otherwise: Span): Span {
  if (values.length === 0) return otherwise
  return {
    low: values.reduce((a, b) => Math.min(a, b)),
    high: values.reduce((a, b) => Math.max(a, b)),
  }
}

/** The finest of these that does not crowd the axis: 1-2-5, 1-3, every decade, every so many decades. */
function logTicks(low: number, high: number, most: number): number[] {
  const decades = Array.from(
    { length: Math.floor(Math.log10(high)) - Math.floor(Math.log10(low)) + 1 },
    (_, i) => 10 ** (Math.floor(Math.log10(low)) + i),
  )
  const within = (ticks: readonly number[]): number[] => ticks.filter((tick) => tick >= low && tick <= high)
  for (const steps of [[1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 5], [1, 3], [1]]) {
    const ticks = within(decades.flatMap((decade) => steps.map((step) => step * decade)))
    if (ticks.length <= most || steps.length === 1) return thinned(ticks, most)
  }
  return []
}

function thinned(ticks: number[], most: number): number[] {
  const every = Math.ceil(ticks.length / Math.max(1, most))
  return ticks.filter((_tick, i) => i % every === 0)
}

const plain = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 6 })
const superscript = '⁰¹²³⁴⁵⁶⁷⁸⁹'

/** Plain where it is short, a power of ten where it would be long. */
function tickText(value: number, all: readonly number[]): string {
  const size = all.reduce((most, each) => Math.max(most, Math.abs(each)), 0)
  if (value === 0) return '0'
  if (size < 1e6 && size >= 1e-3) return plain.format(value)
  const power = Math.floor(Math.log10(Math.abs(value)) + 1e-9)
  const factor = Number((value / 10 ** power).toPrecision(3))
  const raised = `10${power < 0 ? '⁻' : ''}${Array.from(String(Math.abs(power)), (digit) => superscript[Number(digit)]).join('')}`
  return factor === 1 ? raised : `${factor}·${raised}`
}
