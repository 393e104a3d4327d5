import { expect, test } from 'vitest'
import { parseNumber, showNumber, whyNoNumber } from '../../../../src/ui/widgets/number-text'

test('numbers are read as people write them', () => {
  expect(parseNumber('1,000')).toBe(1000)
  expect(parseNumber('1e6')).toBe(1e6)
  expect(parseNumber('20k')).toBe(20000)
  expect(parseNumber('2.5 M')).toBe(2.5e6)
  expect(parseNumber(' .5 ')).toBe(0.5)
  expect(parseNumber('20K')).toBe(20000)
  expect(parseNumber('1,234,567.5')).toBe(1234567.5)
  expect(parseNumber('1 000')).toBe(1000)
  expect(parseNumber('-2E3')).toBe(-2000)
  expect(parseNumber('5m')).toBe(0.005)
})

test('what is no number is not guessed at', () => {
  for (const text of ['', 'abc', '1.2.3', '--1', '1e999', '2,5', '1,0000', '5g', '5U', '5N', '.', 'k'])
    expect(parseNumber(text), text).toBeNull()
})

test('what is refused is told why', () => {
  expect(whyNoNumber('abc')).toContain('“abc” is no number')
  expect(whyNoNumber('2,5')).toContain('two ways')
  expect(whyNoNumber('2.5')).toBe('A whole number is wanted; 2.5 is none.')
  expect(whyNoNumber('1e400')).toContain('larger than any number')
})

test('a shown number reads back the same', () => {
  for (const value of [0, 0.1, 1234567.25, 1e-9, 3e15, -42])
    expect(parseNumber(showNumber(value)), String(value)).toBe(value)
})
