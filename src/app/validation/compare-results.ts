import type { CaseResult } from '../../validation/validation-case'

/** One value that came out otherwise here. */
export interface Difference {
  readonly label: string
  readonly recorded: number
  readonly here: number
}

export interface Comparison {
  /** Values that were compared, rows that only one side has included. */
  readonly values: number
  readonly differences: readonly Difference[]
}

/**
 * Compares every simulated value to its last bit: the same engine and the same seeds leave no room for less.
 * Rows are matched by label, so that a case that was changed since is still told apart value by value.
 */
export function compareResults(recorded: CaseResult, here: CaseResult): Comparison {
  const before = new Map(recorded.rows.map((row) => [row.label, row.simulated]))
  const now = new Map(here.rows.map((row) => [row.label, row.simulated]))
  const labels = [...new Set([...before.keys(), ...now.keys()])]
  const differences = labels
    .map((label) => ({ label, recorded: before.get(label) ?? NaN, here: now.get(label) ?? NaN }))
    .filter((each) => !before.has(each.label) || !now.has(each.label) || !Object.is(each.recorded, each.here))
  return { values: labels.length, differences }
}

export function comparisonText({ values, differences }: Comparison): string {
  if (differences.length === 0) return `Same to the last digit: ${values} of ${values} values.`
  return `${differences.length} of ${values} ${values === 1 ? 'value' : 'values'} came out otherwise.`
}
