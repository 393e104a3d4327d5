import type { MigrationRow } from '../../simulator/result'
import { csvText, microsecondsCell, numberCell, type Column } from './csv'

const columns: readonly Column<MigrationRow>[] = [
  ['service', (row) => row.service],
  ['instance', (row) => numberCell(row.instance)],
  ['from', (row) => row.from],
  ['to', (row) => row.to],
  ['mechanism', (row) => row.mechanism],
  ['start_s', (row) => numberCell(row.startS)],
  ['total_us', (row) => microsecondsCell(row.totalUs)],
  ['downtime_us', (row) => microsecondsCell(row.downtimeUs)],
  ['bytes', (row) => numberCell(row.bytes)],
  ['rounds', (row) => numberCell(row.rounds)],
  ['outcome', (row) => row.outcome],
]

export function migrationsCsv(rows: readonly MigrationRow[]): string {
  return csvText(columns, rows)
}
