import { expect, test } from 'vitest'
import { bytes, gibibytes, GIB, kibibytes, KIB, mebibytes, MIB } from '../../../src/units/data'

test('binary units are powers of 1024', () => {
  expect(kibibytes(1)).toBe(KIB)
  expect(mebibytes(1)).toBe(MIB)
  expect(gibibytes(0.5)).toBe(GIB / 2)
  expect([KIB, MIB, GIB]).toEqual([1024, 1024 ** 2, 1024 ** 3])
})

test('bytes are whole: a fraction of a KiB goes to the nearest byte', () => {
  expect(kibibytes(0.3)).toBe(307)
})

test('a negative or broken amount is refused with its value', () => {
  expect(() => bytes(-1)).toThrow('bytes are a whole number of 0 or more; got -1')
  expect(() => bytes(1.5)).toThrow(RangeError)
  expect(() => bytes(NaN)).toThrow(RangeError)
})
