import { expect, test } from 'vitest'
import { exp, expm1, ln, log1p, pow } from '../../../../src/simulator/engine/exact-math'
import { nextUniform32 } from '../../../../src/simulator/engine/random'

const real = new Float64Array(1)
const bits = new BigInt64Array(real.buffer)

function bitsOf(x: number): bigint {
  real[0] = x
  return bits[0]
}

/** How many doubles apart two numbers of the same sign are. */
function ulps(one: number, other: number): number {
  if (Object.is(one, other) || (one === 0 && other === 0)) return 0
  const apart = bitsOf(one) - bitsOf(other)
  return Number(apart < 0n ? -apart : apart)
}

/** The largest distance, in ulps, over 20,000 arguments that `draw` makes of uniform numbers. */
function worst(
  draw: (u: () => number) => readonly [number, number],
  ours: (x: number, y: number) => number,
  theirs: (x: number, y: number) => number,
): number {
  const state = Int32Array.of(11, 22, 33, 44)
  const uniform = (): number => nextUniform32(state) / 4294967296
  let largest = 0
  for (let i = 0; i < 20_000; i += 1) {
    const [x, y] = draw(uniform)
    largest = Math.max(largest, ulps(ours(x, y), theirs(x, y)))
  }
  return largest
}

test('ln is the logarithm, to 1 ulp, over all magnitudes and near 1', () => {
  expect(worst((u) => [Math.exp((u() - 0.5) * 1400), 0], ln, Math.log)).toBeLessThanOrEqual(1)
  expect(worst((u) => [0.7 + 0.7 * u(), 0], ln, Math.log)).toBeLessThanOrEqual(1)
  expect(worst((u) => [u() * 1e-310, 0], ln, Math.log)).toBeLessThanOrEqual(1)
})

test('exp is the exponential, to 1 ulp, down to the subnormal numbers', () => {
  expect(worst((u) => [(u() - 0.5) * 1400, 0], exp, Math.exp)).toBeLessThanOrEqual(1)
  expect(worst((u) => [(u() - 0.5) * 1e-3, 0], exp, Math.exp)).toBeLessThanOrEqual(1)
  expect(worst((u) => [-708 - 37 * u(), 0], exp, Math.exp)).toBeLessThanOrEqual(1)
})

test('pow is the power, to 2 ulp, however large or small it is', () => {
  expect(worst((u) => [10 * u(), (u() - 0.5) * 600], pow, Math.pow)).toBeLessThanOrEqual(2)
  expect(worst((u) => [0.9 + 0.2 * u(), (u() - 0.5) * 6000], pow, Math.pow)).toBeLessThanOrEqual(2)
  expect(worst((u) => [1e6 * u(), -2 * u()], pow, Math.pow)).toBeLessThanOrEqual(2)
})

test('expm1 and log1p keep their digits near 0', () => {
  const small = (u: () => number): readonly [number, number] => [(u() - 0.5) * Math.exp(-30 * u()), 0]
  expect(worst(small, expm1, Math.expm1)).toBeLessThanOrEqual(4)
  expect(worst(small, log1p, Math.log1p)).toBeLessThanOrEqual(4)
  expect(expm1(1e-300)).toBe(1e-300)
  expect(log1p(1e-300)).toBe(1e-300)
})

test('whole powers that a double holds are exact', () => {
  expect([pow(2, 10), pow(10, 15), pow(9, 0.5), pow(1.5, 3), pow(2, -1074)]).toEqual([1024, 1e15, 3, 3.375, 5e-324])
  expect([exp(0), ln(1)]).toEqual([1, 0])
})

test('the ends of the number line are as in the language', () => {
  for (const x of [0, -1, NaN, Infinity, 5e-324, 1.7976931348623157e308]) expect(ln(x)).toBe(Math.log(x))
  for (const x of [710, -746, NaN, Infinity, -Infinity, 709.7827])
    expect(ulps(exp(x), Math.exp(x))).toBeLessThanOrEqual(1)
  for (const x of [-Infinity, Infinity, -50, 800]) expect(expm1(x)).toBe(Math.expm1(x))
  for (const x of [0, 0.5, 1, 2, Infinity, NaN]) {
    for (const y of [0, 1, -1, Infinity, -Infinity, 5000, -5000, NaN]) {
      if (x === 1) expect(pow(x, y)).toBe(1)
      else expect(pow(x, y)).toBe(Math.pow(x, y))
    }
  }
})

test('a power of a negative base is refused', () => {
  expect(() => pow(-1, 2)).toThrow('pow takes a base of 0 or more; got -1')
})

test('the last bits are fixed: these digests hold on every engine', () => {
  const state = Int32Array.of(1, 2, 3, 4)
  let digest = 0
  const add = (x: number): void => {
    real[0] = x
    const words = new Int32Array(real.buffer)
    digest = (Math.imul(digest ^ words[0], 16777619) ^ words[1]) | 0
  }
  for (let i = 0; i < 10_000; i += 1) {
    const u = (nextUniform32(state) + 0.5) / 4294967296
    add(ln(u))
    add(exp((u - 0.5) * 100))
    add(pow(u, 2.5))
    add(expm1(u - 0.5))
    add(log1p(u))
  }
  expect(digest).toBe(1753936354)
})
