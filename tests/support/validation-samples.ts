import type { CaseInfo, CaseResult, Row } from '../../src/validation/validation-case'

/** Hand-made cases for what shows them. */
export const sampleRow: Row = {
  label: 'mean latency',
  unit: 'µs',
  expected: 20,
  simulated: 21,
  low: NaN,
  high: NaN,
  tolerance: 0.1,
  verdict: 'within',
  role: 'mechanism',
}

export const sampleCase = (id: string, rest: Partial<CaseInfo> = {}): CaseInfo => ({
  id,
  title: `Title of ${id}`,
  group: 'closed forms',
  strictness: 'exact',
  question: 'Is it so?',
  source: 'Kleinrock (1975)',
  tolerance: '10 %',
  inputs: 'none',
  secondsShort: 1,
  ...rest,
})

export const sampleResult = (
  id: string,
  rows: readonly Row[] = [sampleRow],
  rest: Partial<CaseResult> = {},
): CaseResult => ({
  id,
  rows,
  figures: [],
  verdict: 'holds',
  notes: [],
  events: 1000,
  ...rest,
})
