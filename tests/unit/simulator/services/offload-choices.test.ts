import { describe, expect, test } from 'vitest'
import { offloadsCsv } from '../../../../src/formats/export/offloads-csv'
import { createRun, type Run } from '../../../../src/simulator/run'
import {
  constant,
  cpuPool,
  exponential,
  finishedRun,
  poisson,
  scenarioOf,
  trace,
  type Fields,
} from '../../../support/scenarios'

const step = (us: number, more: Fields = {}): Fields => ({
  do: 'compute',
  timeNs: constant(us * 1000),
  offload: ['cpu', 'nic'],
  ...more,
})
const nic = (id: string, spec: Fields): Fields => ({ id, kind: 'nic', spec: { cores: 1, ...spec } })
const wire = (to: string, ns: number, more: Fields = {}): Fields => ({
  id: `to-${to}`,
  from: 'cpu',
  to,
  protocol: 'ideal',
  propagationNs: ns,
  ...more,
})

interface Parts {
  readonly nodes: Fields[]
  readonly links: Fields[]
  readonly steps: Fields[]
  readonly timesUs: number[]
  readonly offload: Fields
  readonly service?: Fields
}

function runOf({ nodes, links, steps, timesUs, offload, service }: Parts): Run {
  return finishedRun(
    scenarioOf({
      nodes,
      links,
      services: [{ id: 's', operations: [{ id: 'o', steps }], ...service }],
      sources: [trace('s.o', timesUs)],
      policies: { offload },
      run: { durationSeconds: 0.01 },
    }),
  )
}
const offloads = (run: Run) => run.decisions.rows.filter((row) => row.kind === 'offload')

describe('a decision on a step', () => {
  const fast: Omit<Parts, 'timesUs' | 'offload'> = {
    nodes: [cpuPool('cpu', 1, 1), nic('nic', { speed: 2 })],
    links: [wire('nic', 500)],
    steps: [step(10)],
  }

  test('says what it saw, what it estimated, what it took, and what the other place would have taken', () => {
    const [row] = offloads(runOf({ ...fast, timesUs: [1], offload: { use: 'cost-model' } }))
    expect(row).toMatchObject({ subject: 's.o#0', from: 'cpu.0', to: 'nic.0', policy: 'cost-model', estimateUs: 6 })
    expect(row.reason).toBe('least predicted time: 6.00 us, next cpu.0 with 10.00 us')
    expect(row.candidates.map(({ target, estimateUs, chosen }) => [target, estimateUs, chosen])).toEqual([
      ['cpu.0', 10, false],
      ['nic.0', 6, true],
    ])
    expect(row.outcome).toMatchObject({ end: 'completed', actualUs: 6, best: 'nic.0', bestUs: 6, regretUs: 0 })
  })

  test('is judged by what the other place would have taken, its queue included', () => {
    const slow = { ...fast, nodes: [cpuPool('cpu', 1, 1), nic('nic', { speed: 0.25 })] }
    const rows = offloads(runOf({ ...slow, timesUs: [1, 1], offload: { use: 'always' } }))
    // Alone at home 10 µs; on the NIC 40 and a way of 1. The second waits for the first there; at home nobody was.
    expect(rows.map(({ outcome }) => [outcome?.actualUs, outcome?.best, outcome?.bestUs])).toEqual([
      [41, 'cpu.0', 10],
      [81, 'cpu.0', 10],
    ])
  })

  test('a shadow at home waits for who is there', () => {
    const parts = { ...fast, steps: [step(10), step(10, { offload: ['cpu'] })] }
    const rows = offloads(runOf({ ...parts, timesUs: [1, 7.5], offload: { use: 'always' } }))
    // The first is back at 7 and holds the core from 7 to 17: the second would have begun at 17 and ended at 27.
    expect(rows[1].outcome).toMatchObject({ actualUs: 6, best: 'nic.0' })
    const late = offloads(
      runOf({
        ...parts,
        nodes: [cpuPool('cpu', 1, 1), nic('nic', { speed: 0.25 })],
        timesUs: [1, 45],
        offload: { use: 'always' },
      }),
    )
    // Back at 42, on the core until 52: the shadow of the one that came at 45 begins at 52 and ends at 62.
    expect(late[1].outcome).toMatchObject({ actualUs: 41, best: 'cpu.0', bestUs: 17 })
  })

  test('sees what is left of a visit of several steps, those behind the one at work included', () => {
    // At home 10, 6 and 4 µs on one core, from 1 to 21; the NIC is too slow for any of them. At 13 the second step has had 2
    // of its 6 and the third keeps the core: 8 to wait for who comes then, and 10 of its own.
    const parts = {
      ...fast,
      nodes: [cpuPool('cpu', 1, 1), nic('nic', { speed: 0.1 })],
      steps: [step(10), step(6), step(4)],
      offload: { use: 'cost-model' },
    }
    const atHome = (timesUs: number[]) =>
      offloads(runOf({ ...parts, timesUs })).filter(({ subject }) => subject === 's.o#0')
    const second = atHome([1, 13])[1]
    expect(second.candidates[0]).toMatchObject({ target: 'cpu.0', estimateUs: 18 })
    expect(second.outcome).toMatchObject({ actualUs: 18, regretUs: 0 })
    // Behind one that waits as well: all 20 µs of that, too.
    expect(atHome([1, 12, 13])[2].candidates[0]).toMatchObject({ target: 'cpu.0', estimateUs: 38 })
  })

  test('stands in offloads.csv with its outcome', () => {
    const run = runOf({ ...fast, timesUs: [1], offload: { use: 'cost-model' } })
    expect(offloadsCsv(run.decisions.rows).split('\r\n')[1]).toBe(
      '0.000001,s.o#0,cpu.0,nic.0,cost-model,"least predicted time: 6.00 us, next cpu.0 with 10.00 us",6.000000,6.000000,0.000000,nic.0,6.000000,nic.0,6.000000,0.000000,cpu.0 10.000000; nic.0 6.000000',
    )
  })
})

test('a threshold sends steps away from a long queue until it is short again', () => {
  const run = runOf({
    nodes: [cpuPool('cpu', 1, 1), nic('nic', { speed: 1 })],
    links: [wire('nic', 0)],
    steps: [step(10)],
    timesUs: [1, 1.1, 1.2, 1.3, 15, 25, 30],
    offload: { use: 'queue-threshold', offloadAbove: 3, returnBelow: 1 },
  })
  expect(offloads(run).map((row) => row.to)).toEqual(['cpu.0', 'cpu.0', 'cpu.0', 'nic.0', 'nic.0', 'cpu.0', 'cpu.0'])
})

describe('first use', () => {
  /** A link of 1 byte per ns: 1 MiB of code takes 1048.576 µs. */
  const parts: Parts = {
    nodes: [cpuPool('cpu', 1, 1), nic('nic', { speed: 1, cores: 4 })],
    links: [wire('nic', 0, { bandwidthGbps: 8 })],
    steps: [step(10)],
    timesUs: [1, 100, 3000],
    offload: { use: 'always' },
    service: { codeMiB: 1 },
  }

  test('brings code with the input; who comes before it is in waits for it; later ones do not', () => {
    const actual = offloads(runOf(parts)).map((row) => row.outcome?.actualUs)
    expect(actual[0]).toBeCloseTo(1058.576, 3)
    expect(actual[1]).toBeCloseTo(1058.576 - 99, 3)
    expect(actual[2]).toBeCloseTo(10, 3)
  })

  test('is in the estimate, so that the cost model stays at home for a single step', () => {
    const [row] = offloads(runOf({ ...parts, offload: { use: 'cost-model' } }))
    expect(row.to).toBe('cpu.0')
    expect(row.candidates[1].estimateUs).toBeCloseTo(1058.576, 3)
    expect(row.candidates[1].note).toContain('first use 1048.58 us')
  })

  test('what was used longest ago goes when memory is short', () => {
    const services = ['a', 'b', 'c'].map((id) => ({
      id,
      codeMiB: 0.4,
      operations: [{ id: 'o', steps: [step(10)] }],
    }))
    const run = finishedRun(
      scenarioOf({
        nodes: [cpuPool('cpu', 1, 1), nic('nic', { memoryGiB: 1 / 1024 })],
        links: parts.links,
        services,
        sources: ['a', 'b', 'a', 'c', 'a', 'b'].map((id, i) => ({ ...trace(`${id}.o`, [1 + 1000 * i]), id: `t${i}` })),
        policies: { offload: { use: 'always' } },
        run: { durationSeconds: 0.01 },
      }),
    )
    const brought = offloads(run).map((row) => (row.outcome?.actualUs ?? 0) > 100)
    expect(brought).toEqual([true, true, false, true, false, true])
  })
})

test('a kernel runs on a core or on a GPU, where it is done first', () => {
  const parts: Parts = {
    nodes: [
      cpuPool('cpu', 1, 1, { frequencyGHz: 1, flopsPerCycle: 10 }),
      { id: 'gpu', kind: 'gpu', spec: { launchUs: 5, peakTflops: 10 } },
    ],
    links: [wire('gpu', 0)],
    steps: [
      { do: 'kernel', flops: 20_000, bytes: 0, offload: ['cpu', 'gpu'] },
      { do: 'kernel', flops: 2_000_000, bytes: 0, offload: ['cpu', 'gpu'] },
    ],
    timesUs: [1],
    offload: { use: 'cost-model' },
  }
  const rows = offloads(runOf(parts))
  expect(rows.map((row) => [row.to, row.outcome?.best])).toEqual([
    ['cpu.0', 'cpu.0'],
    ['gpu.0', 'gpu.0'],
  ])
  for (const row of rows) expect(row.outcome?.actualUs).toBeCloseTo(row.estimateUs, 2)
})

test('decisions, shadows and what is held go on as they were after a save', () => {
  const scenario = scenarioOf({
    nodes: [cpuPool('cpu', 1, 2), nic('nic', { speed: 0.7, memoryGiB: 0.0015, cores: 2 })],
    links: [wire('nic', 300, { bandwidthGbps: 40 })],
    services: ['a', 'b'].map((id) => ({
      id,
      codeMiB: 1,
      operations: [
        { id: 'o', steps: [step(10, { timeNs: exponential(10_000) }), step(5, { timeNs: exponential(5000) })] },
      ],
    })),
    sources: ['a', 'b'].map((id) => poisson(`${id}.o`, 70_000, { id })),
    policies: { offload: { use: 'bandit' } },
    run: { durationSeconds: 0.01 },
  })
  const whole = finishedRun(scenario)
  let run = createRun(scenario)
  for (const at of [1e9, 3.3e9, 7e9]) {
    while (!run.advance(at, 1e6));
    const saved = structuredClone(run.save())
    run.advance(run.shape.endPs, 3000)
    run = createRun(scenario)
    run.restore(saved)
  }
  while (!run.advance(run.shape.endPs, 1e6));
  expect(run.decisions.rows).toEqual(whole.decisions.rows)
  expect(run.machine.measures.offloadTimes.save()).toEqual(whole.machine.measures.offloadTimes.save())
})

describe('a device that is to be emptied, by order or as it is about to fail,', () => {
  const evacuate = (node: string): Fields => ({
    orders: [{ atSeconds: 0.002, do: 'evacuate', from: { node, device: 0 }, mechanism: 'stop-and-copy' }],
  })
  const warned = (node: string): Fields => ({
    faults: [{ target: { node, device: 0 }, effect: 'down', atSeconds: 0.006, warningSeconds: 0.004 }],
  })
  /** Where steps at 1 and 3 ms go: before and after that is known. */
  function placesOf(nodes: Fields[], links: Fields[], steps: Fields[], offload: Fields, more: Fields): string[] {
    const { orders, ...rest } = more
    const run = finishedRun(
      scenarioOf({
        nodes,
        links,
        services: [{ id: 's', operations: [{ id: 'o', steps }] }],
        sources: [trace('s.o', [1000, 3000])],
        policies: { offload, ...('orders' in more ? { orders } : {}) },
        run: { durationSeconds: 0.005 },
        ...rest,
      }),
    )
    expect(run.machine.measures.requests.completed).toBe(2)
    return offloads(run).map(({ to }) => to)
  }
  const cards: Fields = { id: 'nic', kind: 'nic', count: 2, spec: { cores: 1 } }
  const rack = [cpuPool('cpu', 1, 1), { id: 'tor', kind: 'switch' }]
  const toSwitch = (from: string): Fields => ({ id: from, from, to: 'tor', protocol: 'ideal', propagationNs: 100 })

  test.each([evacuate('nic'), warned('nic')])('takes no more offloaded steps: %j', (more) => {
    const links = ['cpu', 'nic'].map(toSwitch)
    for (const use of ['always', 'static']) {
      const map = use === 'static' ? { map: [{ operation: 's.o', step: 0, to: 'nic' }] } : {}
      expect(placesOf([...rack, cards], links, [step(10)], { use, ...map }, more)).toEqual(['nic.0', 'nic.1'])
      // The only one there is: the step stays at home, which is no decision of a map.
      const only = placesOf([...rack, { ...cards, count: 1 }], links, [step(10)], { use, ...map }, more)
      expect(only).toEqual(['nic.0'])
    }
  })

  test.each([evacuate('gpu'), warned('gpu')])('takes no kernels that another GPU takes: %j', (more) => {
    const gpus = (count: number): Fields => ({ id: 'gpu', kind: 'gpu', count })
    const links = ['cpu', 'gpu'].map(toSwitch)
    const kernel = { do: 'kernel', flops: 1e6, bytes: 1e3, offload: ['gpu'] }
    expect(placesOf([...rack, gpus(2)], links, [kernel], { use: 'never' }, more)).toEqual(['gpu.0', 'gpu.1'])
    expect(placesOf([...rack, gpus(2)], links, [kernel], { use: 'cost-model' }, more).at(-1)).not.toBe('gpu.0')
    expect(placesOf([...rack, gpus(1)], links, [kernel], { use: 'never' }, more)).toEqual(['gpu.0', 'gpu.0'])
  })

  test('takes no new instances, if another device does', () => {
    const run = finishedRun(
      scenarioOf({
        nodes: [cpuPool('cpu', 2, 1), { id: 'tor', kind: 'switch' }],
        links: [toSwitch('cpu')],
        services: [
          { id: 's', maxReplicas: 2, replicas: 1, threads: 1, operations: [{ id: 'o', steps: [step(900)] }] },
          { id: 't', on: { node: 'cpu', device: 1 }, operations: [{ id: 'o', steps: [] }] },
        ],
        sources: [poisson('s.o', 2000)],
        policies: {
          placement: { use: 'first-fit' },
          scaling: { use: 'queue-length', requestsPerReplica: 1, controlPeriodMs: 3 },
          orders: [{ atSeconds: 0.001, do: 'evacuate', from: { node: 'cpu', device: 0 }, mechanism: 'stop-and-copy' }],
        },
        run: { durationSeconds: 0.02 },
      }),
    )
    const placed = run.decisions.rows.filter(({ kind, subject }) => kind === 'placement' && subject.startsWith('s'))
    expect(placed.map(({ to }) => to)).toEqual(['cpu.0', 'cpu.1'])
  })
})
