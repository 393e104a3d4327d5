import { numberText } from '../quantity-text'
import type { FigureData, FigureSeries } from './figure-data'

/** One sentence for those who do not see the figure: what is plotted, its range and its trend. */
export function figureSummary({ xLabel, yLabel, series }: FigureData): string {
  const shown = series.filter((each) => each.points.length > 0)
  if (shown.length === 0) return `${yLabel} over ${xLabel}: no values.`
  return `${yLabel} over ${xLabel}. ${shown.map(seriesSummary).join(' ')}`
}

function seriesSummary({ name, kind, points }: FigureSeries): string {
  if (kind === 'band') return `${name} is drawn as a band.`
  const first = points[0]
  const last = points.at(-1)
  if (first === undefined || last === undefined) return ''
  if (points.length === 1) return `${name}: ${numberText(first[1])} at ${numberText(first[0])}.`
  return `${name}: ${trend(points)} from ${numberText(first[1])} at ${numberText(first[0])} to ${numberText(last[1])} at ${numberText(last[0])}.`
}

function trend(points: FigureSeries['points']): string {
  const ys = points.map(([, y]) => y)
  const rises = ys.slice(1).filter((y, i) => y > (ys[i] ?? y)).length
  const falls = ys.slice(1).filter((y, i) => y < (ys[i] ?? y)).length
  if (rises === 0 && falls === 0) return 'level,'
  if (falls === 0) return 'rising'
  return rises === 0 ? 'falling' : 'up and down'
}

/** The figure as a table: one row per x, one column per series that is no band. */
export function figureTable({ series }: FigureData): {
  readonly names: readonly string[]
  readonly rows: readonly { readonly x: number; readonly values: readonly number[] }[]
} {
  const columns = series.filter((each) => each.kind !== 'band')
  const xs = [...new Set(columns.flatMap((each) => each.points.map(([x]) => x)))].sort((a, b) => a - b)
  return {
    names: columns.map((each) => each.name),
    rows: xs.map((x) => ({
      x,
      values: columns.map((each) => each.points.find((point) => point[0] === x)?.[1] ?? NaN),
    })),
  }
}
