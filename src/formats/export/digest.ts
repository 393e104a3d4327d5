import type { RunResult } from '../../simulator/result'
import { sha256Hex } from './sha256'
import { summaryCsv } from './summary-csv'

/** What two runs compare to see whether they gave the same numbers: SHA-256 over the text of `summary.csv`, 64 hex digits. */
export function digest(result: Pick<RunResult, 'summary'>): string {
  return sha256Hex(summaryCsv(result.summary))
}
