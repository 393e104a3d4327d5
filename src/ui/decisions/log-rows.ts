import type { DecisionKind, DecisionRow } from '../../simulator/result'

/** A line of the log: a decision, or the playhead between two of them. */
export type LogRow = { readonly type: 'decision'; readonly index: number } | { readonly type: 'now' }

/** Latest first, with the playhead between what is to come and what is past. */
export function logRows(decisions: readonly DecisionRow[], kind: DecisionKind | '', taken: number): LogRow[] {
  const rows: LogRow[] = []
  for (let index = decisions.length - 1; index >= 0; index -= 1) {
    if (index === taken - 1) rows.push({ type: 'now' })
    if (kind === '' || decisions[index]?.kind === kind) rows.push({ type: 'decision', index })
  }
  if (taken === 0) rows.push({ type: 'now' })
  return rows
}

/** The row of a decision, or of the playhead where that is not in the list. */
export function rowOf(rows: readonly LogRow[], decision: number): number {
  const row = rows.findIndex((one) => one.type === 'decision' && one.index === decision)
  return row < 0 ? rows.findIndex((one) => one.type === 'now') : row
}

export interface VisibleRows {
  readonly first: number
  readonly end: number
  /** px above and below the rows that are there */
  readonly above: number
  readonly below: number
}

/** Below this many rows all are there. */
const virtualAbove = 80

/** Which rows of a list are worth having in the page; heights are those of a closed row. */
export function visibleRows(count: number, rowHeight: number, scrollTop: number, height: number): VisibleRows {
  if (count <= virtualAbove) return { first: 0, end: count, above: 0, below: 0 }
  const margin = 8
  const first = Math.max(0, Math.min(count, Math.floor(scrollTop / rowHeight) - margin))
  const end = Math.min(count, Math.ceil((scrollTop + height) / rowHeight) + margin)
  return { first, end, above: first * rowHeight, below: (count - end) * rowHeight }
}
