import { build } from 'hdr-histogram-js'
import { expect, test } from 'vitest'
import { nextUniform32 } from '../../../../src/simulator/engine/random'
import { bucketOf, highOf, Histogram, lowOf } from '../../../../src/simulator/statistics/histogram'

const SHARES = [0, 0.01, 0.1, 0.25, 0.5, 0.9, 0.99, 0.999, 0.9999, 1]

/** Whole numbers spread over many magnitudes, up to about e^25. */
function samples(count: number): number[] {
  const state = Int32Array.of(5, 6, 7, 8)
  return Array.from({ length: count }, () => Math.floor(Math.exp((25 * nextUniform32(state)) / 4294967296)))
}

function recorded(values: readonly number[]): Histogram {
  const histogram = new Histogram()
  for (const value of values) histogram.record(value)
  return histogram
}

test('every whole number lies in its bucket, and a bucket is at most 0.1 % wide', () => {
  const numbers = [0, 1, 1023, 1024, 2047, 2048, 2049, 4095, 4096, 1e6, 4294967296, 1e12 + 7, 2 ** 53 - 1]
  for (const value of [...numbers, ...samples(2000)]) {
    const bucket = bucketOf(value)
    expect(lowOf(bucket)).toBeLessThanOrEqual(value)
    expect(highOf(bucket)).toBeGreaterThanOrEqual(value)
    expect(highOf(bucket) - lowOf(bucket)).toBeLessThanOrEqual(0.001 * value)
  }
})

test('buckets touch: each begins where the one before ends', () => {
  const gaps = Array.from({ length: 45_000 }, (_, bucket) => lowOf(bucket + 1) - highOf(bucket))
  expect(new Set(gaps)).toEqual(new Set([1]))
})

test('percentiles are those of the sorted values, to 0.1 %', () => {
  const values = samples(20_000)
  const histogram = recorded(values)
  const sorted = values.toSorted((one, other) => one - other)
  for (const share of SHARES) {
    const exact = sorted[Math.max(1, Math.ceil(share * values.length)) - 1]
    expect(Math.abs(histogram.percentile(share) - exact)).toBeLessThanOrEqual(0.001 * exact)
  }
})

test('percentiles agree with HdrHistogram at three significant digits', () => {
  const values = samples(20_000)
  const histogram = recorded(values)
  const oracle = build({ highestTrackableValue: 2 ** 40, numberOfSignificantValueDigits: 3 })
  for (const value of values) oracle.recordValue(value)
  for (const share of SHARES.slice(1)) {
    const expected = oracle.getValueAtPercentile(share * 100)
    expect(Math.abs(histogram.percentile(share) - expected)).toBeLessThanOrEqual(0.002 * expected)
  }
  expect(histogram.count).toBe(oracle.totalCount)
})

test('count, mean, least and largest are exact', () => {
  const values = samples(5000)
  const histogram = recorded(values)
  const sum = values.reduce((total, value) => total + value, 0)
  expect(histogram.count).toBe(5000)
  expect(histogram.total()).toBe(sum)
  expect(histogram.mean()).toBe(sum / 5000)
  expect(histogram.min).toBe(Math.min(...values))
  expect(histogram.max).toBe(Math.max(...values))
})

test('the percentile of rank 7 of 100 is the seventh value, whatever rounding makes of 0.07 × 100', () => {
  const histogram = recorded(Array.from({ length: 100 }, (_, i) => i + 1))
  for (let rank = 1; rank <= 100; rank += 1) expect(histogram.percentile(rank / 100)).toBe(rank)
  expect(histogram.percentile(0.071)).toBe(8)
})

test('a percentile is never outside what was recorded', () => {
  const histogram = recorded([1_000_001])
  expect(SHARES.map((share) => histogram.percentile(share))).toEqual(SHARES.map(() => 1_000_001))
  const pair = recorded([1_000_000, 1_000_001, 1_000_002])
  expect(pair.percentile(0.5)).toBeGreaterThanOrEqual(1_000_000)
  expect(pair.percentile(0.5)).toBeLessThanOrEqual(1_000_002)
})

test('nothing is known of an empty histogram', () => {
  const histogram = new Histogram()
  expect([histogram.count, histogram.total()]).toEqual([0, 0])
  for (const value of [histogram.min, histogram.max, histogram.mean(), histogram.percentile(0.5)])
    expect(value).toBeNaN()
  expect([...histogram.buckets()]).toEqual([])
})

test('values out of range are refused', () => {
  const histogram = new Histogram()
  for (const value of [-1, NaN, 2 ** 53 + 2, Infinity]) {
    expect(() => {
      histogram.record(value)
    }).toThrow('a histogram takes 0 to 2^53')
  }
  expect(() => histogram.percentile(1.1)).toThrow(RangeError)
  histogram.record(2 ** 53)
  expect(histogram.max).toBe(2 ** 53)
})

test('two histograms merge into the histogram of all values', () => {
  const values = samples(3000)
  const merged = recorded(values.slice(0, 1000).map((value) => value % 5000))
  merged.merge(recorded(values.slice(1000)))
  const all = recorded([...values.slice(0, 1000).map((value) => value % 5000), ...values.slice(1000)])
  expect([...merged.buckets()]).toEqual([...all.buckets()])
  expect([merged.count, merged.total(), merged.min, merged.max]).toEqual([all.count, all.total(), all.min, all.max])
})

test('merging an empty histogram changes nothing', () => {
  const histogram = recorded([3, 4])
  histogram.merge(new Histogram())
  expect([histogram.count, histogram.min, histogram.max]).toEqual([2, 3, 4])
})

test('buckets are listed rising, without empty ones, and their counts add up', () => {
  const values = samples(1000)
  const buckets = [...recorded(values).buckets()]
  expect(buckets.reduce((sum, bucket) => sum + bucket.count, 0)).toBe(1000)
  expect(buckets.every((bucket, i) => bucket.count > 0 && (i === 0 || bucket.low > buckets[i - 1].high))).toBe(true)
})

test('a histogram is saved as a deep copy, reset and restored', () => {
  const histogram = recorded([10, 20_000, 3_000_000])
  const saved = histogram.save()
  const copy = structuredClone(saved)
  histogram.record(5)
  histogram.reset()
  expect([histogram.count, [...histogram.buckets()].length]).toEqual([0, 0])
  histogram.restore(saved)
  histogram.record(7)
  expect(saved).toEqual(copy)
  expect([histogram.count, histogram.min, histogram.max, histogram.total()]).toEqual([4, 7, 3_000_000, 3_020_017])
})
