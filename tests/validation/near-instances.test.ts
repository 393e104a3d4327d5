import { expect, test } from 'vitest'
import { GIB, MIB } from '../../src/units/data'
import { createRun, type Run } from '../../src/simulator/run'
import { expectExactly, meanSojourn, meanUs, replications } from '../support/queueing'
import {
  constant,
  cpuPool,
  exponential,
  finishedRun,
  poisson,
  scenarioOf,
  trace,
  work,
  type Fields,
} from '../support/scenarios'

/** Services on the cores of memory devices: worked by hand, and against queueing theory. */

interface Shape {
  readonly service?: Fields
  readonly memory?: Fields
  readonly others?: readonly Fields[]
  readonly source?: Fields
  readonly policies?: Fields
  readonly run?: Fields
}

const miss = { do: 'compute', instructions: constant(1000), missesPerKiloInstruction: 4 }

function scenarioNear({ service, memory, others = [], source, policies, run }: Shape) {
  return scenarioOf({
    nodes: [
      cpuPool('cpu', 1, 2, {}),
      {
        id: 'mem',
        kind: 'memory',
        count: 2,
        spec: {
          ...{ capacityGiB: 8, slabMiB: 1024, cores: 2, frequencyGHz: 1, baseCpi: 1, memoryParallelism: 4 },
          ...{ nearLatencyNs: 10, channels: 1, channelBandwidthGBps: 32, controllerNs: 20 },
          ...{ rowHitRatio: 0.5, rowHitNs: 15, rowMissNs: 30, ...memory },
        },
      },
      { id: 'tor', kind: 'switch' },
    ],
    links: ['cpu', 'mem'].map((from) => ({ id: from, from, to: 'tor', protocol: 'cxl' })),
    services: [
      { id: 's', runsOn: ['memory'], footprintMiB: 1500, operations: [{ id: 'o', steps: [miss] }], ...service },
      ...others,
    ],
    sources: [source ?? trace('s.o', [0])],
    policies: policies ?? {},
    ...(run === undefined ? {} : { run }),
  })
}

const latencyPs = (run: Run): number => run.machine.measures.requests.latency.max

test.each(['line', 'burst', 'fluid'])('one request at rest, %s', (fidelity) => {
  const run = finishedRun(scenarioNear({ run: { fidelity } }))
  // 1,000 instructions at 1 GHz are 1 µs. Four misses are one window: 10 ns to the channel, 4 lines of 64 B / 32 GB/s = 2 ns
  // each, controller 20 ns, and half of 15 and 30 ns in the array.
  expect(latencyPs(run)).toBe(1_000_000 + 10_000 + 4 * 2_000 + 20_000 + 22_500)
  expect(run.machine.memory.read[run.machine.devices.names.indexOf('mem.0')]).toBe(4)
})

test('what is local to it fills whole slabs of the device, and is given back when it moves', () => {
  const move = { atSeconds: 0.001, do: 'migrate', service: 's', instance: 0, to: { node: 'cpu', device: 0 } }
  const run = createRun(
    scenarioNear({
      service: { runsOn: ['memory', 'cpu'], on: { node: 'mem', device: 0 }, stateMiB: 10 },
      policies: { orders: [{ ...move, mechanism: 'stop-and-copy' }] },
      run: { durationSeconds: 0.5 },
    }),
  )
  const { slabs, devices, local } = run.machine
  const [mem, cpu] = ['mem.0', 'cpu.0'].map((name) => devices.names.indexOf(name))
  expect([slabs.usedBytes(mem), local.used[cpu]]).toEqual([2 * GIB, 0])
  while (!run.advance(run.shape.endPs, 1_000_000));
  expect([slabs.usedBytes(mem), local.used[cpu]]).toEqual([0, 1500 * MIB])
  expect(run.migrations.list.map((one) => one.outcome)).toEqual(['completed'])
})

test('far memory of an instance is never leased on its own device', () => {
  const run = createRun(scenarioNear({ service: { localShare: 0.5 }, policies: { memory: { use: 'first-fit' } } }))
  const { instances } = run.machine
  expect(instances.leases[0].length).toBeGreaterThan(0)
  expect(instances.leases[0].every((lease) => lease.device !== instances.device[0])).toBe(true)
})

test('what is leased from a device leaves no room for services there', () => {
  const operations = [{ id: 'o', steps: [miss] }]
  const tenant = { id: 'tenant', footprintMiB: 7 * 1024, localShare: 0, operations }
  const near = { id: 'near', runsOn: ['memory'], footprintMiB: 3000, operations }
  const run = finishedRun(
    scenarioOf({
      nodes: [cpuPool('cpu', 1, 2, {}), { id: 'mem', kind: 'memory', spec: { capacityGiB: 8, cores: 2 } }],
      links: [{ id: 'cpu', from: 'cpu', to: 'mem', protocol: 'cxl' }],
      services: [tenant, near],
      sources: [trace('tenant.o', [0])],
    }),
  )
  expect(run.machine.instances.device[1]).toBe(-1)
  expect(run.decisions.rows.map((row) => row.reason)).toContain('no device has 2.93 GiB of local memory left')
})

test('a device is no target for the service whose far memory it holds', () => {
  const move = { atSeconds: 0.001, do: 'migrate', service: 's', instance: 0, mechanism: 'remap' }
  const run = finishedRun(
    scenarioNear({
      service: { runsOn: ['cpu', 'memory'], on: 'cpu', localShare: 0 },
      policies: { orders: [{ ...move, to: { node: 'mem', device: 0 } }] },
      run: { durationSeconds: 0.01 },
    }),
  )
  expect(run.migrations.list.map((one) => one.outcome)).toEqual(['refused'])
  expect(run.decisions.rows.map((row) => row.reason).join()).toContain('mem.0 holds far memory of s.0')
})

test('two cores of a memory device are an M/M/2 queue', () => {
  const scenario = scenarioNear({
    service: { on: { node: 'mem', device: 0 }, operations: [{ id: 'o', steps: [work(exponential(1000))] }] },
    source: poisson('s.o', 1_400_000),
    run: { warmupSeconds: 0.002, durationSeconds: 0.03 },
  })
  const [means] = replications(scenario, 6, (run) => [meanUs(run)])
  expectExactly(means, meanSojourn(1.4, 1, 2), 0.04)
})
