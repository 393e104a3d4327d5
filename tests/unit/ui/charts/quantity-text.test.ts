import { expect, test } from 'vitest'
import { unitOf } from '../../../../src/ui/charts/quantity-text'

test('durations that stand together have one unit', () => {
  const { unit, text } = unitOf(3.63e12)
  expect([unit, text(3.63e6), text(866_613)]).toEqual(['s', '3.63', '0.867'])
})

test('an unknown duration has µs', () => {
  const { unit, text } = unitOf(NaN)
  expect([unit, text(12)]).toEqual(['µs', '12.0'])
})
