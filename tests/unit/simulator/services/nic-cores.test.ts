import { expect, test } from 'vitest'
import { constant, cpuPool, finishedRun, scenarioOf, trace, type Fields } from '../../../support/scenarios'

/** NIC cores whose cycles are picoseconds, with a memory of 100 ns and 6 outstanding misses. */
const nic = (spec: Fields = {}): Fields => ({
  id: 'nic',
  kind: 'nic',
  spec: { cores: 1, frequencyGHz: 1000, baseCpi: 1, memoryParallelism: 6, localLatencyNs: 100, ...spec },
})
const step = (more: Fields = {}): Fields => ({
  do: 'compute',
  instructions: constant(1000),
  missesPerKiloInstruction: 15,
  ...more,
})

function latencyNs(parts: { nodes: Fields[]; links?: Fields[]; service: Fields; policies?: Fields }): number {
  const run = finishedRun(
    scenarioOf({
      nodes: parts.nodes,
      links: parts.links ?? [],
      services: [{ id: 's', operations: [{ id: 'o', steps: [step()] }], ...parts.service }],
      sources: [trace('s.o', [1])],
      policies: parts.policies ?? {},
      run: { durationSeconds: 0.001 },
    }),
  )
  return run.machine.measures.requests.latency.mean() / 1000
}

test('an instance on a NIC waits for the misses of its cores in the memory of the card', () => {
  // 1,000 instructions at one cycle each, then windows of 6, 6 and 3 misses.
  expect(latencyNs({ nodes: [nic()], service: { on: 'nic', runsOn: ['nic'] } })).toBeCloseTo(1 + 3 * 100, 6)
  const narrow = nic({ memoryParallelism: 1 })
  expect(latencyNs({ nodes: [narrow], service: { on: 'nic', runsOn: ['nic'] } })).toBeCloseTo(1 + 15 * 100, 6)
})

test('a step offloaded to a NIC waits for its misses there, not in the memory of its instance', () => {
  const nodes = [cpuPool('cpu', 1, 1, { localLatencyNs: 5000 }), nic()]
  const links = [{ id: 'l', from: 'cpu', to: 'nic', protocol: 'ideal', propagationNs: 0 }]
  const service = { operations: [{ id: 'o', steps: [step({ offload: ['nic'] })] }] }
  const policies = { offload: { use: 'static', map: [{ operation: 's.o', step: 0, to: 'nic' }] } }
  expect(latencyNs({ nodes, links, service, policies })).toBeCloseTo(1 + 3 * 100, 6)
})
