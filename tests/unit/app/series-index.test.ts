import { expect, test } from 'vitest'
import { valueAt } from '../../../src/app/series-index'

const series = {
  scope: 'device',
  id: 'cpu.0',
  metric: 'utilization',
  unit: '',
  values: Float64Array.of(0.1, 0.2, 0, 0),
}
const timeline = { bucketPs: 100, joined: 1, filled: 2, series: [series] }

test('an instant has the value of its bucket, and in the one that fills that of the last full one', () => {
  expect([0, 99, 100, 199, 200, 299].map((timePs) => valueAt(series, timeline, timePs))).toEqual([
    0.1, 0.1, 0.2, 0.2, 0.2, 0.2,
  ])
})

test('what is not simulated yet has no value', () => {
  expect(valueAt(series, timeline, 300)).toBeNaN()
  expect(valueAt(series, { ...timeline, filled: 0 }, 0)).toBeNaN()
})
