import { expect, test } from 'vitest'
import { outcomeOf } from '../../../../src/simulator/outcome'
import type { ServiceRow } from '../../../../src/simulator/result'
import type { Run } from '../../../../src/simulator/run'
import { constant, cpuPool, finishedRun, scenarioOf, trace, type Fields } from '../../../support/scenarios'

/** A clock of 1000 GHz: a cycle is a picosecond. Times of far memory as worked out in tests/validation/far-memory. */
const flit = 2_125
const oneWay = 274_250
const answer = 1_667 + 42_500

interface Rack {
  readonly cores?: number
  readonly service?: Fields
  readonly protocol?: string
  readonly localBandwidthGBps?: number
}

function runOf(rack: Rack, step: Fields, timesUs: readonly number[] = [0]): Run {
  return finishedRun(
    scenarioOf({
      nodes: [
        cpuPool('cpu', 1, rack.cores ?? 1, {
          baseCpi: 2,
          localLatencyNs: 90,
          localBandwidthGBps: rack.localBandwidthGBps ?? 1000,
        }),
        {
          id: 'mem',
          kind: 'memory',
          spec: { capacityGiB: 64, channels: 1, rowHitRatio: 0.5, rowHitNs: 15, rowMissNs: 30, controllerNs: 20 },
        },
        { id: 'tor', kind: 'switch', spec: { latencyNs: 250 } },
      ],
      links: ['cpu', 'mem'].map((from) => ({ id: from, from, to: 'tor', protocol: rack.protocol ?? 'cxl' })),
      services: [
        {
          id: 's',
          footprintMiB: 64,
          localShare: 0,
          operations: [{ id: 'o', steps: [{ do: 'compute', ...step }] }],
          ...rack.service,
        },
      ],
      sources: [trace('s.o', timesUs)],
    }),
  )
}

function rowOf(run: Run): ServiceRow {
  return outcomeOf(run).services[0]
}

/** Cycles that its cores were busy, over its instructions. */
function coreCycles(run: Run): number {
  const { busyCores } = run.machine.cores
  return busyCores.integralAt(0, run.shape.endPs) / rowOf(run).instructions
}

test('a window of ten remote misses stalls for its round trip, all of it remote memory', () => {
  const run = runOf({}, { instructions: constant(1000), missesPerKiloInstruction: 10 })
  const row = rowOf(run)
  expect(row).toMatchObject({ instructions: 1000, missesLocal: 0, missesRemote: 10, hitRatio: 0 })
  expect(row.cpiBase).toBe(2)
  expect(row.cpiRemote).toBeCloseTo((2 * oneWay + 9 * flit + answer) / 1000, 9)
  expect([row.cpiLocal, row.cpiQueueing]).toEqual([0, 0])
  expect(row.coreMeanUs).toBeCloseTo((2 * 1000 + 2 * oneWay + 9 * flit + answer) / 1e6, 9)
})

test('two windows of local misses stall for two latencies, all of it local memory', () => {
  const row = rowOf(
    runOf({ service: { localShare: 1 } }, { instructions: constant(1000), missesPerKiloInstruction: 15 }),
  )
  expect(row).toMatchObject({ missesLocal: 15, missesRemote: 0, hitRatio: 1, cpiRemote: 0, cpiQueueing: 0 })
  expect(row.cpiLocal).toBeCloseTo(180_000 / 1000, 9)
})

test('what a second core waits for the bus of local memory is queueing', () => {
  // A line takes 64 ns, ten take 640 ns: the second core's window waits until those of the first are through.
  const rack = { cores: 2, localBandwidthGBps: 1, service: { localShare: 1 } }
  const row = rowOf(runOf(rack, { instructions: constant(1000), missesPerKiloInstruction: 10 }, [0, 0]))
  expect(row.cpiLocal).toBeCloseTo(640_000 / 1000, 9)
  expect(row.cpiQueueing).toBeCloseTo(640_000 / 2000, 9)
})

test('the core time of page faults is remote memory, the wait for pages is no core time', () => {
  const run = runOf({ protocol: 'rdma' }, { instructions: constant(1000), missesPerKiloInstruction: 2 })
  const row = rowOf(run)
  expect(row.cpiRemote).toBeCloseTo((2 * 4_000_000) / 1000, 9)
  expect(coreCycles(run)).toBeCloseTo(row.cpiTotal, 9)
})

test.each([
  ['cxl', 0.5, 1],
  ['cxl', 0.5, 1000],
  ['rdma', 0.5, 1],
  ['cxl', 0, 5],
] as const)(
  'the parts add up to the core cycles per instruction: %s, local share %d, %d GB/s',
  (protocol, localShare, localBandwidthGBps) => {
    const run = runOf(
      { cores: 4, protocol, localBandwidthGBps, service: { localShare } },
      { instructions: { dist: 'uniform', min: 10_000, max: 90_000 }, missesPerKiloInstruction: 8, dirtyRatio: 0.3 },
      Array.from({ length: 200 }, (_, i) => i * 5),
    )
    const row = rowOf(run)
    expect(row.completed).toBe(200)
    expect(row.cpiQueueing).toBeGreaterThan(0)
    // Each visit rounds its cycles up, by less than one.
    const visits = run.machine.cores.served[0]
    const cycles = run.machine.cores.busyCores.integralAt(0, run.shape.endPs)
    const told = row.cpiTotal * run.machine.stack.column(0)[0]
    expect(cycles - told).toBeGreaterThan(-1)
    expect(cycles - told).toBeLessThan(visits + 1)
  },
)

test('work given as time and RPC work are core time, and no instructions', () => {
  const row = rowOf(runOf({ service: { localShare: 1 } }, { timeNs: constant(5000) }))
  expect(row.instructions).toBe(0)
  expect([row.cpiBase, row.cpiTotal, row.hitRatio]).toEqual([NaN, NaN, NaN])
  expect(row.coreMeanUs).toBe(5)
})
