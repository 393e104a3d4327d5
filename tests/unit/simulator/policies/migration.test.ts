import { describe, expect, test } from 'vitest'
import { constant, cpuPool, finishedRun, scenarioOf, type Fields } from '../../../support/scenarios'

/** Work of `cores` cores, arriving evenly. */
const busy = (id: string, cores: number, more: Fields = {}): { service: Fields; source: Fields } => ({
  service: { id, footprintMiB: 64, stateMiB: 1, operations: [{ id: 'o', steps: [work] }], ...more },
  source: { id, entry: `${id}.o`, arrivals: { process: 'constant', ratePerSecond: 1000 * cores } },
})
const work = { do: 'compute', timeNs: constant(1e6) }

function run(parts: readonly { service: Fields; source: Fields }[], policies: Fields, more: Fields = {}) {
  return finishedRun(
    scenarioOf({
      nodes: [cpuPool('cpu', 3, 4, { localMemoryGiB: 1 }), { id: 'tor', kind: 'switch' }],
      links: [{ id: 'l', from: 'cpu', to: 'tor', protocol: 'rdma' }],
      services: parts.map(({ service }) => service),
      sources: parts.map(({ source }) => source),
      policies,
      run: { durationSeconds: 0.3 },
      ...more,
    }),
  )
}

const moved = (done: ReturnType<typeof run>): readonly string[] =>
  done.decisions.rows
    .filter((row) => row.kind === 'migration')
    .map((row) => `${row.subject} ${row.from}>${row.to} ${row.reason}`)

const [one, two, three] = [busy('one', 1.5), busy('two', 1), busy('three', 0.5)]

describe('load-imbalance', () => {
  const policy = { use: 'load-imbalance', controlPeriodMs: 10, forMs: 20 }

  test('makes the move that leaves the lowest peak, and stops when little would be gained', () => {
    const moves = moved(run([one, two, three], { migration: { ...policy, minResidenceMs: 0 } }))
    expect(moves[0]).toMatch(/^one\.0 cpu\.0>cpu\.1 imbalance: cpu\.0 at \d+ %, cpu\.1 at 0 %$/)
    expect(moves.length).toBeLessThanOrEqual(2)
  })

  test('moves nothing where devices differ by less', () => {
    expect(moved(run([one, two, three], { migration: { ...policy, imbalance: 2 } }))).toEqual([])
  })
})

describe('tail-latency', () => {
  const policy = { use: 'tail-latency', controlPeriodMs: 20, forMs: 40 }
  const crowd = [busy('a', 3), busy('b', 2)]

  test('an instance that misses its target goes to a calmer device', () => {
    const moves = moved(run(crowd, { migration: { ...policy, targetUs: 5000 } }))
    expect(moves[0]).toMatch(/^[ab]\.0 cpu\.0>cpu\.1 tail: [ab]\.0 at \d+ µs, target 5000 µs$/)
    expect(moves).toHaveLength(1)
  })

  test('one that keeps it stays', () => {
    expect(moved(run(crowd, { migration: { ...policy, targetUs: 1e9 } }))).toEqual([])
  })
})

test('memory-pressure: the smallest instance that relieves a device leaves it for the emptiest', () => {
  const sizes = [busy('large', 0.1, { footprintMiB: 700 }), busy('small', 0.1, { footprintMiB: 150 })]
  const more = [busy('tiny', 0.1, { footprintMiB: 100 })]
  const policy = { use: 'memory-pressure', freeShare: 0.15, controlPeriodMs: 10, forMs: 20 }
  expect(moved(run([...sizes, ...more], { migration: policy }))).toEqual([
    'tiny.0 cpu.0>cpu.1 memory: cpu.0 has 7 % free',
  ])
})

describe('consolidation', () => {
  const parts = [busy('one', 1), busy('two', 0.4), busy('three', 0.6)]
  const policies = (more: Fields): Fields => ({
    placement: { use: 'spread' },
    migration: { use: 'consolidation', controlPeriodMs: 10, forMs: 20, minResidenceMs: 0, ...more },
  })

  test('empties the least busy devices onto the fullest that take it', () => {
    const done = run(parts, policies({}))
    expect(moved(done)[0]).toMatch(/^two\.0 cpu\.1>cpu\.0 consolidation: cpu\.1 at \d+ % is emptied$/)
    expect(new Set(done.machine.instances.device).size).toBe(1)
  })

  test('nothing moves where the others would be too busy', () => {
    expect(moved(run(parts, policies({ mostBusy: 0.2 })))).toEqual([])
  })
})

describe('evacuation', () => {
  test('all leave a device that has become slow, and spread over the others', () => {
    const done = run(
      [one, two, three],
      { migration: { use: 'evacuation', controlPeriodMs: 10 } },
      { faults: [{ atSeconds: 0.1, target: { node: 'cpu', device: 0 }, effect: 'slow', factor: 2 }] },
    )
    expect(moved(done)).toHaveLength(3)
    expect(moved(done).every((line) => line.endsWith('evacuation: cpu.0 works 2 times slower'))).toBe(true)
    expect(new Set(done.machine.instances.device)).toEqual(new Set([1, 2]))
  })

  test('by order, whatever the policy; nobody is moved there afterwards', () => {
    const orders = [{ atSeconds: 0.1, do: 'evacuate', from: { node: 'cpu', device: 0 }, mechanism: 'stop-and-copy' }]
    const done = run([one, two, three], { migration: { use: 'load-imbalance', imbalance: 0.3 }, orders })
    expect(moved(done).filter((line) => line.endsWith('evacuation: cpu.0 is to be emptied')).length).toBeGreaterThan(0)
    expect([...done.machine.instances.device]).not.toContain(0)
    expect(done.machine.measures.requests.failed).toBe(0)
  })
})

describe('a budget', () => {
  const fault = { faults: [{ atSeconds: 0.1, target: { node: 'cpu', device: 0 }, effect: 'slow', factor: 2 }] }

  test('bounds the moves per second; what is held back is said once', () => {
    const migration = { use: 'evacuation', controlPeriodMs: 10, budgetPerSecond: 0.001 }
    const lines = moved(run([one, two, three], { migration }, fault))
    expect(lines).toHaveLength(3)
    expect(
      lines.filter((line) => line.includes('held back: the budget of 0.001 moves per second is used up')),
    ).toHaveLength(2)
  })

  test('bounds the moves at once', () => {
    const migration = { use: 'evacuation', controlPeriodMs: 10, maxConcurrent: 1 }
    const done = run([one, two, three], { migration }, fault)
    const spans = done.migrations.list.map(({ start, end }) => [start, end])
    expect(spans).toHaveLength(3)
    spans.forEach(([start], i) => {
      if (i > 0) expect(start).toBeGreaterThanOrEqual(spans[i - 1][1])
    })
  })
})

test('auto compares every mechanism at every target, and takes the shortest downtime', () => {
  const part = busy('one', 1, { stateMiB: 64, dirtyMiBps: 100, contextKiB: 64 })
  const migration = { use: 'hotspot', utilization: 0.1, forMs: 10, controlPeriodMs: 10, mechanism: 'auto' }
  const done = run([part, busy('two', 1)], { migration, orders: [] })
  const orders = [{ atSeconds: 0.05, do: 'migrate', service: 'one', to: { node: 'cpu', device: 2 }, mechanism: 'auto' }]
  const ordered = run([part], { orders })
  expect(ordered.migrations.list.map(({ mechanism }) => mechanism)).toEqual(['post-copy'])
  expect(done.migrations.list[0].mechanism).toBe('post-copy')
})
