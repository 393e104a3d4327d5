import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { memoryPolicies } from '../../../../src/simulator/policies/memory'
import { bestFit } from '../../../../src/simulator/policies/memory/best-fit'
import { firstFit } from '../../../../src/simulator/policies/memory/first-fit'
import { interleave } from '../../../../src/simulator/policies/memory/interleave'
import type { MemoryCandidate, MemoryPolicy } from '../../../../src/simulator/policies/memory/memory-policy'
import { nearest } from '../../../../src/simulator/policies/memory/nearest'
import { spread } from '../../../../src/simulator/policies/memory/spread'

function device(freeSlabs: number, rest: Partial<MemoryCandidate> = {}): MemoryCandidate {
  return { name: 'mem', freeSlabs, slabBytes: 100, latencyNs: 500, bandwidthGBps: 40, ...rest }
}

const named = (...devices: readonly MemoryCandidate[]): readonly MemoryCandidate[] =>
  devices.map((each, i) => ({ ...each, name: `mem.${i}` }))

const ask = (bytes: number) => ({ instance: 'kv.0', from: 'cpu.0', bytes })
const slabsOf = (policy: MemoryPolicy, bytes: number, pools: readonly MemoryCandidate[]) =>
  policy.allocate(ask(bytes), pools)?.slabs ?? null

describe('one after another', () => {
  const pools = named(device(2), device(5))

  test('first-fit fills the first device before the next, in whole slabs', () => {
    expect(slabsOf(firstFit, 101, pools)).toEqual([2, 0])
    expect(slabsOf(firstFit, 250, pools)).toEqual([2, 1])
    expect(slabsOf(firstFit, 700, pools)).toEqual([2, 5])
  })

  test('best-fit leaves large free pieces whole, and splits only what no device holds', () => {
    const three = named(device(5), device(3), device(9))
    expect(slabsOf(bestFit, 250, three)).toEqual([0, 3, 0])
    expect(slabsOf(bestFit, 350, three)).toEqual([4, 0, 0])
    expect(slabsOf(bestFit, 1000, three)).toEqual([1, 0, 9])
    expect(slabsOf(bestFit, 100, named(device(3), device(3)))).toEqual([1, 0])
    expect(bestFit.allocate(ask(350), three)!.reason).toBe('least left over: 1 free slabs of mem.0')
  })

  test('nearest goes by idle latency, then by free memory, and says how far the rest is', () => {
    const near = named(device(2, { latencyNs: 900 }), device(2, { latencyNs: 300 }), device(4, { latencyNs: 900 }))
    expect(slabsOf(nearest, 200, near)).toEqual([0, 2, 0])
    expect(slabsOf(nearest, 500, near)).toEqual([0, 2, 3])
    expect(nearest.allocate(ask(500), near)!.reason).toBe(
      'nearest to cpu.0: mem.1 at 300 ns; the rest on mem.2 at 900 ns',
    )
  })
})

describe('slab by slab', () => {
  test('spread takes each slab from the device with most left', () => {
    expect(slabsOf(spread, 400, named(device(2), device(5)))).toEqual([1, 3])
  })

  test('interleave goes by bandwidth, within what is free', () => {
    const two = named(device(90, { bandwidthGBps: 20 }), device(90, { bandwidthGBps: 40 }))
    expect(slabsOf(interleave, 300, two)).toEqual([1, 2])
    expect(slabsOf(interleave, 9000, two)).toEqual([30, 60])
    expect(slabsOf(interleave, 100, two)).toEqual([0, 1])
    expect(slabsOf(interleave, 400, named(device(1, { bandwidthGBps: 80 }), device(9)))).toEqual([1, 3])
  })

  test('interleave reads all of it as soon as whole slabs allow: no other deal is better', () => {
    const bandwidth = fc.integer({ min: 1, max: 50 })
    const pool = fc.record({ free: fc.integer({ min: 0, max: 6 }), bandwidth })
    fc.assert(
      fc.property(fc.tuple(pool, pool, pool), fc.integer({ min: 1, max: 12 }), (each, count) => {
        const pools = named(...each.map(({ free, bandwidth: gbps }) => device(free, { bandwidthGBps: gbps })))
        const time = (slabs: readonly number[]) => Math.max(...slabs.map((n, i) => n / pools[i].bandwidthGBps))
        const slabs = slabsOf(interleave, count * 100, pools)
        let best = Infinity
        for (let a = 0; a <= pools[0].freeSlabs; a += 1)
          for (let b = 0; b <= pools[1].freeSlabs; b += 1) {
            const c = count - a - b
            if (c >= 0 && c <= pools[2].freeSlabs) best = Math.min(best, time([a, b, c]))
          }
        if (slabs === null) expect(best).toBe(Infinity)
        else expect(time(slabs)).toBe(best)
      }),
    )
  })
})

describe.each(memoryPolicies.map((policy) => ({ name: policy.name, policy })))('$name', ({ policy }) => {
  const pools = fc.array(
    fc.record({
      freeSlabs: fc.integer({ min: 0, max: 20 }),
      slabBytes: fc.constantFrom(64, 100, 1000),
      latencyNs: fc.integer({ min: 1, max: 2000 }),
      bandwidthGBps: fc.integer({ min: 1, max: 400 }),
    }),
    { maxLength: 5 },
  )

  test('gives enough whole free slabs whenever there are enough, and none too many', () => {
    fc.assert(
      fc.property(pools, fc.integer({ min: 1, max: 20_000 }), (drawn, bytes) => {
        const candidates = named(...drawn.map((each) => device(0, each)))
        const free = candidates.reduce((sum, { freeSlabs, slabBytes }) => sum + freeSlabs * slabBytes, 0)
        const choice = policy.allocate(ask(bytes), candidates)
        if (choice === null) {
          expect(free).toBeLessThan(bytes)
          return
        }
        const given = candidates.map(({ slabBytes }, i) => choice.slabs[i] * slabBytes)
        const sum = given.reduce((total, each) => total + each, 0)
        const largest = Math.max(...candidates.map(({ slabBytes }, i) => (choice.slabs[i] > 0 ? slabBytes : 0)))
        expect(choice.slabs.every((count, i) => count >= 0 && count <= candidates[i].freeSlabs)).toBe(true)
        expect(sum).toBeGreaterThanOrEqual(bytes)
        expect(sum - largest).toBeLessThan(bytes)
        expect(choice.reason).not.toBe('')
      }),
    )
  })
})
