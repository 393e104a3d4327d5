import { expect, test } from 'vitest'
import { levelShares, type Spread } from '../../../src/simulator/level-shares'

const shares = (spreads: readonly Spread[], base: readonly number[], capacity: readonly number[]) =>
  levelShares(spreads, Float64Array.from(base), Float64Array.from(capacity)).map((list) =>
    list.map((share) => Number(share.toFixed(6))),
  )

test('a device takes the more the more it can do, and the less the more it has to do', () => {
  expect(shares([{ devices: [0, 1], work: [4, 4] }], [0, 0], [8, 2])).toEqual([[0.8, 0.2]])
  expect(shares([{ devices: [0, 1], work: [4, 8] }], [0, 0], [1, 1])).toEqual([[0.666667, 0.333333]])
  expect(shares([{ devices: [0, 1], work: [1, 1] }], [0.5, 0], [1, 1])).toEqual([[0.25, 0.75]])
  expect(shares([{ devices: [0, 1], work: [1, 1] }], [3, 0], [1, 1])).toEqual([[0, 1]])
})

test('a service that has a choice leaves room to one that has none', () => {
  const spreads = [
    { devices: [0, 1], work: [1, 1] },
    { devices: [0], work: [0.5] },
  ]
  expect(shares(spreads, [0, 0], [1, 1])).toEqual([[0.25, 0.75], [1]])
})

test('what is no work anywhere is spread evenly', () => {
  expect(shares([{ devices: [0, 1], work: [0, 0] }], [0, 0], [1, 1])).toEqual([[0.5, 0.5]])
})
