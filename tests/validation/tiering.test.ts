import { describe, expect, test } from 'vitest'
import { branchOff } from '../../src/simulator/branch-off'
import { hitRatio } from '../../src/simulator/services/locality'
import type { Run } from '../../src/simulator/run'
import { createRun } from '../../src/simulator/run'
import { resultOf, textOf } from '../support/result-texts'
import { constant, cpuPool, scenarioOf, type Fields } from '../support/scenarios'

/**
 * Hot and cold far memory against its closed forms: where misses go and how long requests take once all is promoted, how
 * long that takes, and what is left of it where the popular pages change. One core, one miss at a time, no load.
 */

const NEAR_NS = 100
const FAR_NS = 1000
const MISSES = 200
const FOOTPRINT_MIB = 128
const zipf = { model: 'zipf', exponent: 0.8 } as const
/** A quarter of the slabs are near. */
const NEAR = 0.25
const V_MIB = NEAR * (1 - NEAR) * FOOTPRINT_MIB

interface Choice {
  readonly memory?: Fields
  readonly service?: Fields
  readonly run?: Fields
  readonly faults?: readonly Fields[]
  readonly fidelity?: string
  /** Capacities. */
  readonly nearGiB?: number
  readonly farGiB?: number
  readonly farDevices?: number
  readonly steps?: readonly Fields[]
  /** What the far devices are linked to. */
  readonly farTo?: string
}

function rack({
  memory = {},
  service = {},
  run = {},
  faults = [],
  fidelity = 'burst',
  nearGiB = 0.03125,
  farGiB = 0.09375,
  farTo = 'tor',
  farDevices = 1,
  steps = [step],
}: Choice) {
  const pool = (id: string, capacityGiB: number, count = 1): Fields => ({
    ...{ id, kind: 'memory', count, spec: { capacityGiB, slabMiB: 8, channels: 8 } },
  })
  const link = (from: string, propagationNs: number, to = 'tor'): Fields => ({
    ...{ id: from, from, to, protocol: 'cxl', bandwidthGbps: 1024, propagationNs },
  })
  return scenarioOf({
    nodes: [
      cpuPool('cpu', 1, 1, { memoryParallelism: 1, baseCpi: 1 }),
      pool('near', nearGiB),
      pool('far', farGiB, farDevices),
      { id: 'tor', kind: 'switch', spec: { latencyNs: 0 } },
    ],
    links: [link('cpu', 0), link('near', NEAR_NS / 2), link('far', FAR_NS / 2, farTo)],
    services: [
      {
        ...{ id: 's', footprintMiB: FOOTPRINT_MIB, localShare: 0, locality: zipf },
        operations: [{ id: 'o', steps: [...steps] }],
        ...service,
      },
    ],
    sources: [{ id: 'users', entry: 's.o', arrivals: { process: 'constant', ratePerSecond: 2000 } }],
    policies: { memory: { use: 'nearest', tieringMiBps: 128, tieringPeriodMs: 1, ...memory } },
    faults,
    run: { durationSeconds: 0.5, fidelity, ...run },
  })
}
const write = { do: 'memory', access: 'write', bytes: 12_800 }
const step = { do: 'compute', instructions: constant(10_000), missesPerKiloInstruction: MISSES / 10 }

function finished(choice: Choice): Run {
  const run = createRun(rack(choice))
  while (!run.advance(run.shape.endPs, 1_000_000));
  return run
}

/** Share of the misses that are to the most popular quarter. */
const ideal = hitRatio(zipf, NEAR, FOOTPRINT_MIB * 1048576)

const meanUs = (run: Run): number => run.machine.measures.requests.latency.mean() / 1e6

describe.each(['line', 'burst', 'fluid'])('hot and cold far memory, %s', (fidelity) => {
  test('once all is promoted requests take what the popularity law says, within 1 %', () => {
    const run = { warmupSeconds: 0.25 }
    const allNear = meanUs(finished({ fidelity, run, nearGiB: 1, farGiB: 0.001 }))
    const allFar = meanUs(finished({ fidelity, run, nearGiB: 0.001, farGiB: 1 }))
    const tiered = finished({ fidelity, run })
    expect(tiered.machine.instances.nearShare[0]).toBeCloseTo(ideal, 12)
    expect(Math.abs(meanUs(tiered) / (ideal * allNear + (1 - ideal) * allFar) - 1)).toBeLessThan(0.01)
  })
})

test('what is promoted and demoted is the volume that lies wrong, within a page, and the links carry it', () => {
  const run = finished({})
  expect(Math.abs(run.tiering.copied[0] - V_MIB * 1048576)).toBeLessThanOrEqual(4096)
})

test('what changes places is read through the channels of one device and written through those of the other, each byte once', () => {
  const { tiering, machine } = finished({})
  const still = finished({ memory: { tieringMiBps: null } }).machine.memory
  const { memory, slabs } = machine
  const pools = [...slabs.devices.keys()].filter((i) => slabs.devices[i])
  const lines = tiering.copied[0] / 64
  expect(pools.map((i) => memory.written[i])).toEqual([lines, lines])
  const read = (of: typeof memory): number => pools.reduce((sum, i) => sum + of.read[i], 0)
  expect(read(memory) - read(still)).toBe(2 * lines)
})

/** Two copies of each slab: what is read is on the near and the first far device, its copies on the next two. */
const copied: Choice = { memory: { copies: 2 }, farDevices: 3 }

test('with copies, pages change places in all of them: each is read once and written to each copy', () => {
  const { tiering, machine } = finished(copied)
  const still = finished({ ...copied, memory: { copies: 2, tieringMiBps: null } }).machine.memory
  const { memory, slabs } = machine
  const pools = [...slabs.devices.keys()].filter((i) => slabs.devices[i])
  const lines = tiering.copied[0] / 64
  const sum = (of: Float64Array): number => pools.reduce((total, i) => total + of[i], 0)
  expect(Math.abs(tiering.copied[0] - V_MIB * 1048576)).toBeLessThanOrEqual(4096)
  expect(sum(memory.written)).toBe(4 * lines)
  expect(sum(memory.read) - sum(still.read)).toBe(2 * lines)
})

test('with copies, each gets what is written of the slabs that it is of: in the end as much as is read there', () => {
  const choice: Choice = { ...copied, steps: [write], run: { warmupSeconds: 0.25 }, fidelity: 'burst' }
  const { instances, copies } = createRun(rack(choice)).machine
  const { machine } = finished(choice)
  const before = createRun(rack(choice))
  before.advance(0.25e12, Infinity)
  const written = (device: number): number => machine.memory.written[device] - before.machine.memory.written[device]
  const shares = new Map<number, number>()
  const near = instances.leases[0][0].device
  instances.leases[0].forEach((lease, i) => {
    const share = lease.device === near ? ideal / NEAR : (1 - ideal) / (1 - NEAR)
    for (const { device } of [lease, copies.held[0][0][i]])
      shares.set(device, (shares.get(device) ?? 0) + (share * lease.slabs) / (FOOTPRINT_MIB / 8))
  })
  const all = [...shares.keys()].reduce((sum, device) => sum + written(device), 0)
  for (const [device, share] of shares) expect(Math.abs(written(device) / all - share / 2)).toBeLessThan(0.01)
})

test('where another copy is read, tiers are found anew', () => {
  const down = { atSeconds: 0.1002, target: 'near', effect: 'down', forSeconds: 10 }
  const run = createRun(rack({ ...copied, faults: [down] }))
  run.advance(0.1001e12, Infinity)
  expect(run.tiering.promoted[0]).toBeGreaterThan(0)
  run.advance(0.1003e12, Infinity)
  expect(run.machine.instances.nearShare[0]).toBeNaN()
  run.advance(0.2e12, Infinity)
  expect([run.tiering.promoted[0], run.machine.instances.nearShare[0]]).toEqual([0, NaN])
})

test('pages stay where they are while there is no way between the tiers, and change places once there is one again', () => {
  const cut = { atSeconds: 0.05, target: { link: 'far' }, effect: 'down', forSeconds: 0.1 }
  const run = createRun(rack({ faults: [cut] }))
  run.advance(0.06e12, Infinity)
  const before = run.tiering.promoted[0]
  run.advance(0.14e12, Infinity)
  expect(run.tiering.promoted[0]).toBe(before)
  run.advance(0.5e12, Infinity)
  expect(V_MIB * 1048576 - run.tiering.promoted[0]).toBeLessThanOrEqual(4096)
})

test('takes volume over rate, within two periods and a copy', () => {
  const run = createRun(rack({}))
  const seconds = V_MIB / 128
  run.advance((seconds / 2) * 1e12, Infinity)
  const half = run.tiering.promoted[0] / (V_MIB * 1048576)
  expect(Math.abs(half - 0.5)).toBeLessThan((2 * 0.001) / seconds)
  run.advance((seconds + 0.003) * 1e12, Infinity)
  expect(V_MIB * 1048576 - run.tiering.promoted[0]).toBeLessThanOrEqual(4096)
})

test('where popular pages change, rate times life stays promoted, within a period', () => {
  const run = finished({ service: { hotSetLifeMs: 40 } })
  const held = run.tiering.promoted[0] / 1048576
  expect(held).toBeLessThan(V_MIB)
  expect(Math.abs(held / (128 * 0.04) - 1)).toBeLessThan(1 / 40)
})

test('nothing is copied where all pages are equally popular, or all far memory is equally far', () => {
  expect(finished({ service: { locality: { model: 'uniform' } } }).tiering.copied[0]).toBe(0)
  expect(finished({ service: { footprintMiB: 16 } }).tiering.copied[0]).toBe(0)
})

test('pages stay where they are where no way leads from the far devices to the near', () => {
  const apart = finished({ farTo: 'cpu' })
  expect(apart.machine.measures.requests.completed).toBeGreaterThan(0)
  expect(apart.tiering.copied[0]).toBe(0)
})

test('a run saved while pages change places goes on as if unbroken', () => {
  const choice = { service: { hotSetLifeMs: 40 }, run: { durationSeconds: 0.1 } }
  const saving = createRun(rack(choice))
  saving.advance(0.0123e12, Infinity)
  const restored = createRun(rack(choice))
  restored.restore(structuredClone(saving.save()))
  while (!restored.advance(restored.shape.endPs, 1_000_000));
  expect(textOf(resultOf(restored))).toBe(textOf(resultOf(finished(choice))))
})

test('a branch may begin with tiers, and leave them off while pages change places', () => {
  const [flat, tiered] = [{ memory: { tieringMiBps: null } }, {}]
  const branched = (before: Choice, after: Choice, seconds: number): Run => {
    const run = createRun(rack(before))
    run.advance(seconds * 1e12, Infinity)
    const branch = branchOff(run, rack(after), seconds * 1e12)
    while (!branch.advance(branch.shape.endPs, 1_000_000));
    return branch
  }
  expect(Math.abs(branched(flat, tiered, 0.1).tiering.copied[0] - V_MIB * 1048576)).toBeLessThanOrEqual(4096)
  expect(Math.abs(branched(tiered, flat, 0.1).tiering.copied[0] / (0.1 * 128 * 1048576) - 1)).toBeLessThan(0.03)
})
