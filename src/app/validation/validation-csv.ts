import type { CaseInfo, CaseResult, Row } from '../../validation/validation-case'
import { csvText, numberCell, type Column } from '../../formats/export/csv'

interface CaseRow {
  readonly info: CaseInfo
  readonly result: CaseResult
  readonly form: string
  readonly row: Row
}

const columns: readonly Column<CaseRow>[] = [
  ['case', ({ info }) => info.id],
  ['title', ({ info }) => info.title],
  ['group', ({ info }) => info.group],
  ['strictness', ({ info }) => info.strictness],
  ['form', ({ form }) => form],
  ['quantity', ({ row }) => row.label],
  ['unit', ({ row }) => row.unit],
  ['expected', ({ row }) => numberCell(row.expected)],
  ['simulated', ({ row }) => numberCell(row.simulated)],
  ['interval_low', ({ row }) => numberCell(row.low)],
  ['interval_high', ({ row }) => numberCell(row.high)],
  ['tolerance', ({ row }) => numberCell(row.tolerance)],
  ['role', ({ row }) => row.role],
  ['verdict', ({ row }) => row.verdict],
  ['case_verdict', ({ result }) => result.verdict],
  ['bound', ({ row }) => row.bound ?? ''],
]

export interface ResultOfCase {
  readonly info: CaseInfo
  readonly result: CaseResult
  /** `full`, `short`, or `here`. */
  readonly form: string
}

/** Every row of every case, one line each. */
export function validationCsv(results: readonly ResultOfCase[]): string {
  return csvText(
    columns,
    results.flatMap((each) => each.result.rows.map((row) => ({ ...each, row }))),
  )
}
