import { describe, expect, test } from 'vitest'
import { audit } from '../../../../src/simulator/audit'
import {
  constant,
  cpuPool,
  exponential,
  finishedRun,
  freeNic,
  scenarioOf,
  trace,
  type Fields,
} from '../../../support/scenarios'

const every = (count: number, step: number, from = 0): number[] =>
  Array.from({ length: count }, (_, i) => from + i * step)

/** Requests that wait for workers, compute, miss, wait for pages, call, branch, are offloaded and delayed, all at once. */
describe('an instance that moves again and again while its requests are in every state loses none', () => {
  const call = { do: 'call', to: 't.o', requestBytes: 300, responseBytes: 2000 }
  const steps: Fields[] = [
    { do: 'compute', timeNs: exponential(5000), offload: ['cpu', 'nic'], inputBytes: 700, outputBytes: 300 },
    { do: 'compute', instructions: constant(20_000), missesPerKiloInstruction: 2, dirtyRatio: 0.5 },
    {
      do: 'parallel',
      branches: [
        [call],
        [
          { do: 'send', to: 't.o', requestBytes: 900 },
          { do: 'compute', timeNs: constant(20_000) },
        ],
        [{ do: 'delay', timeNs: exponential(20_000) }],
      ],
    },
    call,
    { do: 'compute', instructions: constant(5000), missesPerKiloInstruction: 2 },
  ]
  const targets = [
    { node: 'cpu', device: 0 },
    { node: 'cpu', device: 1 },
    { node: 'fast', device: 0 },
    { node: 'nic', device: 1 },
  ]

  for (const protocol of ['cxl', 'rdma', 'ethernet'])
    for (const mechanism of ['pre-copy', 'stop-and-copy', 'post-copy', 'remap'])
      for (const threads of [2, 8, null])
        test(`${mechanism} over ${protocol} with ${threads ?? 'any number of'} workers`, () => {
          const pools = [
            cpuPool('cpu', 2, 2, { frequencyGHz: 2.3 }),
            cpuPool('fast', 1, 2, { speed: 2, baseCpi: 0.4, frequencyGHz: 3.7 }),
            { id: 'mem', kind: 'memory', count: 2, spec: { capacityGiB: 16, slabMiB: 64 } },
            { id: 'nic', kind: 'nic', count: 2, spec: { cores: 2 } },
          ]
          const run = finishedRun(
            scenarioOf({
              nodes: [...pools, { id: 'tor', kind: 'switch', spec: { bufferKiB: 64 } }],
              links: pools.map(({ id }) => ({ id, from: id, to: 'tor', protocol, bandwidthGbps: 20 })),
              rpc: { cyclesPerMessage: 1000, cyclesPerByte: 0.1 },
              services: [
                {
                  id: 's',
                  threads,
                  footprintMiB: 128,
                  localShare: 0.3,
                  stateMiB: 1,
                  dirtyMiBps: 500,
                  operations: [{ id: 'o', steps }],
                },
                {
                  id: 't',
                  runsOn: ['cpu', 'nic'],
                  footprintMiB: 64,
                  stateMiB: 1,
                  operations: [{ id: 'o', steps: [{ do: 'compute', timeNs: exponential(10_000) }] }],
                },
              ],
              sources: [trace('s.o', every(600, 50), { via: 'nic', requestBytes: 5000, responseBytes: 12_000 })],
              policies: {
                offload: { use: 'static', map: [{ operation: 's.o', step: 0, to: 'nic' }] },
                migration: { use: 'never', mechanism, downtimeTargetMs: 0.01 },
                orders: every(60, 0.0015, 0.001).map((atSeconds, i) => ({
                  atSeconds,
                  do: 'migrate',
                  service: i % 2 === 0 ? 's' : 't',
                  instance: 0,
                  to: targets[(i >> 1) % (i % 2 === 0 ? 3 : 4)],
                })),
              },
              run: { durationSeconds: 20 },
            }),
          )
          const { machine, migrations } = run
          const completed = migrations.list.filter((move) => move.outcome === 'completed').length
          // Ethernet drops pieces that find the buffer half full, so that moves take longer there.
          expect(completed).toBeGreaterThan(protocol === 'ethernet' ? 2 : 20)
          expect(migrations.list.filter((move) => move.outcome === 'running')).toEqual([])
          expect(machine.measures.operations.map((operation) => operation.completed)).toEqual([600, 1800])
          expect([machine.executions.pool.live, machine.tokens.pool.live]).toEqual([0, 0])
          expect(machine.cores.busy.every((busy) => busy === 0)).toBe(true)
          for (const { station, integral, sojourn } of audit(run))
            expect([station, integral]).toEqual([station, sojourn])
        })
})

describe('where a request is when its instance stops', () => {
  const scenario = (steps: Fields[], atUs: number) =>
    scenarioOf({
      nodes: [cpuPool('cpu', 2, 1, { baseCpi: 1 }), cpuPool('other', 1, 1), freeNic(), { id: 'tor', kind: 'switch' }],
      links: ['cpu', 'other', 'nic'].map((from) => ({ id: from, from, to: 'tor', protocol: 'rdma' })),
      services: [
        { id: 's', on: { node: 'cpu', device: 0 }, footprintMiB: 1, operations: [{ id: 'o', steps }] },
        { id: 't', on: 'other', operations: [{ id: 'o', steps: [{ do: 'compute', timeNs: constant(2000) }] }] },
      ],
      sources: [trace('s.o', [0])],
      policies: {
        orders: [
          {
            atSeconds: atUs / 1e6,
            do: 'migrate',
            service: 's',
            instance: 0,
            to: { node: 'cpu', device: 1 },
            mechanism: 'stop-and-copy',
          },
        ],
      },
    })
  const latencyAndDowntime = (steps: Fields[], atUs: number): readonly number[] => {
    const run = finishedRun(scenario(steps, atUs))
    const [{ stop, resume }] = run.migrations.list
    return [run.machine.measures.requests.latency.max, resume - stop]
  }

  test('on a core: the rest of its work is done after the downtime', () => {
    const [latency, downtime] = latencyAndDowntime([{ do: 'compute', timeNs: constant(50_000) }], 20)
    expect(latency).toBe(50_000_000 + downtime)
  })

  test('with cycles to go: the rest of them are done after the downtime', () => {
    const [latency, downtime] = latencyAndDowntime([{ do: 'compute', instructions: constant(50_000_000) }], 20)
    expect(latency).toBe(50_000_000 + downtime)
  })

  test('in a delay that ends meanwhile: it goes on with the instance', () => {
    const [latency, downtime] = latencyAndDowntime([{ do: 'delay', timeNs: constant(30_000) }], 20)
    expect(latency).toBe(20_000_000 + downtime)
  })

  test('in a delay that ends later: it notices nothing', () => {
    const [latency] = latencyAndDowntime([{ do: 'delay', timeNs: constant(1e8) }], 20)
    expect(latency).toBe(100_000_000_000)
  })

  test('waiting for a callee that answers meanwhile: it goes on with the instance', () => {
    const [latency, downtime] = latencyAndDowntime([{ do: 'call', to: 't.o' }], 1)
    expect(latency).toBe(1_000_000 + downtime)
  })
})

test('requests that come while the instance is stopped wait, whatever the queue limit; later ones meet it again', () => {
  const run = finishedRun(
    scenarioOf({
      nodes: [cpuPool('cpu', 2, 1, { localMemoryGiB: 1 }), { id: 'tor', kind: 'switch', spec: {} }],
      links: [{ id: 'l', from: 'cpu', to: 'tor', protocol: 'rdma', bandwidthGbps: 1 }],
      services: [
        {
          id: 's',
          threads: 1,
          queueLimit: 2,
          on: { node: 'cpu', device: 0 },
          stateMiB: 2,
          footprintMiB: 2,
          operations: [{ id: 'o', steps: [{ do: 'compute', timeNs: constant(10_000) }] }],
        },
      ],
      sources: [trace('s.o', every(300, 100))],
      policies: {
        orders: [
          {
            atSeconds: 0.001,
            do: 'migrate',
            service: 's',
            instance: 0,
            to: { node: 'cpu', device: 1 },
            mechanism: 'stop-and-copy',
          },
        ],
      },
      run: { durationSeconds: 0.1 },
    }),
  )
  const { requests, offeredCount } = run.machine.measures
  expect(run.migrations.list[0]).toMatchObject({ outcome: 'completed' })
  // 2 MiB at 1 Gb/s stop it for 17.1 ms: 172 requests wait, and are worked off by 19.8 ms; 17 come until then.
  expect({ offered: offeredCount, failed: requests.failed }).toEqual({ offered: 300, failed: 17 })
})
