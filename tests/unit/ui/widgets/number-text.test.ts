import { expect, test } from 'vitest'
import { parseNumber, showNumber } from '../../../../src/ui/widgets/number-text'

test('numbers are read as people write them', () => {
  expect(parseNumber('1,000')).toBe(1000)
  expect(parseNumber('1e6')).toBe(1e6)
  expect(parseNumber('20k')).toBe(20000)
  expect(parseNumber('2.5 M')).toBe(2.5e6)
  expect(parseNumber(' .5 ')).toBe(0.5)
})

test('what is no number is not guessed at', () => {
  for (const text of ['', 'abc', '1.2.3', '--1', '1e999']) expect(parseNumber(text), text).toBeNull()
})

test('a shown number reads back the same', () => {
  for (const value of [0, 0.1, 1234567.25, 1e-9, 3e15, -42])
    expect(parseNumber(showNumber(value)), String(value)).toBe(value)
})
