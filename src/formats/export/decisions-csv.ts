import type { DecisionRow } from '../../simulator/result'
import { csvText, microsecondsCell, numberCell, plainReason, type Column } from './csv'

const columns: readonly Column<DecisionRow>[] = [
  ['time_s', (row) => numberCell(row.timeS)],
  ['kind', (row) => row.kind],
  ['subject', (row) => row.subject],
  ['from', (row) => row.from],
  ['to', (row) => row.to],
  ['policy', (row) => row.policy],
  ['mechanism', (row) => row.mechanism],
  ['reason', (row) => plainReason(row.reason)],
  ['estimate_us', (row) => microsecondsCell(row.estimateUs)],
]

export function decisionsCsv(rows: readonly DecisionRow[]): string {
  return csvText(columns, rows)
}
