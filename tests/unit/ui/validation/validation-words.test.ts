import { describe, expect, test } from 'vitest'
import { allowedHeading, errorText } from '../../../../src/ui/validation/validation-words'
import type { Row } from '../../../../src/validation/validation-case'

const row: Row = {
  label: 'latency',
  unit: 'ns',
  expected: 100,
  simulated: 91,
  low: NaN,
  high: NaN,
  tolerance: 0.1,
  verdict: 'within',
  role: 'parameter',
}
const byInterval: Row = { ...row, tolerance: NaN, low: 90, high: 110 }

describe('how far a value is off', () => {
  test('has as many decimals as tell it from what is allowed', () => {
    expect(errorText(row)).toBe('−9.00 %')
    expect(errorText({ ...row, simulated: 89.98, verdict: 'outside' })).toBe('−10.02 %')
    expect(errorText({ ...row, simulated: 110.0004, verdict: 'outside' })).toBe('+10.0004 %')
    expect(errorText({ ...row, simulated: 80, verdict: 'outside' })).toBe('−20.0 %')
  })
})

describe('the heading of what is allowed', () => {
  test('says where it is an interval of the simulated value', () => {
    expect(allowedHeading([row])).toBe('Allowed')
    expect(allowedHeading([byInterval])).toBe('99.9 % interval')
    expect(allowedHeading([row, byInterval])).toBe('Allowed or 99.9 % interval')
  })
})
