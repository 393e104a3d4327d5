import type { LinkRow } from '../../simulator/result'
import { csvText, numberCell, type Column } from './csv'

const columns: readonly Column<LinkRow>[] = [
  ['link', (row) => row.link],
  ['lane', (row) => numberCell(row.lane)],
  ['direction', (row) => row.direction],
  ['bytes', (row) => numberCell(row.bytes)],
  ['packets', (row) => numberCell(row.packets)],
  ['utilization', (row) => numberCell(row.utilization)],
  ['mean_queue_bytes', (row) => numberCell(row.meanQueueBytes)],
  ['max_queue_bytes', (row) => numberCell(row.maxQueueBytes)],
  ['dropped', (row) => numberCell(row.dropped)],
]

export function linksCsv(rows: readonly LinkRow[]): string {
  return csvText(columns, rows)
}
