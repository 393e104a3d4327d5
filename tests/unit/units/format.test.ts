import { expect, test } from 'vitest'
import {
  formatBandwidth,
  formatBytes,
  formatCount,
  formatDuration,
  formatInstant,
  formatPercent,
  formatRate,
} from '../../../src/units/format'
import { GIB, MIB } from '../../../src/units/data'

/** Texts with plain spaces, to compare with what a person reads. */
const plain = (text: string): string => text.replaceAll('\u00a0', ' ')

test('number and unit are kept on one line by a non-breaking space', () => {
  expect(formatDuration(41.2e6)).toBe('41.2\u00a0µs')
  expect(formatPercent(0.5)).toBe('50\u00a0%')
})

test('a duration has three significant digits in the unit that fits', () => {
  const texts = [0, 7, 999, 1000, 41.23e6, 999.96e6, 2.1e9, 57.9e9, 412.4e9, 1.5e12, 7200e12].map(formatDuration)
  expect(texts.map(plain)).toEqual([
    '0 ps',
    '7 ps',
    '999 ps',
    '1 ns',
    '41.2 µs',
    '1 ms',
    '2.1 ms',
    '57.9 ms',
    '412 ms',
    '1.5 s',
    '7200 s',
  ])
})

test('an instant of a run is shown to the microsecond', () => {
  expect(plain(formatInstant(470e9))).toBe('470.000 ms')
  expect(plain(formatInstant(412.31e9))).toBe('412.310 ms')
})

test('bytes are shown in binary units with one decimal', () => {
  const texts = [0, 640, 1024, 256 * MIB, 1024 * 1024 - 1, 64 * GIB, 3 * 1024 * GIB].map(formatBytes)
  expect(texts.map(plain)).toEqual(['0 B', '640 B', '1.0 KiB', '256.0 MiB', '1.0 MiB', '64.0 GiB', '3.0 TiB'])
})

test('rates are shown in decimal units', () => {
  expect([100_000, 16_000, 979, 0.5, 1.25e6].map(formatRate).map(plain)).toEqual([
    '100 k/s',
    '16 k/s',
    '979 /s',
    '0.5 /s',
    '1.25 M/s',
  ])
  expect(plain(formatBandwidth(38.4e9))).toBe('38.4 GB/s')
})

test('a share is shown in percent, with a decimal only where it has one', () => {
  expect([0, 0.184, 0.94, 0.9999, 1].map(formatPercent).map(plain)).toEqual(['0 %', '18.4 %', '94 %', '100 %', '100 %'])
})

test('a count has commas', () => {
  expect([0, 999, 1000, 1234567, -12345].map(formatCount)).toEqual(['0', '999', '1,000', '1,234,567', '-12,345'])
})

test('what is not applicable is shown as a dash', () => {
  const formats = [formatDuration, formatInstant, formatBytes, formatRate, formatBandwidth, formatPercent, formatCount]
  expect(formats.map((format) => format(NaN))).toEqual(formats.map(() => '–'))
})
