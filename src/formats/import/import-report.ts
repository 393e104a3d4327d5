/** What became of a part of the input. */
export type Fate = 'read' | 'used' | 'dropped' | 'assumed' | 'failed'

/** One line of an import report: so many of these, and why. */
export interface ReportRow {
  readonly fate: Fate
  /** What it is, in the plural: "spans without a duration". */
  readonly what: string
  readonly count: number
  readonly reason: string
  /** Where one of them stands, such as `a.json: data[0].spans[3]`; "" where there is no such place. */
  readonly example: string
}

/** What an importer read, used, left out and assumed, in plain words. */
export interface ImportReport {
  readonly format: string
  /** One sentence that says what was imported, or why nothing was. */
  readonly summary: string
  readonly rows: readonly ReportRow[]
}

/** The report as lines of text, for a terminal. */
export function reportLines(report: ImportReport): readonly string[] {
  const fateWidth = widest(report.rows.map((row) => row.fate))
  const countWidth = widest(report.rows.map((row) => String(row.count)))
  const lines = report.rows.map((row) => {
    const example = row.example === '' ? '' : ` (${row.example})`
    return `${row.fate.padEnd(fateWidth)}  ${String(row.count).padStart(countWidth)}  ${row.what}: ${row.reason}${example}`
  })
  return [report.summary, ...lines]
}

function widest(texts: readonly string[]): number {
  return texts.reduce((most, text) => Math.max(most, text.length), 0)
}
