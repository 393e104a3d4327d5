import { expect, test } from 'vitest'
import { summarize } from '../../../../../src/formats/import/jaeger/sample-summary'

test('percentiles interpolate linearly between the values of the sample', () => {
  expect(summarize([4, 1, 3, 2])).toEqual({ n: 4, mean: 2.5, p50: 2.5, p99: 3.97, min: 1, max: 4 })
})

test('one value is its own summary', () => {
  expect(summarize([7])).toEqual({ n: 1, mean: 7, p50: 7, p99: 7, min: 7, max: 7 })
})

test('numbers are rounded to thousandths', () => {
  expect(summarize([1, 1, 2]).mean).toBe(1.333)
})
