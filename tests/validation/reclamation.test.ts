import { describe, expect, test } from 'vitest'
import { createRun, type Run } from '../../src/simulator/run'
import { constant, scenarioOf, type Fields } from '../support/scenarios'

/**
 * Slabs that leave a memory device under pressure against their closed forms: how long it takes until it is at its low
 * watermark, and what the copies take of links and of memory channels. Tolerance, set before the first run: 1 %.
 */

const SLAB_MIB = 32
const MIB = 2 ** 20
const PERIOD_S = 0.005

/** Nine of ten slabs leased; three have to go. Nobody else uses links or memory. */
function finished(memory: Fields, { gbps = 256, channelGBps = 38.4, seconds = 0.5 } = {}): Run {
  const run = createRun(
    scenarioOf({
      nodes: [
        { id: 'cpu', kind: 'cpu' },
        {
          id: 'mem',
          kind: 'memory',
          count: 2,
          spec: {
            ...{ capacityGiB: (10 * SLAB_MIB) / 1024, slabMiB: SLAB_MIB, channels: 4, banksPerChannel: 64 },
            ...{ channelBandwidthGBps: channelGBps, turnaroundNs: 0 },
          },
        },
        { id: 'tor', kind: 'switch' },
      ],
      links: ['cpu', 'mem'].map((from) => ({ id: from, from, to: 'tor', protocol: 'ideal', bandwidthGbps: gbps })),
      services: [
        {
          ...{ id: 's', footprintMiB: 9 * SLAB_MIB, localShare: 0 },
          operations: [{ id: 'o', steps: [{ do: 'compute', timeNs: constant(1000) }] }],
        },
      ],
      sources: [{ id: 'u', entry: 's.o', arrivals: { process: 'constant', ratePerSecond: 100 } }],
      policies: {
        memory: { highWatermark: 0.8, lowWatermark: 0.6, reclaimPeriodMs: PERIOD_S * 1000, ...memory },
      },
      run: { durationSeconds: seconds },
    }),
  )
  while (!run.advance(run.shape.endPs, 1_000_000));
  return run
}

const BYTES = 3 * SLAB_MIB * MIB

function relief(run: Run): { readonly estimateUs: number; readonly actualUs: number } {
  const row = run.decisions.rows.find(({ reason }) => reason.startsWith('copies'))!
  expect(row.outcome?.end).toBe('completed')
  return { estimateUs: row.estimateUs, actualUs: row.outcome!.actualUs }
}

describe('relief of a memory device', () => {
  test.each([64, 300, 1024, 4096])('at %i MiB/s takes the bytes over the rate', (reclaimMiBps) => {
    const { estimateUs, actualUs } = relief(finished({ reclaimMiBps }, { seconds: 2 }))
    const closed = (BYTES / (reclaimMiBps * MIB)) * 1e6
    expect(Math.abs(estimateUs / closed - 1)).toBeLessThan(1e-9)
    expect(Math.abs(actualUs / closed - 1)).toBeLessThan(0.01)
  })

  test('on a narrow link takes the bytes over what the two hops of it carry, one chunk after another', () => {
    const { actualUs } = relief(finished({ reclaimMiBps: 1e6 }, { gbps: 8 }))
    expect(Math.abs(actualUs / ((2 * BYTES * 8) / 8e3) - 1)).toBeLessThan(0.01)
  })

  test('from slow memory takes the bytes over the channels, read and written one after the other', () => {
    const { actualUs } = relief(finished({ reclaimMiBps: 1e6 }, { gbps: 1e6, channelGBps: 0.25 }))
    expect(Math.abs(actualUs / ((2 * BYTES) / 1e3) - 1)).toBeLessThan(0.01)
  })

  test('is read from one device and written to the other, each byte once', () => {
    const { memory, slabs } = finished({}).machine
    const lines = slabs.devices.flatMap((device, i) => (device ? [[memory.read[i], memory.written[i]]] : []))
    expect(lines).toEqual([
      [BYTES / 64, 0],
      [0, BYTES / 64],
    ])
  })
})
