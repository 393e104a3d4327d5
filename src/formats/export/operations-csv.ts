import type { OperationRow } from '../../simulator/result'
import { csvText, microsecondsCell, numberCell, type Column } from './csv'

const columns: readonly Column<OperationRow>[] = [
  ['service', (row) => row.service],
  ['operation', (row) => row.operation],
  ['completed', (row) => numberCell(row.completed)],
  ['failed', (row) => numberCell(row.failed)],
  ['mean_us', (row) => microsecondsCell(row.meanUs)],
  ['p50_us', (row) => microsecondsCell(row.p50Us)],
  ['p90_us', (row) => microsecondsCell(row.p90Us)],
  ['p99_us', (row) => microsecondsCell(row.p99Us)],
  ['p999_us', (row) => microsecondsCell(row.p999Us)],
  ['max_us', (row) => microsecondsCell(row.maxUs)],
  ['wait_mean_us', (row) => microsecondsCell(row.waitMeanUs)],
  ['compute_mean_us', (row) => microsecondsCell(row.computeMeanUs)],
  ['memory_mean_us', (row) => microsecondsCell(row.memoryMeanUs)],
  ['network_mean_us', (row) => microsecondsCell(row.networkMeanUs)],
]

export function operationsCsv(rows: readonly OperationRow[]): string {
  return csvText(columns, rows)
}
