import { describe, expect, test } from 'vitest'
import { countsText, countVerdicts, deviationOf, filterCases } from '../../../../src/app/validation/verdicts'
import { sampleCase, sampleResult, sampleRow } from '../../../support/validation-samples'

describe('the summary line', () => {
  test('names every kind of outcome that there is', () => {
    const results = [
      sampleResult('a'),
      sampleResult('b'),
      sampleResult('c', [], { verdict: 'misses' }),
      sampleResult('d', [], { verdict: 'shown only' }),
    ]
    expect(countsText(countVerdicts(results))).toBe('2 of 4 hold; 1 misses, with reasons; 1 is shown without a claim')
  })

  test('says nothing of misses where there are none', () => {
    expect(countsText(countVerdicts([sampleResult('a')]))).toBe('1 of 1 hold')
  })
})

describe('how far a value is off', () => {
  test('is in units of its tolerance', () => {
    expect(deviationOf(sampleRow)).toBeCloseTo(0.5, 12)
    expect(deviationOf({ ...sampleRow, expected: -20, simulated: -24 })).toBeCloseTo(-2, 12)
  })

  test('is in units of the half interval where there is no tolerance', () => {
    const row = { ...sampleRow, tolerance: NaN, low: 19, high: 23 }
    expect(deviationOf(row)).toBeCloseTo(0.5, 12)
  })

  test('is without end where nothing is allowed, and unknown where nothing is claimed', () => {
    expect(deviationOf({ ...sampleRow, tolerance: 0 })).toBe(Infinity)
    expect(deviationOf({ ...sampleRow, tolerance: 0, simulated: 20 })).toBe(0)
    expect(deviationOf({ ...sampleRow, verdict: 'shown only' })).toBeNaN()
  })
})

describe('the filter', () => {
  const cases = [
    sampleCase('B1', { title: 'M/M/1' }),
    sampleCase('A2', { title: 'CXL expander bandwidth', group: 'published', source: 'CacheLib wiki' }),
  ]
  const results = new Map([['A2', sampleResult('A2', [], { verdict: 'misses' })]])
  const ids = (filter: Partial<Parameters<typeof filterCases>[2]>) =>
    filterCases(cases, results, { group: '', search: '', onlyMisses: false, ...filter }).map((one) => one.id)

  test('finds every word somewhere in a case, in any order', () => {
    expect(ids({ search: 'wiki cxl' })).toEqual(['A2'])
    expect(ids({ search: 'cxl erlang' })).toEqual([])
  })

  test('keeps one group, or misses alone', () => {
    expect(ids({ group: 'closed forms' })).toEqual(['B1'])
    expect(ids({ onlyMisses: true })).toEqual(['A2'])
    expect(ids({})).toEqual(['B1', 'A2'])
  })
})
