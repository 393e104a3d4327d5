import { describe, expect, test } from 'vitest'
import { outcomeOf } from '../../src/simulator/outcome'
import { onlyMove, within } from '../support/asked-of-runs'
import { constant, cpuPool, finishedRun, scenarioOf, trace, type Fields } from '../support/scenarios'

/**
 * Post-copy, remap and the traffic of a move against what can be worked out by hand. The tolerances were written down
 * before the first run.
 */

const MIB = 1048576
const KIB = 1024
const PAYLOAD = 4096
const HEADER = 82
const GBPS = 100
/** Bytes per second after headers. */
const RATE = (GBPS / 8) * 1e9 * (PAYLOAD / (PAYLOAD + HEADER))
/** Over two links of 50 ns and a switch of 200 ns, seconds. */
const wayOf = (bytes: number): number => (2 * ((bytes + HEADER) * 8)) / (GBPS * 1e9) + 300e-9
const HANDSHAKES = 2 * wayOf(64)
/** A round ends when its last packet is there. */
const LAST_PACKET = wayOf(PAYLOAD) + PAYLOAD / RATE

function scenario(service: Fields, more: { sources?: Fields[]; atSeconds?: number; mechanism: string; run?: Fields }) {
  return scenarioOf({
    nodes: [
      cpuPool('cpu', 2, 2, {
        localMemoryGiB: 64,
        memoryParallelism: 1,
        pageFaultNs: 4000,
        baseCpi: 1,
        frequencyGHz: 1,
      }),
      { id: 'mem', kind: 'memory', spec: { capacityGiB: 128, slabMiB: 1 } },
      { id: 'tor', kind: 'switch', spec: { latencyNs: 200, bufferKiB: 1024 } },
    ],
    links: [
      {
        id: 'cpu',
        from: 'cpu',
        to: 'tor',
        protocol: 'rdma',
        bandwidthGbps: GBPS,
        propagationNs: 50,
        access: 'loadstore',
      },
      {
        id: 'mem',
        from: 'mem',
        to: 'tor',
        protocol: 'rdma',
        bandwidthGbps: GBPS,
        propagationNs: 50,
        access: 'loadstore',
      },
    ],
    services: [
      {
        id: 'store',
        on: { node: 'cpu', device: 0 },
        operations: [{ id: 'work', steps: [{ do: 'compute', timeNs: constant(50_000) }] }],
        ...service,
      },
    ],
    sources: more.sources ?? [],
    policies: {
      orders: [
        {
          atSeconds: more.atSeconds ?? 0.01,
          do: 'migrate',
          service: 'store',
          instance: 0,
          to: { node: 'cpu', device: 1 },
          mechanism: more.mechanism,
        },
      ],
    },
    run: { durationSeconds: 1, ...more.run },
  })
}

describe('post-copy', () => {
  const context = 2048 * KIB

  for (const stateMiB of [0, 1, 64, 4096])
    test(`of ${stateMiB} MiB: down for the context and the handshakes, done when the rest has come behind`, () => {
      const footprintMiB = Math.max(1, stateMiB)
      const row = onlyMove(finishedRun(scenario({ footprintMiB, stateMiB }, { mechanism: 'post-copy' })))
      within(row.downtimeUs / 1e6, context / RATE + HANDSHAKES, LAST_PACKET)
      within(row.totalUs / 1e6, (context + stateMiB * MIB) / RATE + HANDSHAKES, 2 * LAST_PACKET)
      expect(row.bytes).toBe(context + stateMiB * MIB)
    })

  test('the context is as large as the service says', () => {
    const service = { footprintMiB: 64, contextKiB: 64 }
    const row = onlyMove(finishedRun(scenario(service, { mechanism: 'post-copy' })))
    within(row.downtimeUs / 1e6, (64 * KIB) / RATE + HANDSHAKES, LAST_PACKET)
  })

  test('a miss on a page that is not there yet costs the fault and the way there and back, behind at most two pieces', () => {
    const operations = [
      { id: 'work', steps: [{ do: 'compute', instructions: constant(1000), missesPerKiloInstruction: 1 }] },
    ]
    const service = { footprintMiB: 4096, operations }
    const latency = (mechanism: string): number => {
      const run = finishedRun(
        scenario(service, { mechanism, sources: [trace('store.work', [10_050])], run: { fidelity: 'line' } }),
      )
      return run.machine.measures.requests.latency.max - (run.migrations.list[0].resume - 10_050e6)
    }
    const present = latency('stop-and-copy')
    const absent = latency('post-copy')
    // a page read: 64 B there, 64 lines from memory (90 ns or 4 KiB at the bus), 4 KiB back
    const fetch = 4e-6 + wayOf(64) + 90e-9 + wayOf(PAYLOAD)
    const piece = (65_536 / PAYLOAD) * (PAYLOAD / RATE)
    expect((absent - present) / 1e12).toBeGreaterThanOrEqual(fetch - 1e-9)
    expect((absent - present) / 1e12).toBeLessThanOrEqual(fetch + 2 * piece + 100e-9)
  })

  test('every byte comes once, whether a fault or the push brings it', () => {
    const operations = [
      { id: 'work', steps: [{ do: 'compute', instructions: constant(100_000), missesPerKiloInstruction: 1 }] },
    ]
    const times = Array.from({ length: 200 }, (_, i) => 9000 + 50 * i)
    const run = finishedRun(
      scenario({ footprintMiB: 64, operations }, { mechanism: 'post-copy', sources: [trace('store.work', times)] }),
    )
    const { fetched, pushed } = run['executor' as never]['far']['absent'] as {
      fetched: Float64Array
      pushed: Float64Array
    }
    expect(fetched[0]).toBeGreaterThan(100 * PAYLOAD)
    expect(fetched[0] + pushed[0]).toBe(64 * MIB)
    expect(onlyMove(run).bytes).toBe(context + 64 * MIB)
    expect(run.machine.measures.requests.completed).toBe(200)
    expect([...run.machine.local.used].map((bytes) => bytes / MIB)).toEqual([0, 64, 0, 0])
  })
})

describe('remap', () => {
  const dirty = { dirtyMiBps: 1000, writableMiB: 8, localShare: 0.25 }

  test('its downtime is that of the context and the dirty cached bytes, from 1 to 64 GiB', () => {
    const downtimes = [1, 2, 4, 8, 16, 32, 64].map((gib) => {
      const service = { ...dirty, footprintMiB: gib * 1024, stateMiB: gib * 1024 }
      const row = onlyMove(finishedRun(scenario(service, { mechanism: 'remap', run: { durationSeconds: 0.1 } })))
      expect(row.bytes).toBe(2 * MIB + 8 * MIB)
      expect(row.totalUs).toBe(row.downtimeUs)
      within(row.downtimeUs / 1e6, (10 * MIB) / RATE + HANDSHAKES, LAST_PACKET)
      return row.downtimeUs
    })
    expect(new Set(downtimes).size).toBe(1)
  })

  test('what has been dirtied since the last write-back moves, and no more than is writable or cached', () => {
    const bytes = (service: Fields, atSeconds: number): number =>
      onlyMove(
        finishedRun(scenario({ footprintMiB: 64, localShare: 0.25, ...service }, { mechanism: 'remap', atSeconds })),
      ).bytes -
      2 * MIB
    expect(bytes({ dirtyMiBps: 100 }, 0.01)).toBe(MIB)
    expect(bytes({ dirtyMiBps: 100 }, 0.1)).toBe(10 * MIB)
    expect(bytes({ dirtyMiBps: 100, writableMiB: 3 }, 0.1)).toBe(3 * MIB)
    expect(bytes({ dirtyMiBps: 1000 }, 0.1)).toBe(16 * MIB)
    expect(bytes({}, 0.1)).toBe(0)
  })

  test('the new cache starts empty and warms with what misses bring in: F / 64 · ln(F / (F - L)) misses, L / 64 of them remote', () => {
    const footprint = 8 * MIB
    const lines = footprint / 64
    const warming = Math.round(lines * Math.log(2))
    const operations = (misses: number): Fields[] => [
      { id: 'work', steps: [{ do: 'compute', instructions: constant(misses), missesPerKiloInstruction: 1000 }] },
    ]
    for (const fidelity of ['line', 'burst', 'fluid']) {
      const service = { footprintMiB: 8, localShare: 0.5, operations: operations(warming), contextKiB: 0 }
      const sources = [trace('store.work', [20_000, 500_000])]
      const run = finishedRun(scenario(service, { mechanism: 'remap', sources, run: { durationSeconds: 1, fidelity } }))
      const [{ missesRemote }] = outcomeOf(run).services
      expect(run.machine.measures.requests.completed).toBe(2)
      within(missesRemote, lines / 2 + warming / 2, 0.01 * (lines / 2 + warming / 2))
      expect(run.machine.instances.cold[0]).toBe(0)
    }
  })

  test('without a lease it is refused, with the reason', () => {
    const reason = (service: Fields): string => {
      const run = finishedRun(scenario(service, { mechanism: 'remap' }))
      expect(run.migrations.list.map(({ outcome }) => outcome)).toEqual(['refused'])
      return run.decisions.rows.filter((row) => row.kind === 'migration')[0].reason
    }
    expect(reason({ footprintMiB: 64 })).toBe(
      'refused: store.0 leases nothing from a memory pool, so its state cannot stay there',
    )
    expect(reason({ footprintMiB: 2048, localShare: 0.5, stateMiB: 4096 })).toBe(
      'refused: store.0 leases 1.00 GiB from memory pools, less than the 3.00 GiB of its state that it does not cache',
    )
  })
})
