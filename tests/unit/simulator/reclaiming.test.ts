import { describe, expect, test } from 'vitest'
import { branchOff } from '../../../src/simulator/branch-off'
import { outcomeOf } from '../../../src/simulator/outcome'
import { createRun, type Run } from '../../../src/simulator/run'
import { memoryThatDoesNotAddUp } from '../../support/memory-sums'
import { resultOf, textOf } from '../../support/result-texts'
import { constant, finishedRun, scenarioOf, type Fields } from '../../support/scenarios'

const SLAB_MIB = 64
const RATE_MIBPS = 1024

interface Choice {
  readonly memory?: Fields
  readonly services?: readonly Fields[]
  readonly rates?: Readonly<Record<string, number>>
  readonly pools?: number
  readonly faults?: readonly Fields[]
  readonly orders?: readonly Fields[]
  readonly seconds?: number
}

/** `slabs` of far memory, one instance. */
const tenant = (id: string, slabs: number, rest: Fields = {}): Fields => ({
  id,
  footprintMiB: slabs * SLAB_MIB,
  localShare: 0,
  operations: [{ id: 'o', steps: [{ do: 'compute', instructions: constant(20_000), missesPerKiloInstruction: 1 }] }],
  ...rest,
})

/** Memory devices of ten slabs, filled one after another; `a` works twice as much for each of its slabs as `b`. */
function rack({
  memory = {},
  services = [tenant('a', 4), tenant('b', 5)],
  rates = { a: 8000, b: 5000 },
  pools = 2,
  faults = [],
  orders = [],
  seconds = 0.4,
}: Choice) {
  return scenarioOf({
    nodes: [
      { id: 'cpu', kind: 'cpu', count: 2, spec: { cores: 8 } },
      { id: 'mem', kind: 'memory', count: pools, spec: { capacityGiB: (10 * SLAB_MIB) / 1024, slabMiB: SLAB_MIB } },
      { id: 'tor', kind: 'switch' },
    ],
    links: ['cpu', 'mem'].map((from) => ({ id: from, from, to: 'tor', protocol: 'cxl', bandwidthGbps: 256 })),
    services,
    sources: Object.entries(rates).map(([id, ratePerSecond]) => ({
      id,
      entry: `${id}.o`,
      arrivals: { process: 'constant', ratePerSecond },
    })),
    policies: {
      memory: {
        use: 'first-fit',
        highWatermark: 0.8,
        lowWatermark: 0.6,
        reclaimMiBps: RATE_MIBPS,
        reclaimPeriodMs: 10,
        ...memory,
      },
      orders,
    },
    faults,
    run: { seed: 1, durationSeconds: seconds },
  })
}

const told = (run: Run) =>
  run.decisions.rows
    .filter(({ kind, timePs }) => kind === 'memory' && timePs > 0)
    .map(({ timeS, subject, from, to, reason }) => `${timeS} ${subject} ${from} > ${to}: ${reason}`)

/** Slabs on each memory device, of each instance. */
const held = ({ machine: { instances, slabs } }: Run) =>
  instances.leases.map((leases) =>
    slabs.devices.flatMap((memory, device) =>
      memory ? [leases.reduce((sum, lease) => sum + (lease.device === device ? lease.slabs : 0), 0)] : [],
    ),
  )

describe('memory under pressure', () => {
  test('slabs of the instance with less core time per slab are copied away, down to the low watermark', () => {
    const run = finishedRun(rack({}))
    expect(held(run)).toEqual([
      [4, 0],
      [2, 3],
    ])
    expect(told(run)).toEqual([
      expect.stringMatching(
        /^0\.01 b\.0 mem\.0 > mem\.1: copies 0\.19 GiB away: 90 % of it leased, above the high watermark of 80 %; its slabs have had the least core time each, [\d.]+ % of a core for all; mem\.1 is the emptiest$/,
      ),
    ])
    expect(outcomeOf(run).figures.get('memory_relieved_gib')).toBe((3 * SLAB_MIB) / 1024)
  })

  test('the busier one goes where the core time is the other way round', () => {
    expect(held(finishedRun(rack({ rates: { a: 3000, b: 6000 } })))).toEqual([
      [1, 3],
      [5, 0],
    ])
  })

  test('slabs that nobody needs are taken back first, at once and without a copy', () => {
    const services = [tenant('a', 4), tenant('b', 5, { footprintPhases: [{ atSeconds: 0.005, footprintMiB: 100 }] })]
    const run = finishedRun(rack({ services }))
    expect(held(run)).toEqual([
      [4, 0],
      [2, 0],
    ])
    expect(told(run)).toEqual([
      '0.01 b.0 mem.0 > : takes back 0.19 GiB not needed: 90 % of it leased, above the high watermark of 80 %',
    ])
    const { figures } = outcomeOf(run)
    expect(figures.get('memory_relieved_gib')).toBe(0)
    expect(figures.get('memory_reclaimed_gib')).toBe((3 * SLAB_MIB) / 1024)
  })

  test('at the high watermark, and without one, nothing happens', () => {
    for (const highWatermark of [0.9, null]) {
      const run = finishedRun(rack({ memory: { highWatermark, lowWatermark: null } }))
      expect(held(run)).toEqual([
        [4, 0],
        [5, 0],
      ])
      expect(told(run)).toEqual([])
    }
  })

  test('where nothing can leave, that is told once', () => {
    const run = finishedRun(rack({ pools: 1 }))
    expect(told(run)).toEqual([
      '0.01 mem.0 mem.0 > : nothing can leave: 90 % of it leased, above the high watermark of 80 %, and no other device has room for it',
    ])
  })

  test('another device takes no more than to its own low watermark, and the rest goes to the next', () => {
    const services = [tenant('a', 9), tenant('b', 5), tenant('c', 1)]
    const run = finishedRun(rack({ services, pools: 3, rates: { a: 3000, b: 9000, c: 9000 }, seconds: 1 }))
    const used = [0, 1, 2].map((at) => held(run).reduce((sum, each) => sum + each[at], 0))
    expect(Math.max(...used)).toBeLessThanOrEqual(8)
    expect(used.reduce((sum, each) => sum + each, 0)).toBe(15)
    expect(used[0]).toBe(6)
  })

  test('an instance that waits for memory gets what was taken back', () => {
    const services = [
      tenant('a', 6, { footprintPhases: [{ atSeconds: 0.005, footprintMiB: 2 * SLAB_MIB }] }),
      tenant('b', 3),
      tenant('c', 4),
    ]
    const run = finishedRun(rack({ services, pools: 1, rates: { a: 100, b: 100, c: 100 } }))
    expect(told(run).slice(0, 2)).toEqual([
      '0.01 a.0 mem.0 > : takes back 0.19 GiB not needed: 90 % of it leased, above the high watermark of 80 %',
      expect.stringMatching(/^0\.01 c\.0 cpu\.\d > mem\.0: leases 0\.25 GiB in 4 slabs/),
    ])
    expect(run.machine.measures.requests.failed).toBe(0)
  })
})

/** Per instance, where the further copies of its slabs are. */
const copies = ({ machine: { copies: all, slabs } }: Run) =>
  all.held.map((levels) =>
    slabs.devices.flatMap((memory, device) =>
      memory ? [levels.flat().reduce((sum, copy) => sum + (copy.device === device ? copy.slabs : 0), 0)] : [],
    ),
  )

describe('slabs with further copies', () => {
  const memory = { copies: 2 }

  test('leave for a device that has none of them, whether they are read or not', () => {
    const run = finishedRun(rack({ memory, pools: 4, seconds: 1 }))
    const sums = [...run.machine.slabs.free].filter((_, device) => run.machine.slabs.devices[device])
    expect(Math.min(...sums)).toBeGreaterThanOrEqual(4)
    expect(sums.reduce((sum, free) => sum + free, 0)).toBe(40 - 18)
    expect(memoryThatDoesNotAddUp(run)).toEqual([])
    expect(held(run)).toEqual([
      [4, 0, 0, 0],
      [2, 0, 3, 0],
    ])
    // Those of the other instance leave the second device, as this one gives slabs to one copy at a time.
    expect(copies(run)).toEqual([
      [0, 1, 0, 3],
      [0, 5, 0, 0],
    ])
    expect(told(run)[0]).toMatch(/mem\.2 is the emptiest of those that share the least with their other copies$/)
    expect(outcomeOf(run).figures.get('memory_relieved_gib')).toBe((6 * SLAB_MIB) / 1024)
  })

  test('stay where all other devices have one of them', () => {
    const run = finishedRun(rack({ memory }))
    expect([held(run)[1], copies(run)[1]]).toEqual([
      [5, 0],
      [0, 5],
    ])
    expect(told(run)).toHaveLength(2)
    expect(told(run)[0]).toContain('nothing can leave')
  })

  test('are taken back with all their copies', () => {
    const services = [tenant('a', 4), tenant('b', 5, { footprintPhases: [{ atSeconds: 0.005, footprintMiB: 100 }] })]
    const run = finishedRun(rack({ memory, services }))
    expect([held(run)[1], copies(run)[1]]).toEqual([
      [2, 0],
      [0, 2],
    ])
    expect(memoryThatDoesNotAddUp(run)).toEqual([])
  })

  const finishedAt = (seconds: number): Run => {
    const run = createRun(rack({}))
    run.advance(seconds * 1e12, Infinity)
    return run
  }

  test('are followed where a branch asks for one copy', () => {
    const before = createRun(rack({ memory: { copies: 2, highWatermark: null, lowWatermark: null }, pools: 4 }))
    before.advance(0.05e12, Infinity)
    const branch = branchOff(before, rack({ pools: 4 }), 0.05e12)
    branch.advance(branch.shape.endPs, Infinity)
    expect(branch.reclaiming.moved[0]).toBe(6 * SLAB_MIB * 2 ** 20)
    expect(memoryThatDoesNotAddUp(branch)).toEqual([])
  })

  test('end with the slab under way where a branch has no marks', () => {
    const off = branchOff(finishedAt(0.05), rack({ memory: { highWatermark: null, lowWatermark: null } }), 0.05e12)
    off.advance(off.shape.endPs, Infinity)
    expect([off.reclaiming.reliefs, off.reclaiming.moved[0]]).toEqual([[], SLAB_MIB * 2 ** 20])
  })
})

describe('what comes between', () => {
  test('an instance that ends while its slabs are copied leaves no slab behind', () => {
    const run = finishedRun(rack({ faults: [{ atSeconds: 0.1, target: 'cpu', effect: 'down', forSeconds: 10 }] }))
    expect([...run.machine.slabs.free].filter((free) => free > 0)).toEqual([10, 10])
    expect(run.reclaiming.reliefs).toEqual([])
    const row = run.decisions.rows.find(({ reason }) => reason.startsWith('copies'))!
    expect(row.outcome?.end).toBe('cancelled')
  })

  test('a copy to a device that fails is given up, and the instance keeps its slabs', () => {
    const run = finishedRun(
      rack({ faults: [{ atSeconds: 0.04, target: { node: 'mem', device: 1 }, effect: 'down', forSeconds: 10 }] }),
    )
    expect(held(run)).toEqual([
      [4, 0],
      [5, 0],
    ])
    expect(run.machine.slabs.free.filter((free) => free > 0)).toEqual(Int32Array.from([1, 10]))
    expect(told(run).at(-1)).toContain('nothing can leave')
  })

  test('slabs of an instance that moves stay where they are', () => {
    const order = { atSeconds: 0.02, do: 'migrate', service: 'b', instance: 0, to: { node: 'cpu', device: 1 } }
    const services = [tenant('a', 4), tenant('b', 5, { stateMiB: 512 })]
    const run = finishedRun(rack({ services, orders: [order] }))
    const rows = run.decisions.rows.filter(({ reason }) => reason.startsWith('copies'))
    expect(rows[0].outcome?.end).toBe('cancelled')
    expect(rows.at(-1)!.outcome?.end).toBe('completed')
    expect(held(run).reduce((sum, [first]) => sum + first, 0)).toBe(6)
  })

  test.each([0.0051, 0.0101, 0.05, 0.0725, 0.12])('a run saved at %f s goes on as if unbroken', (seconds) => {
    const services = [tenant('a', 4), tenant('b', 5, { footprintPhases: [{ atSeconds: 0.005, footprintMiB: 200 }] })]
    const scenario = rack({ services, memory: { highWatermark: 0.7, lowWatermark: 0.4 } })
    const saving = createRun(scenario)
    saving.advance(seconds * 1e12, 1e9)
    const restored = createRun(scenario)
    restored.restore(structuredClone(saving.save()))
    restored.advance(restored.shape.endPs, 1e9)
    expect(textOf(resultOf(restored))).toBe(textOf(resultOf(finishedRun(scenario))))
  })
})
