import { describe, expect, test } from 'vitest'
import type { Scenario } from '../../../src/scenario/scenario'
import type { Run } from '../../../src/simulator/run'
import { balanced, figure, reasons } from '../../support/asked-of-runs'
import { constant, cpuPool, finishedRun, scenarioOf, trace, type Fields } from '../../support/scenarios'

/** An instance of 64 MiB that moves from cpu.0 to cpu.1 at 10 ms over 10 Gbit/s: about 54 ms; a request of 0.1 ms each ms. */
function move(mechanism: string, faults: readonly Fields[], recovery: Fields): Scenario {
  return scenarioOf({
    nodes: [cpuPool('cpu', 2, 2), { id: 'tor', kind: 'switch' }],
    links: [{ id: 'cpu', from: 'cpu', to: 'tor', protocol: 'rdma', bandwidthGbps: 10 }],
    services: [
      {
        id: 's',
        footprintMiB: 64,
        operations: [{ id: 'o', steps: [{ do: 'compute', timeNs: constant(100_000) }] }],
      },
    ],
    sources: [{ id: 'u', entry: 's.o', arrivals: { process: 'constant', ratePerSecond: 1000 } }],
    policies: {
      recovery,
      orders: [
        { atSeconds: 0.01, do: 'migrate', service: 's', instance: 0, to: { node: 'cpu', device: 1 }, mechanism },
      ],
    },
    faults: faults.map((fault) => ({ effect: 'down', ...fault })),
    run: { durationSeconds: 0.2 },
  })
}

const target = { target: { node: 'cpu', device: 1 }, atSeconds: 0.03, forSeconds: 0.02 }
const source = { target: { node: 'cpu', device: 0 }, atSeconds: 0.03, forSeconds: 0.05 }

describe('a move whose target fails', () => {
  test('before the stop: the instance goes on where it is, as if nothing had been', () => {
    const run = finishedRun(move('pre-copy', [target], { use: 'restart', detectMs: 5 }))
    const [only] = run.migrations.list
    expect([only.outcome, run.machine.instances.device[0]]).toEqual(['aborted', 0])
    expect([...run.machine.local.used]).toEqual([64 * 2 ** 20, 0, 0])
    expect(figure(run, 'requests_failed')).toBe(0)
    expect(figure(run, 'latency_max_us')).toBeCloseTo(100, 0)
    expect(run.decisions.rows.find((row) => row.kind === 'migration')?.outcome?.end).toBe('aborted')
    balanced(run)
  })

  test('during the stop: it goes on once the failure is known', () => {
    const run = finishedRun(move('stop-and-copy', [target], { use: 'restart', detectMs: 5 }))
    expect([run.migrations.list[0].outcome, run.machine.instances.device[0]]).toEqual(['aborted', 0])
    // Who comes at 10 ms, as it stops, waits until 35 ms.
    expect(figure(run, 'latency_max_us')).toBeGreaterThan(24_900)
    expect(figure(run, 'latency_max_us')).toBeLessThan(26_100)
    expect(figure(run, 'requests_failed')).toBe(0)
    balanced(run)
  })

  test('for less time than it takes to notice: the move goes on', () => {
    const short = { ...target, forSeconds: 0.004 }
    const run = finishedRun(move('pre-copy', [short], { use: 'restart', detectMs: 5 }))
    expect([run.migrations.list[0].outcome, run.machine.instances.device[0]]).toEqual(['completed', 1])
  })

  test('nothing moves to a device that is known to be down', () => {
    const early = { ...target, atSeconds: 0.001 }
    const run = finishedRun(move('pre-copy', [early], { use: 'restart', detectMs: 5 }))
    expect(run.migrations.list[0].outcome).toBe('refused')
    expect(reasons(run, 'migration')).toEqual(['refused: cpu.1 has failed'])
  })
})

describe('a post-copy move whose source fails with pages on it', () => {
  test('restart: the instance is lost, and starts again', () => {
    const run = finishedRun(move('post-copy', [source], { use: 'restart', detectMs: 5 }))
    expect(run.migrations.list[0].outcome).toBe('abandoned')
    expect(reasons(run, 'recovery')).toEqual(['restart: the pages that it had left on cpu.0 are lost'])
    // Of the 5 ms in which nobody knows
    expect(figure(run, 'requests_failed')).toBeGreaterThanOrEqual(5)
    expect(run.machine.instances.absent[0]).toBe(0)
    balanced(run)
  })

  test('wait: it stands still until they can come, and all of them come', () => {
    const run = finishedRun(move('post-copy', [source], { use: 'wait' }))
    const [only] = run.migrations.list
    expect(only.outcome).toBe('completed')
    expect(only.end / 1e12).toBeGreaterThan(0.08)
    expect(only.bytes).toBe(64 * 2 ** 20 + 2048 * 1024)
    expect(reasons(run, 'recovery')).toEqual(['wait: waits for cpu.0'])
    balanced(run)
  })

  test('when all have come its failure is none of its business', () => {
    const late = { ...source, atSeconds: 0.15 }
    const run = finishedRun(move('post-copy', [late], { use: 'restart' }))
    expect(run.migrations.list[0].outcome).toBe('completed')
    expect(reasons(run, 'recovery')).toEqual([])
    expect(figure(run, 'requests_failed')).toBe(0)
  })
})

/** One request at 1 ms whose step is sent to a device that fails while it works there: 10 ms, from 2 ms on. */
function away(steps: readonly Fields[], offload: Fields, use: string, more: readonly number[] = []): Run {
  return finishedRun(
    scenarioOf({
      nodes: [
        cpuPool('cpu', 1, 2),
        { id: 'nic', kind: 'nic', spec: { cores: 1, memoryGiB: 1 } },
        { id: 'gpu', kind: 'gpu', spec: { launchUs: 0, streams: 1 } },
        { id: 'tor', kind: 'switch' },
      ],
      links: ['cpu', 'nic', 'gpu'].map((from) => ({ id: from, from, to: 'tor', protocol: 'cxl' })),
      services: [{ id: 's', operations: [{ id: 'o', steps: [...steps] }] }],
      sources: [trace('s.o', [1000, ...more])],
      policies: { recovery: { use, detectMs: 3 }, offload },
      faults: ['nic', 'gpu'].map((node) => ({
        target: node,
        effect: 'down',
        atSeconds: 0.002,
        forSeconds: 0.02,
      })),
      run: { durationSeconds: 0.05 },
    }),
  )
}

describe('a step that was sent to a device that fails', () => {
  const step = { do: 'compute', timeNs: constant(4_000_000), offload: ['cpu', 'nic'], inputBytes: 64, outputBytes: 64 }
  const toNic = { use: 'static', map: [{ operation: 's.o', step: 0, to: 'nic' }] }
  const kernel = { do: 'kernel', flops: 1e11, bytes: 0, inputBytes: 64, outputBytes: 64 }

  test('is done at home, from the beginning, once the failure is known', () => {
    const run = away([step], toNic, 'restart')
    // 1 ms until the failure, 3 ms until it is known, 4 ms of work
    expect(figure(run, 'latency_mean_us')).toBeCloseTo(8000, 0)
    expect(figure(run, 'requests_failed')).toBe(0)
    balanced(run)
  })

  test('waits for the device where the recovery policy waits', () => {
    const run = away([step], toNic, 'wait')
    expect(figure(run, 'latency_mean_us')).toBeGreaterThan(21_000)
    balanced(run)
  })

  test('as a branch of several: all of them end once', () => {
    const both = { do: 'parallel', branches: [[step], [{ do: 'compute', timeNs: constant(100_000) }]] }
    const run = away([both], { use: 'always' }, 'restart')
    expect(figure(run, 'latency_mean_us')).toBeCloseTo(8000, -1)
    expect(run.machine.executions.pool.liveMap().reduce((sum, live) => sum + live, 0)).toBe(0)
    expect(run.machine.tokens.pool.liveMap().reduce((sum, live) => sum + live, 0)).toBe(0)
    balanced(run)
  })

  test.each(['static', 'always'])('%s: a kernel runs on a core if it may', (policy) => {
    const use = policy === 'always' ? { use: policy } : { use: policy, map: [{ operation: 's.o', step: 0, to: 'gpu' }] }
    const run = away([{ ...kernel, offload: ['cpu', 'gpu'] }], use, 'restart')
    expect([figure(run, 'requests_completed'), figure(run, 'requests_failed')]).toEqual([1, 0])
    expect(run.machine.cores.busyCores.integralAt(0, run.shape.endPs)).toBeGreaterThan(0)
    balanced(run)
  })

  test('a kernel that only GPUs run fails when none is up, and so do those that come later', () => {
    const run = away([{ ...kernel, offload: ['gpu'] }], { use: 'never' }, 'restart', [10_000, 30_000])
    expect([figure(run, 'requests_failed_lost'), figure(run, 'requests_completed')]).toEqual([2, 1])
    balanced(run)
  })
})

test('RPC work goes back to the hosts while the NIC that does it is known to be down', () => {
  const dpu = { id: 'dpu', kind: 'nic', spec: { cores: 1, frequencyGHz: 1000, messageNs: 0 } }
  const call = { do: 'call', to: 'b.o', requestBytes: 0, responseBytes: 0 }
  const on = (id: string, steps: readonly Fields[]): Fields => ({
    id,
    runsOn: ['cpu'],
    on: id,
    operations: [{ id: 'o', steps: [...steps] }],
  })
  const run = finishedRun(
    scenarioOf({
      nodes: [cpuPool('a', 1, 1), cpuPool('b', 1, 1), dpu, { id: 'tor', kind: 'switch' }],
      links: ['a', 'b', 'dpu'].map((from) => ({ id: from, from, to: 'tor', protocol: 'ideal' })),
      rpc: { cyclesPerMessage: 50_000_000, cyclesPerByte: 0 },
      services: [on('a', [call]), on('b', [])],
      // Before the failure; within the 5 ms in which nobody knows; when it is known; when it is back
      sources: [trace('a.o', [1000, 11_000, 18_000, 41_000])],
      policies: { offload: { use: 'never', rpc: 'dpu' }, recovery: { use: 'restart', detectMs: 5 } },
      faults: [{ target: 'dpu', effect: 'down', atSeconds: 0.01, forSeconds: 0.03 }],
      run: { durationSeconds: 0.06 },
    }),
  )
  const { busyCores } = run.machine.cores
  // Four pieces of RPC work of 50 µs a call
  expect([0, 1, 2].map((device) => busyCores.integralAt(device, run.shape.endPs) / 50e6)).toEqual([2, 2, 12])
  expect(figure(run, 'requests_completed')).toBe(4)
  // The one that went to the NIC while nobody knew waits until it is back.
  expect(figure(run, 'latency_max_us')).toBeCloseTo(29_000 + 200, -1)
})

test('a warning starts the evacuation policy, whatever recovery does', () => {
  const scenario = move('pre-copy', [{ ...source, atSeconds: 0.12, warningSeconds: 0.095 }], { use: 'restart' })
  const { migration } = scenario.policies
  const run = finishedRun({
    ...scenario,
    policies: { ...scenario.policies, orders: [], migration: { ...migration, use: 'evacuation', slowFactor: 2 } },
  })
  expect(reasons(run, 'migration')).toEqual(['evacuation: cpu.0 is to be emptied'])
  expect(run.migrations.list.map(({ from, to, outcome }) => [from, to, outcome])).toEqual([[0, 1, 'completed']])
  expect(run.migrations.list[0].start / 1e12).toBeCloseTo(0.04, 6) // the first look after the warning at 25 ms
  expect(figure(run, 'requests_failed')).toBe(0)
})
