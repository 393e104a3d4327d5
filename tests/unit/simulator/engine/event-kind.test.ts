import { expect, test } from 'vitest'
import * as EventKind from '../../../../src/simulator/engine/event-kind'

test('every kind of event has a number of its own, which fits a byte', () => {
  const numbers = Object.values(EventKind)
  expect(new Set(numbers).size).toBe(numbers.length)
  expect(numbers.every((kind) => Number.isInteger(kind) && kind >= 0 && kind <= 255)).toBe(true)
})
