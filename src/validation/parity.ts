import type { Figure, Row } from './validation-case'

/** A span this wide is shown on log axes. */
const WIDE = 20

/** Values against what was expected, a figure per unit: for cases that draw none of their own. */
export function parityFigures(all: readonly Row[]): readonly Figure[] {
  const rows = all.filter((row) => Number.isFinite(row.expected) && Number.isFinite(row.simulated))
  return [...new Set(rows.map((row) => row.unit))].map((unit) =>
    parityFigure(
      unit,
      rows.filter((row) => row.unit === unit),
    ),
  )
}

/** Simulated over expected: what agrees is on the diagonal. */
function parityFigure(unit: string, rows: readonly Row[]): Figure {
  const values = rows.flatMap((row) => [row.expected, row.simulated])
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const scale = low > 0 && high > WIDE * low ? 'log' : 'linear'
  const named = unit === '' ? '' : `, ${unit}`
  const ends = low === high ? [Math.min(0, 2 * low), Math.max(1, 2 * high)] : [low, high]
  const met = rows.filter((row) => row.bound === undefined)
  const kept = rows.filter((row) => row.bound !== undefined)
  return {
    xLabel: `expected${named}`,
    yLabel: `simulated${named}`,
    xScale: scale,
    yScale: scale,
    series: [
      { name: 'equal', kind: 'line', points: ends.map((end) => [end, end] as const) },
      ...pointsOf('simulated', met),
      ...pointsOf('to be kept within a bound', kept),
    ],
  }
}

function pointsOf(name: string, rows: readonly Row[]): Figure['series'] {
  if (rows.length === 0) return []
  return [{ name, kind: 'points', points: rows.map((row) => [row.expected, row.simulated] as const) }]
}
