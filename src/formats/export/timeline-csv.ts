import type { Series, Timeline } from '../../simulator/result'
import { csvText, numberCell, quantityCell, type Column } from './csv'

const PS_PER_SECOND = 1e12

interface TimelineRow {
  readonly timeS: number
  readonly series: Series
  readonly value: number
}

const columns: readonly Column<TimelineRow>[] = [
  ['time_s', (row) => numberCell(row.timeS)],
  ['scope', (row) => row.series.scope],
  ['id', (row) => row.series.id],
  ['metric', (row) => row.series.metric],
  ['value', (row) => quantityCell(row.value, row.series.unit)],
]

/** One row per series and `joined` buckets in which something happened; `time_s` is where the first begins. */
export function timelineCsv(timeline: Timeline): string {
  return csvText(columns, timelineRows(timeline))
}

function* timelineRows({ bucketPs, joined, filled, series }: Timeline): Generator<TimelineRow> {
  for (const one of series) {
    for (let first = 0; first < filled; first += joined) {
      const value = one.rows?.[first / joined] ?? meanOf(one.values, first, Math.min(first + joined, filled))
      if (Number.isFinite(value)) yield { timeS: (first * bucketPs) / PS_PER_SECOND, series: one, value }
    }
  }
}

/** Mean of the buckets in [first, end) in which something happened; NaN where nothing did. */
function meanOf(values: Float64Array, first: number, end: number): number {
  let sum = 0
  let count = 0
  for (let at = first; at < end; at += 1) {
    const value = values[at] ?? NaN
    if (Number.isNaN(value)) continue
    sum += value
    count += 1
  }
  return sum / count
}
