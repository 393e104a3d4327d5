import { expect, test } from 'vitest'
import {
  deriveSeed,
  hashString32,
  mix32,
  nextUniform32,
  RandomStreams,
  seedSmall,
} from '../../../../src/simulator/engine/random'

test('a draw depends on its address and on nothing that was drawn before', () => {
  const busy = new RandomStreams(1)
  for (const name of ['a', 'b', 'c']) busy.uniform(busy.key(name), 9, 8, 7, 6)
  const fresh = new RandomStreams(1)
  expect(busy.uniform(busy.key('work'), 1, 2, 3, 4)).toBe(fresh.uniform(fresh.key('work'), 1, 2, 3, 4))
})

test('another seed, another name or another counter gives another number', () => {
  const draw = (seed: number, name: string, c0: number, c1: number, c2: number, c3: number): number => {
    const streams = new RandomStreams(seed)
    return streams.uniform(streams.key(name), c0, c1, c2, c3)
  }
  const draws = [
    draw(1, 'kv.get', 0, 0, 0, 0),
    draw(2, 'kv.get', 0, 0, 0, 0),
    draw(1 + 2 ** 32, 'kv.get', 0, 0, 0, 0),
    draw(1, 'kv.put', 0, 0, 0, 0),
    draw(1, 'kv.ge', 0, 0, 0, 0),
    draw(1, '', 0, 0, 0, 0),
    draw(1, 'kv.get', 1, 0, 0, 0),
    draw(1, 'kv.get', 0, 1, 0, 0),
    draw(1, 'kv.get', 0, 0, 1, 0),
    draw(1, 'kv.get', 0, 0, 0, 1),
  ]
  expect(new Set(draws).size).toBe(draws.length)
})

test('the same name has the same handle, and a thousand names have a thousand keys', () => {
  const streams = new RandomStreams(5)
  const names = Array.from({ length: 1000 }, (_, i) => `service-${i}`)
  const handles = names.map((name) => streams.key(name))
  expect(names.map((name) => streams.key(name))).toEqual(handles)
  const first = handles.map((handle) => {
    streams.block(handle, 0, 0, 0, 0)
    return `${streams.out[0]} ${streams.out[1]}`
  })
  expect(new Set(first).size).toBe(1000)
})

test('uniform numbers fill 100 cells evenly', () => {
  const streams = new RandomStreams(42)
  const key = streams.key('even')
  const cells = new Float64Array(100)
  for (let i = 0; i < 100_000; i += 1) cells[Math.floor(streams.uniform(key, i, 0, 0, 0) * 100)] += 1
  const chiSquare = cells.reduce((sum, n) => sum + (n - 1000) ** 2 / 1000, 0)
  expect(chiSquare).toBeGreaterThan(54) // 0.01 % and 99.99 % quantiles of chi-square with 99 degrees of freedom
  expect(chiSquare).toBeLessThan(158)
})

test('replication 0 has the seed itself, every other one a seed of its own', () => {
  expect(deriveSeed(17, 0)).toBe(17)
  const seeds = Array.from({ length: 1000 }, (_, r) => deriveSeed(17, r))
  expect(new Set(seeds).size).toBe(1000)
  expect(seeds.every((seed) => Number.isSafeInteger(seed) && seed >= 0)).toBe(true)
  expect(deriveSeed(18, 1)).not.toBe(deriveSeed(17, 1))
})

test('a seed that is no whole number below 2^53 is refused', () => {
  for (const seed of [-1, 0.5, NaN, 2 ** 53]) expect(() => new RandomStreams(seed)).toThrow('a seed is a whole number')
})

test('texts and pairs are hashed to 32 bits, by every unit and by order', () => {
  const texts = ['', 'a', 'b', 'ab', 'ba', 'cpu.0', 'cpu.1', 'µ', '\u{1f600}']
  expect(new Set(texts.map(hashString32)).size).toBe(texts.length)
  expect(mix32(1, 2)).not.toBe(mix32(2, 1))
  const pairs = Array.from({ length: 10_000 }, (_, i) => mix32(Math.floor(i / 100), i % 100))
  expect(new Set(pairs).size).toBe(pairs.length)
  expect(pairs.every((hash) => (hash | 0) === hash)).toBe(true)
})

test('a small generator repeats from the same block and gives 32 even bits', () => {
  const streams = new RandomStreams(3)
  streams.block(streams.key('small'), 1, 2, 3, 4)
  const one = new Int32Array(4)
  const other = new Int32Array(4)
  seedSmall(one, streams.out)
  seedSmall(other, streams.out)
  const words = Array.from({ length: 20_000 }, () => nextUniform32(one))
  expect(Array.from({ length: 20_000 }, () => nextUniform32(other))).toEqual(words)
  const ones = new Float64Array(32)
  for (const word of words) for (let bit = 0; bit < 32; bit += 1) ones[bit] += (word >>> bit) & 1
  const sigma = Math.sqrt(20_000 / 4)
  for (const count of ones) expect(Math.abs(count - 10_000)).toBeLessThan(5 * sigma)
})
