import { describe, expect, test } from 'vitest'
import { hitRatio } from '../../src/simulator/services/locality'
import { Part } from '../../src/simulator/services/cpi-stack'
import type { Run } from '../../src/simulator/run'
import { constant, cpuPool, finishedRun, scenarioOf, trace, type Fields } from '../support/scenarios'

/** Where misses go, and what that costs, against closed forms. */

interface Rack {
  readonly service: Fields
  readonly step: Fields
  readonly cpu?: Fields
  readonly cores?: number
  readonly memories?: readonly Fields[]
  readonly requests?: number
  readonly fidelity?: string
}

function runOf({ service, step, cpu, cores = 1, memories = [{}], requests = 1, fidelity = 'burst' }: Rack): Run {
  const pools = memories.map((spec, i) => ({ id: `mem${i}`, kind: 'memory', spec: { slabMiB: 1, ...spec } }))
  return finishedRun(
    scenarioOf({
      nodes: [
        cpuPool('cpu', 1, cores, { baseCpi: 1, ...cpu }),
        ...pools,
        { id: 'tor', kind: 'switch', spec: { latencyNs: 0 } },
      ],
      links: ['cpu', ...pools.map((pool) => pool.id)].map((from) => ({
        id: from,
        from,
        to: 'tor',
        protocol: 'ideal',
        propagationNs: 0,
      })),
      services: [{ id: 's', operations: [{ id: 'o', steps: [step] }], ...service }],
      sources: [
        trace(
          's.o',
          Array.from({ length: requests }, () => 0),
        ),
      ],
      run: { fidelity },
    }),
  )
}

describe('hit ratios', () => {
  const pages = 16_384 // 64 MiB
  const harmonic = (n: number, a: number): number => {
    let sum = 0
    for (let k = n; k >= 1; k -= 1) sum += k ** -a
    return sum
  }
  const models: readonly (readonly [Fields, number, number])[] = [
    [{ model: 'uniform' }, 0.3, 0.3],
    [{ model: 'zipf', exponent: 0.9 }, 0.25, harmonic(pages / 4, 0.9) / harmonic(pages, 0.9)],
    [{ model: 'zipf', exponent: 1 }, 0.5, harmonic(pages / 2, 1) / harmonic(pages, 1)],
    [{ model: 'zipf', exponent: 1.2 }, 0.1, harmonic(Math.floor(pages / 10), 1.2) / harmonic(pages, 1.2)],
    [{ model: 'curve', points: [[0.2, 0.6], [0.6, 0.9]] }, 0.4, 0.75], // prettier-ignore
  ]

  test.each(models)('%j at a local share of %d', (locality, share, expected) => {
    expect(hitRatio(locality as never, share, 64 * 1048576)).toBeCloseTo(expected, 7)
  })

  test.each(['line', 'burst', 'fluid'])('misses are counted by where they were served, %s', (fidelity) => {
    const run = runOf({
      service: { footprintMiB: 64, localShare: 0.25, locality: { model: 'zipf', exponent: 0.9 } },
      step: { do: 'compute', instructions: constant(1_000_000), missesPerKiloInstruction: 20 },
      fidelity,
    })
    const near = run.machine.stack.column(Part.nearMisses)[0]
    const far = run.machine.stack.column(Part.farMisses)[0]
    const expected = models[1][2]
    expect(near + far).toBe(20_000)
    expect(run.machine.memory.served[1]).toBe(far)
    expect(Math.abs(near / 20_000 - expected)).toBeLessThan(4 * Math.sqrt((expected * (1 - expected)) / 20_000))
  })
})

describe('far tiers slow down by the share of misses that are far times what they take longer (B18)', () => {
  const tiers: readonly (readonly [number, number, number])[] = [
    [0.3, 78, 142],
    [0.3, 115, 255],
    [0.125, 111, 394],
  ]

  test.each(tiers.flatMap((tier) => ['line', 'burst', 'fluid'].map((fidelity) => [...tier, fidelity] as const)))(
    '%d of the misses far, %d against %d ns, %s',
    (far, localNs, farNs, fidelity) => {
      const time = (localShare: number): number =>
        runOf({
          service: { footprintMiB: 64, localShare },
          // All time is spent in misses, one at a time: an instruction takes a picosecond.
          step: { do: 'compute', instructions: constant(40_000_000), missesPerKiloInstruction: 1 },
          cpu: { memoryParallelism: 1, localLatencyNs: localNs },
          memories: [
            { controllerNs: farNs - 1, rowHitNs: 0, rowMissNs: 0, rowConflictNs: 0, channelBandwidthGBps: 64 },
          ],
          fidelity,
        }).machine.measures.requests.latency.mean()
      const misses = 40_000
      const computing = 40_000_000
      const slowdown = (time(1 - far) - computing) / (time(1) - computing) - 1
      const expected = far * (farNs / localNs - 1)
      // Three standard deviations of the share of far misses.
      const scatter = 3 * Math.sqrt((far * (1 - far)) / misses) * (farNs / localNs - 1)
      expect(Math.abs(slowdown - expected)).toBeLessThan(scatter)
    },
  )
})

describe('two pools interleaved by slabs have the bandwidth of the one that is full first (B19)', () => {
  const pairs: readonly (readonly [number, number, number])[] = [
    [38.4, 17.8, 0.5],
    [38.4, 17.8, 19 / 60], // near the best share, 0.3167
    [200, 24, 6 / 60],
  ]

  test.each(pairs)('%d and %d GB/s, a share of %d on the second', (first, second, share) => {
    const onSecond = Math.round(60 * share)
    const pool = (bandwidth: number, slabs: number): Fields => ({
      capacityGiB: slabs / 1024,
      channels: 1,
      channelBandwidthGBps: bandwidth,
      banksPerChannel: 1024,
      controllerNs: 20,
    })
    const bytes = 256_000
    const run = runOf({
      service: { footprintMiB: 60, localShare: 0 },
      step: { do: 'memory', access: 'read', bytes },
      cpu: { memoryParallelism: 64 },
      cores: 32,
      requests: 32,
      memories: [pool(first, 60 - onSecond), pool(second, onSecond)],
    })
    const seconds = run.machine.measures.requests.latency.max / 1e12
    const expected = Math.min(first / (1 - share), second / share)
    expect((32 * bytes) / seconds / 1e9).toBeLessThanOrEqual(expected * 1.001)
    expect((32 * bytes) / seconds / 1e9).toBeGreaterThan(expected * 0.93)
  })
})
