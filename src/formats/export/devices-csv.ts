import type { DeviceRow } from '../../simulator/result'
import { csvText, numberCell, type Column } from './csv'

const columns: readonly Column<DeviceRow>[] = [
  ['node', (row) => row.node],
  ['device', (row) => numberCell(row.device)],
  ['kind', (row) => row.kind],
  ['utilization', (row) => numberCell(row.utilization)],
  ['mean_queue', (row) => numberCell(row.meanQueue)],
  ['max_queue', (row) => numberCell(row.maxQueue)],
  ['completed', (row) => numberCell(row.completed)],
  ['energy_joules', (row) => numberCell(row.energyJoules)],
  ['memory_used_gib', (row) => numberCell(row.memoryUsedGib)],
]

export function devicesCsv(rows: readonly DeviceRow[]): string {
  return csvText(columns, rows)
}
