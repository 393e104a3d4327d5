import type { DifferenceRow } from '../../simulator/result'
import { csvText, numberCell, quantityCell, type Column } from './csv'

const columns: readonly Column<DifferenceRow>[] = [
  ['metric', (row) => row.metric],
  ['a', (row) => quantityCell(row.a, row.unit)],
  ['b', (row) => quantityCell(row.b, row.unit)],
  ['difference', (row) => quantityCell(row.difference, row.unit)],
  ['unit', (row) => row.unit],
  ['ci95_low', (row) => quantityCell(row.ci95Low, row.unit)],
  ['ci95_high', (row) => quantityCell(row.ci95High, row.unit)],
  ['pairs', (row) => numberCell(row.pairs)],
]

/** What a branch changed: B against A. */
export function differenceCsv(rows: readonly DifferenceRow[]): string {
  return csvText(columns, rows)
}
