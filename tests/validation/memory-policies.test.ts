import fc from 'fast-check'
import { expect, test } from 'vitest'
import { outcomeOf } from '../../src/simulator/outcome'
import { createRun, type Run } from '../../src/simulator/run'
import { constant, finishedRun, scenarioOf, type Fields } from '../support/scenarios'

/** Requests of 4,000 remote misses each and nothing else, from many cores to two memory devices of 1 and 2 GB/s, or both of 1. */
function scans(use: string, secondGBps: number) {
  const pool = (id: string, channelBandwidthGBps: number): Fields => ({
    id,
    kind: 'memory',
    spec: { capacityGiB: 16, slabMiB: 1024, channels: 1, channelBandwidthGBps, banksPerChannel: 64, turnaroundNs: 0 },
  })
  const link = (to: string): Fields => ({
    id: to,
    from: 'cpu',
    to,
    protocol: 'ideal',
    bandwidthGbps: null,
    propagationNs: 10,
  })
  return scenarioOf({
    nodes: [
      { id: 'cpu', kind: 'cpu', spec: { cores: 32, memoryParallelism: 16 } },
      pool('one', 1),
      pool('two', secondGBps),
    ],
    links: [link('one'), link('two')],
    services: [
      {
        id: 's',
        footprintMiB: 6144,
        localShare: 0,
        operations: [
          { id: 'o', steps: [{ do: 'compute', instructions: constant(4000), missesPerKiloInstruction: 1000 }] },
        ],
      },
    ],
    sources: [{ id: 'users', entry: 's.o', arrivals: { process: 'closed', users: 32, thinkTimeNs: constant(0) } }],
    policies: { memory: { use } },
    run: { seed: 7, warmupSeconds: 0.01, durationSeconds: 0.04, fidelity: 'line' },
  })
}

/** By the lines served in the window: of whole requests those that are begun before it do not count in it. */
const perSecond = (use: string, secondGBps: number): number => {
  const { devices } = outcomeOf(finishedRun(scans(use, secondGBps)))
  const lines = devices.reduce((sum, { kind, completed }) => sum + (kind === 'memory' ? completed : 0), 0)
  return lines / 4000 / 0.04
}

/** Bandwidth over the bytes of a request. */
const bound = (gbps: number): number => (gbps * 1e9) / (4000 * 64)

// Tolerance, set before the first run: 3 % of the bandwidth bound, for lines fall on devices at random.
test('interleaving over two equal devices doubles what one does, and each comes to its bandwidth bound', () => {
  expect(Math.abs(perSecond('first-fit', 1) / bound(1) - 1)).toBeLessThan(0.03)
  expect(Math.abs(perSecond('interleave', 1) / bound(2) - 1)).toBeLessThan(0.03)
})

test('over devices of 1 and 2 GB/s interleaving uses both; slabs spread evenly are held up by the slow one', () => {
  expect(Math.abs(perSecond('interleave', 2) / bound(3) - 1)).toBeLessThan(0.03)
  expect(Math.abs(perSecond('spread', 2) / bound(2) - 1)).toBeLessThan(0.03)
})

function expectAllSlabs(run: Run): void {
  const { slabs, instances, devices } = run.machine
  const held = devices.names.map(() => 0)
  for (let i = 0; i < instances.count; i += 1) {
    for (const { device, slabs: count } of instances.leases[i]) held[device] += count
    if (instances.device[i] < 0) expect(instances.leases[i]).toEqual([])
    else expect(slabs.bytesOf(instances.leases[i])).toBeGreaterThanOrEqual(instances.farNeed[i])
  }
  slabs.devices.forEach((memory, device) => {
    if (memory) expect(held[device] + slabs.free[device], devices.names[device]).toBe(memory.slabs)
  })
  expect(slabs.owner.filter((owner) => owner < 0).length).toBe(slabs.free.reduce((sum, free) => sum + free, 0))
}

test('slabs leased and slabs free are all slabs, whenever one looks', () => {
  const phases = fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 4 })
  const tenant = fc.record({
    footprintMiB: fc.integer({ min: 1, max: 3000 }),
    replicas: fc.integer({ min: 1, max: 2 }),
    phases,
  })
  fc.assert(
    fc.property(
      fc.array(tenant, { minLength: 1, maxLength: 3 }),
      fc.constantFrom('first-fit', 'best-fit', 'spread', 'nearest', 'interleave'),
      fc.constantFrom('wait', 'spill', 'reject'),
      fc.constantFrom(null, 0, 3),
      (tenants, use, onFull, leaseMs) => {
        const scenario = scenarioOf({
          nodes: [
            { id: 'cpu', kind: 'cpu', count: 2, spec: { cores: 2, localMemoryGiB: 2 } },
            { id: 'mem', kind: 'memory', count: 2, spec: { capacityGiB: 3, slabMiB: 256 } },
            { id: 'tor', kind: 'switch' },
          ],
          links: ['cpu', 'mem'].map((from) => ({ id: from, from, to: 'tor', protocol: 'cxl' })),
          services: tenants.map(({ phases: sizes, ...rest }, i) => ({
            id: `s${i}`,
            ...rest,
            localShare: 0,
            footprintPhases: sizes.map((footprintMiB, k) => ({ atSeconds: 0.004 * (k + 1), footprintMiB })),
            operations: [
              { id: 'o', steps: [{ do: 'compute', instructions: constant(50_000), missesPerKiloInstruction: 2 }] },
            ],
          })),
          sources: tenants.map((_, i) => ({
            id: `s${i}`,
            entry: `s${i}.o`,
            arrivals: { process: 'poisson', ratePerSecond: 20_000 },
          })),
          policies: { memory: { use, onFull, leaseMs }, placement: { use: 'spread' } },
          run: { seed: 3, durationSeconds: 0.02 },
        })
        const run = createRun(scenario)
        for (let ms = 1; ms <= 20; ms += 1) {
          run.advance(ms * 1e9 - 1, 1e9)
          expectAllSlabs(run)
        }
        const { measures } = run.machine
        if (onFull !== 'reject') expect(measures.requests.failed).toBe(0)
      },
    ),
    { numRuns: 40, seed: 11 },
  )
})
