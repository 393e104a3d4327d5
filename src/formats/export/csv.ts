/**
 * CSV by RFC 4180: CRLF after every line, `.` decimals, quotes only where a cell needs them.
 * A cell is text already; the functions below make it. An empty cell means "not applicable".
 */

/** One column of a file: its name in the header line, and its cell for a row. */
export type Column<Row> = readonly [name: string, cell: (row: Row) => string]

/** A whole file: header line, then one line per row. */
export function csvText<Row>(columns: readonly Column<Row>[], rows: Iterable<Row>): string {
  const lines = [line(columns.map(([name]) => name))]
  for (const row of rows) lines.push(line(columns.map(([, cell]) => cell(row))))
  return lines.join('')
}

/** A number as the shortest text that reads back the same; empty when it is not finite. */
export function numberCell(value: number): string {
  return Number.isFinite(value) ? String(value) : ''
}

/** A time in µs with its six decimals, down to the picosecond; empty when it is not finite. */
export function microsecondsCell(value: number): string {
  return Number.isFinite(value) ? value.toFixed(6) : ''
}

/** A quantity that is a time in µs exactly when its unit says so. */
export function quantityCell(value: number, unit: string): string {
  return unit === 'us' ? microsecondsCell(value) : numberCell(value)
}

/** A reason begins with a letter, so that no spreadsheet takes it for a formula. */
export function plainReason(reason: string): string {
  return reason === '' || /^\p{L}/u.test(reason) ? reason : `because ${reason}`
}

function line(cells: readonly string[]): string {
  return `${cells.map(quoted).join(',')}\r\n`
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
