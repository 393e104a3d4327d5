import { expect, test } from 'vitest'
import { serializationPs, transferPs } from '../../../src/units/rate'

test('a wire takes 8 bits a byte: 68 bytes at 256 Gb/s are 2,125 ps', () => {
  expect(serializationPs(68, 256)).toBe(2125)
  expect(serializationPs(4178, 100)).toBe(334_240)
})

test('a serialization is rounded half up to whole picoseconds', () => {
  expect(serializationPs(1, 16000)).toBe(1) // 0.5 ps
  expect(serializationPs(64, 300)).toBe(1707) // 1,706.67 ps
  expect(serializationPs(1, 17000)).toBe(0) // 0.47 ps
})

test('an unlimited wire and an empty packet take no time', () => {
  expect(serializationPs(4096, Infinity)).toBe(0)
  expect(serializationPs(0, 100)).toBe(0)
})

test('a memory channel of 38.4 GB/s moves a line in 1,667 ps', () => {
  expect(transferPs(64, 38.4)).toBe(1667)
  expect(transferPs(64, Infinity)).toBe(0)
})
