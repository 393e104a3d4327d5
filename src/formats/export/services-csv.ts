import type { ServiceRow } from '../../simulator/result'
import { csvText, microsecondsCell, numberCell, type Column } from './csv'

const columns: readonly Column<ServiceRow>[] = [
  ['service', (row) => row.service],
  ['completed', (row) => numberCell(row.completed)],
  ['failed', (row) => numberCell(row.failed)],
  ['instructions', (row) => numberCell(row.instructions)],
  ['core_mean_us', (row) => microsecondsCell(row.coreMeanUs)],
  ['cores_mean', (row) => numberCell(row.coresMean)],
  ['cpi_base', (row) => numberCell(row.cpiBase)],
  ['cpi_local', (row) => numberCell(row.cpiLocal)],
  ['cpi_remote', (row) => numberCell(row.cpiRemote)],
  ['cpi_queueing', (row) => numberCell(row.cpiQueueing)],
  ['cpi_total', (row) => numberCell(row.cpiTotal)],
  ['misses_local', (row) => numberCell(row.missesLocal)],
  ['misses_remote', (row) => numberCell(row.missesRemote)],
  ['hit_ratio', (row) => numberCell(row.hitRatio)],
  ['worker_wait_mean_us', (row) => microsecondsCell(row.workerWaitMeanUs)],
  ['core_wait_mean_us', (row) => microsecondsCell(row.coreWaitMeanUs)],
  ['downtime_wait_mean_us', (row) => microsecondsCell(row.downtimeWaitMeanUs)],
  ['outside_wait_mean_us', (row) => microsecondsCell(row.outsideWaitMeanUs)],
  ['threads_mean', (row) => numberCell(row.threadsMean)],
  ['threads_max', (row) => numberCell(row.threadsMax)],
  ['llc_mean_mib', (row) => numberCell(row.llcMeanMib)],
  ['stream_wait_mean_us', (row) => microsecondsCell(row.streamWaitMeanUs)],
  ['instance_wait_mean_us', (row) => microsecondsCell(row.instanceWaitMeanUs)],
  ['attempts_wait_mean_us', (row) => microsecondsCell(row.attemptsWaitMeanUs)],
]

export function servicesCsv(rows: readonly ServiceRow[]): string {
  return csvText(columns, rows)
}
