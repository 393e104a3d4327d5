import { describe, expect, test } from 'vitest'
import type { Json } from '../../../src/scenario/scenario'
import { createRun, type Run } from '../../../src/simulator/run'
import { outcomeOf } from '../../../src/simulator/outcome'
import { resultOf, textOf } from '../../support/result-texts'
import { constant, finishedRun, scenarioOf, type Fields } from '../../support/scenarios'
import { problemsWith } from '../../support/small-rack'

const GIB = 2 ** 30

/** One CPU device with 4 GiB, 4 GiB of pool in slabs of 1 GiB; two services of one instance, asked 1000 times a second. */
function twoTenants(memory: Fields, first: Fields, second: Fields, run: Fields = { durationSeconds: 0.4 }) {
  const service = (id: string, rest: Fields): Fields => ({
    id,
    footprintMiB: 3072,
    localShare: 0,
    operations: [{ id: 'o', steps: [{ do: 'compute', instructions: constant(20_000), missesPerKiloInstruction: 1 }] }],
    ...rest,
  })
  const source = (id: string): Fields => ({
    id,
    entry: `${id}.o`,
    arrivals: { process: 'constant', ratePerSecond: 1000 },
  })
  return scenarioOf({
    nodes: [
      { id: 'cpu', kind: 'cpu', spec: { cores: 4, localMemoryGiB: 4 } },
      { id: 'mem', kind: 'memory', spec: { capacityGiB: 4, slabMiB: 1024 } },
    ],
    links: [{ id: 'l', from: 'cpu', to: 'mem', protocol: 'cxl' }],
    services: [service('a', first), service('b', second)],
    sources: [source('a'), source('b')],
    policies: { memory: { use: 'first-fit', ...memory } },
    run: { seed: 1, ...run },
  })
}

const memoryRows = (run: Run) =>
  run.decisions.rows
    .filter((row) => row.kind === 'memory')
    .map(({ timeS, subject, to, reason }) => `${timeS} ${subject} > ${to}: ${reason}`)

const figure = (run: Run, name: string) => outcomeOf(run).figures.get(name)

describe('memory that is not there', () => {
  test('wait: the second instance and all its requests wait for ever; the first does not notice', () => {
    const run = finishedRun(twoTenants({ onFull: 'wait' }, {}, {}))
    const { requests, offeredCount } = run.machine.measures
    expect(offeredCount).toBe(800)
    expect(requests.failed).toBe(0)
    expect(requests.completed).toBe(400)
    expect(memoryRows(run)[1]).toBe('0 b.0 > : waits: the pools have not 3 GiB free')
  })

  test('reject: the requests of the second fail, all of them', () => {
    const run = finishedRun(twoTenants({ onFull: 'reject' }, {}, {}))
    expect(run.machine.measures.requests.failed).toBe(400)
    expect(run.machine.measures.requests.completed).toBe(400)
  })

  test('spill: one slab is left, 2 GiB go to local memory, and so do two thirds of the misses', () => {
    const run = finishedRun(twoTenants({ onFull: 'spill' }, {}, {}))
    expect(memoryRows(run)[1]).toBe(
      '0 b.0 > mem.0 cpu.0: leases 1 GiB in 1 slab: first device with room: mem.0; spills 2 GiB to local memory of cpu.0: the pools are full',
    )
    expect(run.machine.local.used[0]).toBe(2 * GIB)
    expect(run.machine.measures.requests.failed).toBe(0)
    expect(run.machine.instances.remoteShare[1]).toBeCloseTo(1 / 3, 12)
    expect(run.machine.slabs.free[1]).toBe(0)
  })

  test('spill waits where local memory has no room either', () => {
    const run = finishedRun(twoTenants({ onFull: 'spill' }, { localShare: 0.9 }, { footprintMiB: 8192 }))
    expect(memoryRows(run)[1]).toBe('0 b.0 > : waits: the pools have not 8 GiB free')
    expect(run.machine.local.used[0]).toBeCloseTo(0.9 * 3 * GIB, -1)
  })
})

describe('a footprint that changes', () => {
  const shrinks = { footprintPhases: [{ atSeconds: 0.1, footprintMiB: 512 }] }

  test('without a term the memory stays leased and is stranded: the other waits for ever', () => {
    const run = finishedRun(twoTenants({}, shrinks, {}))
    expect(figure(run, 'memory_stranded_gib')).toBe(2)
    expect(figure(run, 'memory_unused_gib')).toBe(2)
    expect(figure(run, 'memory_fragmented_gib')).toBe(0.5)
    expect(figure(run, 'memory_reclaimed_gib')).toBe(0)
    expect(run.machine.instances.device[1]).toBe(-1)
  })

  test('a lease that is not renewed is taken back after its term, and who waited starts', () => {
    const run = finishedRun(twoTenants({ leaseMs: 50 }, shrinks, {}))
    expect(memoryRows(run).slice(2)).toEqual([
      '0.15 a.0 > mem.0: takes back 2 GiB: not needed for 50 ms, the lease is not renewed',
      '0.15 b.0 > mem.0: leases 3 GiB in 3 slabs: first device with room: mem.0',
    ])
    expect(figure(run, 'memory_stranded_gib')).toBe(0)
    expect(figure(run, 'memory_reclaimed_gib')).toBe(2)
    expect(run.machine.measures.requests.failed).toBe(0)
    expect(run.machine.measures.requests.completed).toBe(800)
  })

  test('memory of no use is told over time: 2 GiB for 50 ms of 400, half a GiB of a slab for the last 300', () => {
    const run = finishedRun(twoTenants({ leaseMs: 50 }, shrinks, { footprintMiB: 2048 }))
    const told = ['stranded', 'unused', 'fragmented'].flatMap((name) =>
      ['mean', 'max'].map((of) => figure(run, `memory_${name}_${of}_gib`)),
    )
    expect(told).toEqual([0.25, 2, 0.25, 2, 0.375, 0.5])
    const { series, bucketPs } = run.timeline.result()
    const unused = series.find(({ metric }) => metric === 'memory_unused_gib')!.values
    const seconds = unused.reduce((sum, value) => sum + value, 0) * bucketPs * 1e-12
    expect(seconds).toBeCloseTo(2 * 0.05, 9)
  })

  test('only the measured window counts in means and maxima', () => {
    const run = finishedRun(
      twoTenants({ leaseMs: 50 }, shrinks, { footprintMiB: 2048 }, { warmupSeconds: 0.2, durationSeconds: 0.2 }),
    )
    expect(figure(run, 'memory_unused_mean_gib')).toBe(0)
    expect(figure(run, 'memory_unused_max_gib')).toBe(0)
    expect(figure(run, 'memory_fragmented_mean_gib')).toBe(0.5)
  })

  test('memory that is needed again within the term stays', () => {
    const back = { footprintPhases: [...shrinks.footprintPhases, { atSeconds: 0.12, footprintMiB: 3072 }] }
    const run = finishedRun(twoTenants({ leaseMs: 50 }, back, {}))
    expect(figure(run, 'memory_reclaimed_gib')).toBe(0)
    expect(run.machine.slabs.free[1]).toBe(1)
  })

  const grows = { footprintMiB: 1024, footprintPhases: [{ atSeconds: 0.1, footprintMiB: 2048 }] }

  test('what is needed more is leased at once', () => {
    const run = finishedRun(twoTenants({}, grows, { footprintMiB: 1024 }))
    expect(memoryRows(run)[2]).toBe('0.1 a.0 > mem.0: leases 1 GiB in 1 slab: first device with room: mem.0')
    expect(run.machine.slabs.free[1]).toBe(1)
  })

  test('one that cannot grow drains, gives back, and starts again once all of it fits; no request is lost', () => {
    const other = { footprintPhases: [{ atSeconds: 0.2, footprintMiB: 1024 }] }
    const run = finishedRun(twoTenants({ leaseMs: 0 }, grows, other))
    expect(memoryRows(run).slice(2)).toEqual([
      '0.1 a.0 > : waits: the pools have not 1 GiB free',
      '0.1 a.0 > : waits: the pools have not 2 GiB free',
      '0.2 b.0 > mem.0: takes back 2 GiB: not needed for 0 ms, the lease is not renewed',
      '0.2 a.0 > mem.0: leases 2 GiB in 2 slabs: first device with room: mem.0',
    ])
    expect(run.machine.measures.requests.failed).toBe(0)
    expect(run.machine.measures.requests.completed).toBe(800)
  })

  test('with reject it ends, and what comes afterwards fails', () => {
    const run = finishedRun(twoTenants({ onFull: 'reject' }, grows, {}))
    const { requests } = run.machine.measures
    expect(requests.failed).toBeGreaterThanOrEqual(300)
    expect(requests.failed + requests.completed).toBe(800)
    expect(run.machine.slabs.free[1]).toBe(1)
  })

  test('a run saved between the end of need and the end of the lease goes on as if unbroken', () => {
    const scenario = twoTenants({ leaseMs: 50 }, shrinks, {})
    const saving = createRun(scenario)
    saving.advance(0.12e12, 1e9)
    const restored = createRun(scenario)
    restored.restore(structuredClone(saving.save()))
    restored.advance(restored.shape.endPs, 1e9)
    expect(textOf(resultOf(restored))).toBe(textOf(resultOf(finishedRun(scenario))))
  })
})

test('a term on leases that can take nothing back is told', () => {
  expect(problemsWith({ 'policies.memory': { use: 'first-fit', leaseMs: 5 } })).toContain(
    'warning: policies.memory.leaseMs: a term of 5 ms takes nothing back: without footprintPhases an instance needs all it leases until it ends; to take memory from idle instances let the service scale to zero, or set highWatermark',
  )
})

describe('phases are checked', () => {
  const phases = (value: Json, share = 0.5): readonly string[] =>
    problemsWith({
      'application.services[1].footprintMiB': 1024,
      'application.services[1].localShare': share,
      'application.services[1].footprintPhases': value,
    }).filter((problem) => !problem.startsWith('warning'))

  test('times rise, and a phase needs more than the local part', () => {
    const at = 'application.services[1].footprintPhases'
    expect(phases([{ atSeconds: 0.1, footprintMiB: 600 }])).toEqual([])
    expect(
      phases([
        { atSeconds: 0.1, footprintMiB: 600 },
        { atSeconds: 0.1, footprintMiB: 700 },
      ]),
    ).toEqual([`${at}[1].atSeconds: after the phase before, 0.1; got 0.1`])
    expect(phases([{ atSeconds: 0.1, footprintMiB: 500 }])).toEqual([
      `${at}[0].footprintMiB: more than the local part of the service, 512; got 500`,
    ])
    expect(phases([{ atSeconds: 0.1, footprintMiB: 600, rate: 1 }])).toEqual([
      `${at}[0]: unknown field "rate" (fields: atSeconds, footprintMiB)`,
    ])
  })
})
