import { expect, test } from 'vitest'
import { empirical, isCondensed, mostValues } from '../../../../../src/formats/import/jaeger/empirical'
import { meanTime } from '../../../../support/import/imported'

test('equal values are written once, with their number as weight', () => {
  expect(empirical([5, 3, 5])).toEqual({ dist: 'empirical', values: [3, 5], weights: [1, 2] })
})

test('values that all differ need no weights', () => {
  expect(empirical([2, 1])).toEqual({ dist: 'empirical', values: [1, 2] })
})

test('a single value is a constant', () => {
  expect(empirical([4, 4])).toEqual({ dist: 'constant', value: 4 })
})

test('many values are brought together without moving the mean or the largest ones', () => {
  const values = Array.from({ length: 5000 }, (_, index) => index * index)
  const written = empirical(values)
  if (written.dist !== 'empirical') throw new Error('expected an empirical distribution')
  expect(written.values.length).toBeLessThanOrEqual(mostValues)
  expect(written.values.slice(-20)).toEqual(values.slice(-20))
  expect(written.weights?.reduce((sum, weight) => sum + weight, 0)).toBe(5000)
  expect(meanTime(written)).toBeCloseTo(values.reduce((sum, value) => sum + value, 0) / 5000, 6)
  expect([isCondensed(values), isCondensed([1, 2, 2])]).toEqual([true, false])
})
