import { expect, test } from 'vitest'
import { meanOf, outcomeOf, outcomesOf } from '../../../../src/simulator/services/outcomes'

const TWO_32 = 4294967296

test('equal numbers are one outcome, with their chances together', () => {
  const outcomes = outcomesOf([300, 100, 300, 200], [1, 2, 1, 4])
  expect([...outcomes.values]).toEqual([100, 200, 300])
  expect([...outcomes.chances]).toEqual([0.25, 0.5, 0.25])
  expect(meanOf([300, 100, 300, 200], [1, 2, 1, 4])).toBe(200)
})

test('what cannot be is left out', () => {
  expect([...outcomesOf([7, 9], [0, 3]).values]).toEqual([9])
})

test('a draw gives each outcome as often as it is likely', () => {
  const outcomes = outcomesOf([100, 200, 300], [1, 2, 1])
  const drawn = Array.from({ length: 1000 }, (_, i) => outcomeOf(outcomes, ((i + 0.5) / 1000) * TWO_32))
  expect([100, 200, 300].map((value) => drawn.filter((one) => one === value).length)).toEqual([250, 500, 250])
  expect(outcomeOf(outcomes, TWO_32 - 1)).toBe(300)
})
