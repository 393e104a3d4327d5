import { expect, test } from 'vitest'
import { energyJoules } from '../../../src/units/power'
import { seconds } from '../../../src/units/time'

test('an idle device draws its idle power, a busy one its busy power, and between them it is a straight line', () => {
  expect(energyJoules(60, 220, 0, seconds(1))).toBe(60)
  expect(energyJoules(60, 220, 1, seconds(2))).toBe(440)
  expect(energyJoules(60, 220, 0.25, seconds(1))).toBe(100)
})
