import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { compareResults } from '../../src/app/validation/compare-results'
import { cases } from '../../src/validation/index'
import { readRecorded } from '../../src/validation/report/index'
import type { CaseResult } from '../../src/validation/validation-case'

/**
 * Every validation case in its short form: exact cases hold, and every other case gives the verdict that is recorded, row by
 * row. A case that misses is recorded as a miss with its reason; one that suddenly holds is news as well.
 */
const recorded = readRecorded(
  readFileSync(fileURLToPath(new URL('../../public/validation/results.json', import.meta.url)), 'utf8'),
)

const outside = ({ rows }: CaseResult) => rows.filter((row) => row.verdict === 'outside').map((row) => row.label)

/** One interval in a thousand misses by chance; nine times the run must then hold it. */
const isHeldInFull = (id: string, label: string) =>
  recorded.full[id]?.rows.some((row) => row.label === label && row.verdict === 'within') ?? false

describe('validation cases', { timeout: 600_000 }, () => {
  for (const one of cases)
    test(`${one.id} ${one.title}`, () => {
      const result = one.run({ form: 'short' })
      if (one.strictness === 'exact')
        expect(outside(result).filter((label) => !isHeldInFull(one.id, label))).toEqual([])
      const before = recorded.short[one.id]
      if (!before) throw new Error('not recorded; run `npm run validate -- --form short`')
      expect(result.verdict).toBe(before.verdict)
      expect(result.rows.map((row) => [row.label, row.verdict])).toEqual(
        before.rows.map((row) => [row.label, row.verdict]),
      )
      // What the page shows as recorded must come out in a reader's browser to the last bit.
      expect(compareResults(before, result).differences).toEqual([])
      if (result.verdict === 'misses') expect(result.notes).not.toEqual([])
    })
})

test('every case has an id, a source and a tolerance of its own', () => {
  expect(new Set(cases.map((one) => one.id)).size).toBe(cases.length)
  for (const one of cases) {
    expect(one.source).not.toBe('')
    expect(one.tolerance).not.toBe('')
  }
})
