import { expect, test } from 'vitest'
import { compareResults, comparisonText } from '../../../../src/app/validation/compare-results'
import { sampleResult, sampleRow } from '../../../support/validation-samples'

const result = (simulated: number) =>
  sampleResult('a', [
    { ...sampleRow, simulated },
    { ...sampleRow, label: 'p99' },
  ])

test('equal values are the same to the last digit', () => {
  const comparison = compareResults(result(21), result(21))
  expect(comparison).toEqual({ values: 2, differences: [] })
  expect(comparisonText(comparison)).toBe('Same to the last digit: 2 of 2 values.')
})

test('one bit of difference is told, with both values', () => {
  const near = 21 + 2 ** -48
  expect(near).not.toBe(21)
  const comparison = compareResults(result(21), result(near))
  expect(comparison.differences).toEqual([{ label: 'mean latency', recorded: 21, here: near }])
  expect(comparisonText(comparison)).toBe('1 of 2 values came out otherwise.')
})

test('a value that only one side has is a difference; unknown on both sides is none', () => {
  const one = sampleResult('a', [{ ...sampleRow, simulated: NaN }])
  expect(compareResults(one, one).differences).toEqual([])
  expect(compareResults(one, sampleResult('a', [])).differences).toHaveLength(1)
})
