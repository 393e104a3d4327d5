import { expect, test } from 'vitest'
import { logBins, logTicks } from '../../../../src/ui/charts/histogram-bins'

/** Buckets from 10 to 1,280 µs, each twice as wide as the one before. */
const histogram = {
  id: '',
  count: 700,
  lowUs: Float64Array.from([10, 20, 40, 80, 160, 320, 640]),
  highUs: Float64Array.from([20, 40, 80, 160, 320, 640, 1280]),
  counts: Float64Array.from([100, 100, 100, 100, 100, 100, 100]),
  phases: Float64Array.from(Array.from({ length: 7 }, () => [0.5, 0.25, 0.25, 0]).flat()),
}

test('no request is lost or counted twice', () => {
  const bins = logBins(histogram, 56)
  expect(bins.length).toBe(56)
  expect(bins.reduce((sum, bin) => sum + bin.count, 0)).toBeCloseTo(700, 6)
})

test('a wide bucket fills all the bars that it covers', () => {
  expect(logBins(histogram, 56).every((bin) => bin.count > 12 && bin.count < 13)).toBe(true)
})

test('bars carry the shares of their buckets', () => {
  expect(logBins(histogram, 7)[3]?.phases).toEqual([0.5, 0.25, 0.25, 0])
})

test('nothing completed gives no bars', () => {
  expect(logBins({ ...histogram, counts: new Float64Array(7) }, 56)).toEqual([])
})

test('ticks are 1, 2 and 5 of every decade, or decades alone when there are many', () => {
  expect(logTicks(10, 200)).toEqual([10, 20, 50, 100, 200])
  expect(logTicks(1, 10_000)).toEqual([1, 10, 100, 1000, 10_000])
})
