import { expect, test } from 'vitest'
import { ExactSum } from '../../../../src/simulator/statistics/exact-sum'

test('a sum past 2^53 loses no picosecond', () => {
  const sum = new ExactSum()
  let exact = 0n
  for (let i = 0; i < 10_000; i += 1) {
    const x = 9e15 - ((i * 7919) % 1_000_003)
    sum.add(x)
    exact += BigInt(x)
  }
  expect(sum.value()).toBe(Number(exact))
  expect(sum.mean(10_000)).toBeCloseTo(Number(exact / 10_000n), -1)
  const [low, high] = sum.save()
  expect(BigInt(high) * 2n ** 52n + BigInt(low)).toBe(exact)
})

test('the largest term, 2^53, and 1 are both kept', () => {
  const sum = new ExactSum()
  sum.add(2 ** 53)
  sum.add(1)
  sum.add(1)
  expect(sum.value()).toBe(2 ** 53 + 2)
})

test('two sums add up to one', () => {
  const one = new ExactSum()
  const other = new ExactSum()
  for (let i = 0; i < 3; i += 1) {
    one.add(2 ** 52 - 1)
    other.add(2 ** 52 + 3)
  }
  one.addSum(other)
  expect(one.value()).toBe(3 * 2 ** 53 + 6)
})

test('the mean of nothing is unknown', () => {
  expect(new ExactSum().mean(0)).toBeNaN()
})

test('a sum is saved, reset and restored', () => {
  const sum = new ExactSum()
  sum.add(5)
  const saved = sum.save()
  sum.add(6)
  sum.reset()
  expect(sum.value()).toBe(0)
  sum.restore(saved)
  sum.add(1)
  expect([sum.value(), saved[0]]).toEqual([6, 5])
})
