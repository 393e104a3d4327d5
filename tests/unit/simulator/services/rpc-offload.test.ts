import { expect, test } from 'vitest'
import { outcomeOf } from '../../../../src/simulator/outcome'
import type { Run } from '../../../../src/simulator/run'
import { cpuPool, finishedRun, freeNic, scenarioOf, trace, type Fields } from '../../../support/scenarios'

/** Serialization at 1 byte per ns; cores whose cycles are picoseconds. */
const dpu = (spec: Fields = {}): Fields => ({
  id: 'dpu',
  kind: 'nic',
  spec: {
    cores: 0,
    frequencyGHz: 1000,
    messageNs: 0,
    engines: [{ work: 'serialization', bandwidthGBps: 1 }],
    ...spec,
  },
})
const link = (id: string, from: string, to: string): Fields => ({ id, from, to, protocol: 'ideal', propagationNs: 100 })

/** One call of 3,000 bytes, answered with 1,000, between two hosts; RPC costs 50 ns a message and 2 ns a byte. */
function runOf(nodes: Fields[], links: Fields[], rpc: string | null): Run {
  return finishedRun(
    scenarioOf({
      nodes: [cpuPool('a', 1, 1), cpuPool('b', 1, 1), ...nodes],
      links,
      rpc: { cyclesPerMessage: 50_000, cyclesPerByte: 2000 },
      services: [
        {
          id: 'ask',
          on: 'a',
          operations: [{ id: 'o', steps: [{ do: 'call', to: 'tell.o', requestBytes: 3000, responseBytes: 1000 }] }],
        },
        { id: 'tell', on: 'b', operations: [{ id: 'o', steps: [] }] },
      ],
      sources: [trace('ask.o', [1])],
      policies: { offload: { use: 'never', rpc } },
      run: { durationSeconds: 0.001 },
    }),
  )
}
const ns = (run: Run): number => run.machine.measures.requests.latency.mean() / 1000
const onPath = [link('x', 'a', 'dpu'), link('y', 'dpu', 'b')]

test('without it both ends of both messages pay on their cores', () => {
  expect(ns(runOf([dpu()], onPath, null))).toBeCloseTo(2 * (50 + 6000) + 2 * (50 + 2000) + 4 * 100, 6)
})

test('an engine on the way takes the bytes in passing, messages stay with the cores of the hosts', () => {
  const run = runOf([dpu()], onPath, 'dpu')
  expect(ns(run)).toBeCloseTo(2 * (50 + 3000) + 2 * (50 + 1000) + 4 * 100, 6)
  const busy = outcomeOf(run).devices.find((row) => row.node === 'a')?.utilization ?? 0
  expect(busy).toBeCloseTo(100e-9 / 1e-3, 12)
})

test('cores of the NIC take the messages too, and the bytes where there is no engine', () => {
  expect(ns(runOf([dpu({ cores: 1 })], onPath, 'dpu'))).toBeCloseTo(2 * (50 + 3000) + 2 * (50 + 1000) + 4 * 100, 6)
  const without = runOf([dpu({ cores: 1, engines: [] })], onPath, 'dpu')
  expect(ns(without)).toBeCloseTo(2 * (50 + 6000) + 2 * (50 + 2000) + 4 * 100, 6)
  const hosts = outcomeOf(without).devices.filter((row) => row.kind === 'cpu')
  expect(hosts.map((row) => row.utilization)).toEqual([0, 0])
})

test('a NIC beside the way is a detour', () => {
  const tor = { id: 'tor', kind: 'switch', spec: { latencyNs: 0 } }
  const links = [link('x', 'a', 'tor'), link('y', 'b', 'tor'), link('z', 'dpu', 'tor')]
  // Each message goes to the NIC and on, two hops each, in place of two hops.
  expect(ns(runOf([dpu(), tor], links, 'dpu'))).toBeCloseTo(2 * (50 + 3000) + 2 * (50 + 1000) + 8 * 100, 6)
})

test('needs a pool that can', () => {
  expect(() => runOf([freeNic()], [link('x', 'a', 'nic'), link('y', 'nic', 'b')], 'nic')).toThrow(
    'policies.offload.rpc: NIC pool "nic" has neither cores nor a serialization engine for RPC work',
  )
})

test('what a NIC does for requests that nobody takes counts for their service', () => {
  const run = finishedRun(
    scenarioOf({
      nodes: [cpuPool('a', 1, 1), dpu({ cores: 1 })],
      links: [link('x', 'a', 'dpu')],
      rpc: { cyclesPerMessage: 50_000, cyclesPerByte: 0 },
      services: [{ id: 'ask', on: 'a', operations: [{ id: 'o', steps: [] }] }],
      sources: [trace('ask.o', [100, 200], { via: 'dpu' })],
      policies: { offload: { use: 'never', rpc: 'dpu' } },
      faults: [{ target: { node: 'a', device: 0 }, effect: 'down', atSeconds: 50e-6, forSeconds: 1 }],
      run: { durationSeconds: 0.001 },
    }),
  )
  const { services } = outcomeOf(run)
  expect(services[0].coresMean).toBeCloseTo((2 * 50e-9) / 1e-3, 12)
  expect(run.machine.cores.busyCores.integralAt(1, run.shape.endPs)).toBe(2 * 50_000)
})
