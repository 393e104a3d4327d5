import { expect, test } from 'vitest'
import { timelineCsv } from '../../../../src/formats/export/timeline-csv'

function lines(filled: number, values: Float64Array, unit = '', joined = 1): readonly string[] {
  const series = [{ scope: 'device', id: 'cpu.0', metric: 'queue', unit, values }]
  return timelineCsv({ bucketPs: 1e9, joined, filled, series }).trimEnd().split('\r\n').slice(1)
}

test('a row stands for one bucket and says when it begins', () => {
  expect(lines(2, Float64Array.of(0.5, 1))).toEqual(['0,device,cpu.0,queue,0.5', '0.001,device,cpu.0,queue,1'])
})

test('buckets in which nothing happened, or that are not simulated yet, have no row', () => {
  expect(lines(2, Float64Array.of(NaN, 1, 7))).toEqual(['0.001,device,cpu.0,queue,1'])
})

test('times in microseconds have six decimals', () => {
  expect(lines(1, Float64Array.of(2.5), 'us')).toEqual(['0,device,cpu.0,queue,2.500000'])
})

test('a row of several buckets is their mean', () => {
  const values = Float64Array.from({ length: 1024 }, (_, i) => i)
  const rows = lines(1024, values, '', 11)
  expect(rows[0]).toBe('0,device,cpu.0,queue,5')
  expect(rows[1]).toBe('0.011,device,cpu.0,queue,16')
  expect(rows.at(-1)).toBe('1.023,device,cpu.0,queue,1023')
})

test('an empty bucket does not pull the mean of its neighbors down', () => {
  const values = Float64Array.from({ length: 200 }, (_, i) => (i % 2 === 0 ? NaN : 4))
  expect(lines(200, values, '', 2)[0]).toBe('0,device,cpu.0,queue,4')
})

test('a percentile is that of all answers of the row, no mean of those of its buckets', () => {
  const values = Float64Array.of(100, 900, 300)
  const series = [{ scope: 'operation', id: 'o', metric: 'p99_us', unit: '', values, rows: Float64Array.of(900, 300) }]
  const rows = timelineCsv({ bucketPs: 1e9, joined: 2, filled: 3, series }).trimEnd().split('\r\n').slice(1)
  expect(rows).toEqual(['0,operation,o,p99_us,900', '0.002,operation,o,p99_us,300'])
})
