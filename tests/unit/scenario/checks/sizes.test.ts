import { expect, test } from 'vitest'
import type { Json } from '../../../../src/scenario/scenario'
import { problemsWith } from '../../../support/small-rack'

const service = 'application.services[1]'

test.each([
  [{ 'topology.nodes[0].count': 100_000 }, 'topology.nodes: at most 100000 devices in all; got 100003'],
  [
    { 'topology.nodes[0].count': 3000, 'topology.nodes[0].spec': { cores: 4096 } },
    'topology.nodes: at most 10000000 cores in all; got 12288008',
  ],
  [{ 'topology.nodes[1].spec': { capacityGiB: 1e9 } }, 'topology.nodes: at most 10000000 slabs in all; got 1000000000'],
  [
    { 'topology.nodes[0].count': 1000, 'topology.links[0].lanes': 1000 },
    'topology.links: at most 1000000 directions of physical links in all; got 2000004',
  ],
  [{ [`${service}.replicas`]: 100_000 }, 'application.services: at most 100000 instances in all; got 100001'],
])('%j is more than can be simulated', (changes, message) => {
  expect(problemsWith(changes).filter((line) => !line.startsWith('warning'))).toEqual([message])
})

test.each([
  [
    {
      'run.durationSeconds': 0.1,
      'policies.orders': [{ atSeconds: 0.1, do: 'migrate', service: 'kv', to: { node: 'cpu', device: 0 } }],
    },
    'policies.orders[0].atSeconds: it never comes to 0.1 s, as the run ends at 0.1 s',
  ],
  [
    { 'workload.sources[0].arrivals': { process: 'trace', timesSeconds: [0, 1, 2] } },
    'workload.sources[0].arrivals.timesSeconds: 2 of 3 arrivals come after the end of the run, 1 s',
  ],
  [
    { 'topology.links[2].payloadBytes': 1e6 },
    'topology.links[2].payloadBytes: a packet of 1000082 bytes does not fit into the buffers of switch "tor", 512 KiB',
  ],
  [
    { [`${service}.footprintMiB`]: 65536 },
    `${service}.footprintMiB: 65536 MiB of it are local, more than the 32768 MiB of any device that can run it`,
  ],
  [
    { [`${service}.footprintMiB`]: 1048576, [`${service}.localShare`]: 0 },
    'application.services: they ask for 1048576 MiB of memory pools in whole slabs, which have 524288 MiB',
  ],
  [
    { [`${service}.shedAfterMs`]: 3 },
    `${service}.shedAfterMs: nothing is shed after 3 ms, as without "threads" no request waits for a worker`,
  ],
  [{ [`${service}.queueLimit`]: 3 }, `${service}.queueLimit: it limits nothing, as without "threads" no request waits`],
])('%j is doubtful', (changes, message) => {
  expect(problemsWith(changes)).toEqual([`warning: ${message}`])
})

const kv = (fields: Record<string, Json>): Record<string, Json> =>
  Object.fromEntries(Object.entries(fields).map(([field, value]) => [`${service}.${field}`, value]))
const web = 'application.services[0]'

test.each([
  [
    kv({ replicas: 5, footprintMiB: 16384 }),
    `${service}: the instances of "kv" need 81920 MiB of local memory together, "cpu" has 65536 MiB: not all can be placed at once`,
  ],
  [
    kv({ replicas: 3, footprintMiB: 20480 }),
    `${service}: the 3 instances of "kv" need 20480 MiB or more of local memory each, "cpu" has room for 2 of them: not all can be placed at once`,
  ],
  [
    {
      [`${web}.footprintMiB`]: 20480,
      [`${web}.on`]: { node: 'cpu', device: 1 },
      ...kv({ footprintMiB: 20480, on: { node: 'cpu', device: 1 } }),
    },
    'application.services: the instances of "web", "kv" need 40960 MiB of local memory together, "cpu" has 32768 MiB: not all can be placed at once',
  ],
])('%j never fits together', (changes, message) => {
  expect(problemsWith(changes)).toEqual([`warning: ${message}`])
})

test.each([
  kv({ replicas: 4, footprintMiB: 16384 }),
  kv({ replicas: 12, footprintMiB: 16384, localShare: 0.3 }),
  { [`${web}.footprintMiB`]: 20480, ...kv({ footprintMiB: 20480, on: { node: 'cpu', device: 1 } }) },
])('%j fits', (changes) => {
  expect(problemsWith(changes)).toEqual([])
})

test('of a footprint that fits into no GPU only the footprint is spoken of', () => {
  const instance = { footprintMiB: 81_921, runsOn: ['gpu'] }
  expect(
    problemsWith({
      'topology.nodes[4]': { id: 'gpu', kind: 'gpu', spec: { memoryGiB: 80 } },
      'application.services[1]': {
        id: 'kv',
        operations: [{ id: 'get', steps: [{ do: 'kernel', flops: 1, bytes: 1, offload: ['gpu'] }] }],
        ...instance,
      },
      'topology.links[3]': { id: 'gpu-tor', from: 'gpu', to: 'tor', protocol: 'cxl' },
    }),
  ).toEqual([
    'warning: application.services[1].footprintMiB: 81921 MiB of it are local, more than the 81920 MiB of any device that can run it',
  ])
})
