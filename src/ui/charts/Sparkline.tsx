import { area } from 'd3-shape'
import type { Series } from '../../simulator/result'

interface SparklineProps {
  readonly series: Series | undefined
  /** Value at the upper edge. */
  readonly most: number
}

const width = 120
const height = 18
const points = 60

/** A small curve without axes: the shape of a series over the run. */
export function Sparkline({ series, most }: SparklineProps) {
  if (series === undefined || series.values.length === 0) return null
  const values = thinned(series.values)
  const path = area<number>()
    .x((_value, at) => (at * width) / Math.max(1, values.length - 1))
    .y0(height)
    .y1((value) => height - (height * Math.min(most, value)) / most)
    .defined((value) => Number.isFinite(value))(values)
  return (
    <svg width={width} height={height} aria-hidden="true" className="sparkline">
      <rect width={width} height={height} className="track" />
      <path d={path ?? ''} className="f-compute" />
    </svg>
  )
}

/** Means of equal stretches. */
function thinned(values: Float64Array): number[] {
  const step = Math.max(1, values.length / points)
  return Array.from({ length: Math.ceil(values.length / step) }, (_, at) => {
    const part = values.subarray(
      Math.floor(at * step),
      Math.max(Math.floor(at * step) + 1, Math.floor((at + 1) * step)),
    )
    const known = part.filter((value) => Number.isFinite(value))
    return known.length === 0 ? NaN : known.reduce((sum, value) => sum + value, 0) / known.length
  })
}
