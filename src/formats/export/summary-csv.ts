import type { SummaryRow } from '../../simulator/result'
import { csvText, quantityCell, type Column } from './csv'

const columns: readonly Column<SummaryRow>[] = [
  ['metric', (row) => row.metric],
  ['value', (row) => quantityCell(row.value, row.unit)],
  ['unit', (row) => row.unit],
  ['ci95_low', (row) => quantityCell(row.ci95Low, row.unit)],
  ['ci95_high', (row) => quantityCell(row.ci95High, row.unit)],
]

export function summaryCsv(rows: readonly SummaryRow[]): string {
  return csvText(columns, rows)
}
