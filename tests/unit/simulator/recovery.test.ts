import { describe, expect, test } from 'vitest'
import type { Scenario } from '../../../src/scenario/scenario'
import { outcomeOf } from '../../../src/simulator/outcome'
import { createRun, type Run } from '../../../src/simulator/run'
import { balanced, figure, reasons } from '../../support/asked-of-runs'
import { constant, cpuPool, finishedRun, scenarioOf, type Fields } from '../../support/scenarios'

const node = (id: string, kind: string, spec: Fields = {}, count = 1): Fields => ({ id, kind, count, spec })
const down = (target: Fields | string, atSeconds: number, forSeconds: number, more: Fields = {}): Fields => ({
  target,
  effect: 'down',
  atSeconds,
  forSeconds,
  ...more,
})

/** One service of 1 ms a request on a rack of two CPU devices, two memory devices and a NIC. */
function rack(faults: readonly Fields[], recovery: Fields, more: Fields = {}): Scenario {
  return scenarioOf({
    nodes: [
      cpuPool('cpu', 2, 4),
      node('mem', 'memory', { capacityGiB: 8 }, 2),
      node('nic', 'nic', {}, 2),
      node('tor', 'switch'),
    ],
    links: ['cpu', 'mem', 'nic'].map((from) => ({ id: from, from, to: 'tor', protocol: 'cxl' })),
    services: [
      {
        id: 's',
        coldStartMs: 2,
        operations: [{ id: 'o', steps: [{ do: 'compute', timeNs: constant(1_000_000) }] }],
        ...more,
      },
    ],
    sources: [
      {
        id: 'u',
        entry: 's.o',
        via: 'nic',
        requestBytes: 100,
        responseBytes: 100,
        arrivals: { process: 'constant', ratePerSecond: 1000 },
      },
    ],
    policies: { recovery, migration: { use: 'never', mechanism: 'stop-and-copy' } },
    faults: [...faults],
    run: { durationSeconds: 0.1 },
  })
}

const at = (run: Run): string => run.machine.devices.names[run.machine.instances.device[0]]
describe('a CPU device that fails', () => {
  const fault = down({ node: 'cpu', device: 0 }, 0.02, 0.05)

  test('restart: the instance starts elsewhere after detection and cold start; what it held fails', () => {
    const run = finishedRun(rack([fault], { use: 'restart', detectMs: 5 }))
    expect(at(run)).toBe('cpu.1')
    balanced(run)
    // 1 in work, and 5 that came while nobody knew: those of the cold start wait
    expect(figure(run, 'requests_failed')).toBeGreaterThanOrEqual(5)
    expect(figure(run, 'requests_failed')).toBeLessThanOrEqual(7)
    expect(figure(run, 'requests_failed_lost')).toBeGreaterThanOrEqual(1)
    expect(figure(run, 'device_down_seconds')).toBeCloseTo(0.05, 12)
    expect(reasons(run, 'recovery')).toEqual(['restart: cpu.0 has failed'])
  })

  test('wait: the instance stands still and goes on where it stopped', () => {
    const run = finishedRun(rack([fault], { use: 'wait' }))
    expect(at(run)).toBe('cpu.0')
    balanced(run)
    expect(figure(run, 'requests_failed_lost')).toBe(0)
    expect(figure(run, 'requests_failed_unplaced')).toBeGreaterThanOrEqual(48)
    expect(figure(run, 'latency_max_us')).toBeGreaterThan(50_000)
    expect(figure(run, 'latency_max_us')).toBeLessThan(52_000)
  })

  test('evacuate: warned in time, the instance is elsewhere, and nothing is lost', () => {
    const warned = down({ node: 'cpu', device: 0 }, 0.03, 0.05, { warningSeconds: 0.02 })
    const run = finishedRun(rack([warned], { use: 'evacuate' }, { footprintMiB: 64, stateMiB: 8 }))
    expect(at(run)).toBe('cpu.1')
    balanced(run)
    expect(figure(run, 'requests_failed')).toBe(0)
    expect(figure(run, 'migrations')).toBe(1)
  })

  test('evacuate without a warning starts again elsewhere', () => {
    const run = finishedRun(rack([fault], { use: 'evacuate' }, { footprintMiB: 64, stateMiB: 8 }))
    expect(at(run)).toBe('cpu.1')
    expect(figure(run, 'requests_failed')).toBeGreaterThan(0)
  })

  test('retries bring what is lost to the next life of an instance', () => {
    const base = rack([fault], { use: 'restart', detectMs: 1 }, { replicas: 2, coldStartMs: 0 })
    const source = base.workload.sources[0]
    const attempts = { timeoutUs: null, retries: 3, backoffUs: 1000, retryBudget: null, hedgeAfterUs: null }
    const scenario: Scenario = { ...base, workload: { sources: [{ ...source, attempts }] } }
    expect(figure(finishedRun(base), 'requests_failed')).toBeGreaterThan(0)
    const run = finishedRun(scenario)
    expect(figure(run, 'requests_failed')).toBe(0)
    expect(figure(run, 'retries')).toBeGreaterThan(0)
    balanced(run)
  })
})

test('a memory device that fails hits only those whose slabs it held', () => {
  const base = rack([down({ node: 'mem', device: 1 }, 0.02, 0.5)], { use: 'restart', detectMs: 1 })
  const [service] = base.application.services
  const far = { ...service, replicas: 4, footprintMiB: 2048, localShare: 0.5 }
  const scenario: Scenario = {
    ...base,
    application: {
      ...base.application,
      services: [far, { ...service, id: 'near', operations: [{ ...service.operations[0], stream: 'near.o' }] }],
    },
    policies: { ...base.policies, memory: { ...base.policies.memory, use: 'spread' } },
  }
  const before = createRun(scenario)
  before.advance(0.0199e12, Infinity)
  const { leases } = before.machine.instances
  const onIt = [...leases.keys()].filter((i) =>
    leases[i].some(({ device }) => before.machine.devices.names[device] === 'mem.1'),
  )
  expect(onIt.length).toBeGreaterThan(0)
  expect(onIt.length).toBeLessThan(4)
  const run = finishedRun(scenario)
  const hit = run.decisions.rows.filter((row) => row.kind === 'recovery').map((row) => row.subject)
  expect(hit).toEqual(onIt.map((i) => run.machine.instances.name(i)))
  for (const own of run.machine.instances.leases)
    for (const { device } of own) expect(run.machine.devices.names[device]).toBe('mem.0')
  balanced(run)
})

test('a NIC that fails breaks its connections, and users come by the other', () => {
  const run = finishedRun(rack([down({ node: 'nic', device: 0 }, 0.0205, 0.05)], { use: 'restart' }))
  balanced(run)
  expect(figure(run, 'requests_failed_lost')).toBeLessThanOrEqual(2)
  expect(figure(run, 'requests_completed')).toBeGreaterThanOrEqual(96)
})

test('when all NICs are down requests fail at once', () => {
  const run = finishedRun(rack([down('nic', 0.02, 0.01)], { use: 'restart' }))
  expect(figure(run, 'requests_failed_lost')).toBeGreaterThanOrEqual(10)
  expect(figure(run, 'requests_failed_lost')).toBeLessThanOrEqual(12)
  balanced(run)
})

test('a slow device takes longer for what it has begun, too', () => {
  const fault = { target: { node: 'cpu', device: 0 }, effect: 'slow', factor: 3, atSeconds: 0.0005, forSeconds: 0.0015 }
  const run = finishedRun(
    scenarioOf({
      nodes: [cpuPool('cpu', 1, 1)],
      services: [{ id: 's', operations: [{ id: 'o', steps: [{ do: 'compute', timeNs: constant(2_000_000) }] }] }],
      sources: [{ id: 'u', entry: 's.o', arrivals: { process: 'trace', timesSeconds: [0] } }],
      faults: [fault],
      run: { durationSeconds: 0.01 },
    }),
  )
  // 0.5 ms at full speed, 1.5 ms that are worth 0.5, and 1 ms more
  expect(figure(run, 'latency_mean_us')).toBe(3000)
})

test.each(['restart', 'wait', 'evacuate'])(
  '%s: a run saved while devices are down goes on as the unbroken one',
  (use) => {
    const faults: Fields[] = [
      { target: 'cpu', effect: 'down', mtbfSeconds: 0.02, mttrSeconds: 0.005, warningSeconds: 0.002 },
      { target: 'mem', effect: 'down', mtbfSeconds: 0.05, mttrSeconds: { dist: 'constant', value: 0.004 } },
      { target: 'nic', effect: 'down', mtbfSeconds: 0.05, mttrSeconds: 0.002 },
    ]
    const scenario = rack(faults, { use }, { replicas: 3, footprintMiB: 1100, localShare: 0.5, stateMiB: 2 })
    const unbroken = finishedRun(scenario)
    let run = createRun(scenario)
    for (let ms = 5; ms < 100; ms += 5) {
      run.advance(ms * 1e9, Infinity)
      const saved = structuredClone(run.save())
      run = createRun(scenario)
      run.restore(saved)
    }
    run.advance(run.shape.endPs, Infinity)
    expect(outcomeOf(run)).toEqual(outcomeOf(unbroken))
    expect(run.decisions.rows).toEqual(unbroken.decisions.rows)
    expect(figure(unbroken, 'device_failures')).toBeGreaterThan(5)
    balanced(unbroken)
  },
)
