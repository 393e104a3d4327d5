import { afterEach, expect, test, vi } from 'vitest'
import { philoxInScript, unitInterval, type Philox } from '../../../../src/simulator/engine/philox'
import { philoxModule } from '../../../../src/simulator/engine/philox-module'

const generators = { script: philoxInScript(), module: philoxModule() }

type Address = readonly [number, number, number, number, number, number]

/** What a generator makes of keys and counters: the words, then the number. */
function drawn(philox: Philox, address: Address): number[] {
  const number = philox.draw(...address)
  return [...philox.out, number]
}

afterEach(() => {
  vi.unstubAllGlobals()
})

test.each(Object.entries(generators))('Philox4x32-10 gives the published known answers: %s', (_, philox) => {
  if (philox === null) throw new Error('this host has no WebAssembly')
  const block = (...address: Address): number[] => drawn(philox, address).slice(0, 4)
  // Random123, tests/kat_vectors
  expect(block(0, 0, 0, 0, 0, 0)).toEqual([0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8])
  expect(block(-1, -1, -1, -1, -1, -1)).toEqual([0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd])
  expect(block(0xa4093822, 0x299f31d0, 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344)).toEqual([
    0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1,
  ])
})

test('module and script agree to the last bit, also on counters past 2^32', () => {
  const { script, module } = generators
  if (module === null) throw new Error('this host has no WebAssembly')
  for (let i = 0; i < 20_000; i += 1) {
    const address: Address = [Math.imul(i, 0x9e3779b9), i, i * 3_000_001, -i, i & 7, 2 ** 31 + i]
    expect(drawn(module, address)).toEqual(drawn(script, address))
  }
})

test('where the host has no WebAssembly, or forbids it, there is no module', () => {
  vi.stubGlobal('WebAssembly', undefined)
  expect(philoxModule()).toBeNull()
  const forbids = vi.fn(() => {
    throw new EvalError('Refused to compile or instantiate WebAssembly module')
  })
  vi.stubGlobal('WebAssembly', { Module: forbids, Instance: forbids })
  expect(philoxModule()).toBeNull()
})

test('a number of two words is never 0 or 1', () => {
  expect(unitInterval(0, 0)).toBe(2 ** -53)
  expect(unitInterval(-1, -1)).toBe(1 - 2 ** -53)
  expect(unitInterval(0x80000000, 0)).toBe(0.5 + 2 ** -53)
})
