import { expect, test } from 'vitest'
import { momentPs, momentText } from '../../../src/share/moment'

test.each([
  ['412.31ms', 412_310_000_000],
  ['1.5s', 1_500_000_000_000],
  ['90ns', 90_000],
  ['2us', 2_000_000],
  ['2µs', 2_000_000],
  ['7ps', 7],
  ['0ms', 0],
  ['0.000000001ms', 1],
])('%s is %d ps', (text, ps) => {
  expect(momentPs(text)).toBe(ps)
})

test.each(['', '5', 'ms', '-1ms', '1e3ms', '0.5ps', '9999999999999s', '1 ms'])('%j is no moment', (text) => {
  expect(momentPs(text)).toBeNull()
})

test('a moment is written exactly, to the picosecond', () => {
  for (const ps of [0, 1, 999, 1e9, 412_310_000_000, 123_456_789_012_345, Number.MAX_SAFE_INTEGER]) {
    expect(momentPs(momentText(ps))).toBe(ps)
  }
  expect(momentText(412_310_000_000)).toBe('412.31ms')
})
