import type { ScenarioDocument } from '../../src/scenario/scenario'
import { documentOf, exponential } from './scenarios'

/** Reads and writes of far memory between misses and calls: by line with two copies, and by page; one device slows down, one instance moves. */
export const memoryStepsRack: ScenarioDocument = documentOf({
  nodes: [
    {
      id: 'cpu',
      kind: 'cpu',
      count: 2,
      spec: { cores: 3, frequencyGHz: 2.6, memoryParallelism: 9, localMemoryGiB: 8 },
    },
    { id: 'edge', kind: 'cpu', spec: { cores: 2, memoryParallelism: 4, localMemoryGiB: 8 } },
    { id: 'mem', kind: 'memory', count: 3, spec: { capacityGiB: 8, slabMiB: 256, channels: 2, banksPerChannel: 4 } },
    { id: 'pages', kind: 'memory', spec: { capacityGiB: 8, slabMiB: 256 } },
    { id: 'tor', kind: 'switch', spec: { latencyNs: 90 } },
    { id: 'far', kind: 'switch' },
  ],
  links: [
    ...['cpu', 'mem'].map((from) => ({ id: from, from, to: 'tor', protocol: 'cxl', bandwidthGbps: 64 })),
    ...['edge', 'pages'].map((from) => ({ id: from, from, to: 'far', protocol: 'ethernet', bandwidthGbps: 25 })),
    { id: 'trunk', from: 'tor', to: 'far', protocol: 'ethernet', bandwidthGbps: 40 },
  ],
  rpc: { cyclesPerMessage: 700, cyclesPerByte: 0.02 },
  services: [
    {
      id: 'table',
      replicas: 2,
      runsOn: ['cpu'],
      footprintMiB: 1500,
      localShare: 0.3,
      stateMiB: 2,
      operations: [
        {
          id: 'scan',
          steps: [
            { do: 'memory', access: 'read', bytes: 5000 },
            { do: 'compute', instructions: exponential(15_000), missesPerKiloInstruction: 4, dirtyRatio: 0.3 },
            { do: 'call', to: 'log.add', requestBytes: 900, responseBytes: 5000 },
            { do: 'memory', access: 'write', bytes: 1800 },
          ],
        },
      ],
    },
    {
      id: 'log',
      on: 'edge',
      footprintMiB: 600,
      localShare: 0.5,
      operations: [
        {
          id: 'add',
          steps: [
            { do: 'memory', access: 'write', bytes: 9000 },
            {
              do: 'parallel',
              branches: [
                [{ do: 'memory', access: 'read', bytes: 200 }],
                [{ do: 'compute', timeNs: exponential(2000) }],
              ],
            },
          ],
        },
      ],
    },
  ],
  sources: [{ id: 'users', entry: 'table.scan', arrivals: { process: 'poisson', ratePerSecond: 30_000 } }],
  policies: {
    placement: { use: 'spread' },
    memory: { use: 'spread', copies: 2 },
    orders: [{ atSeconds: 0.006, do: 'migrate', service: 'table', instance: 0, to: { node: 'cpu', device: 1 } }],
  },
  faults: [{ atSeconds: 0.009, target: { node: 'mem', device: 1 }, effect: 'slow', factor: 2, forSeconds: 0.003 }],
  run: { seed: 31, warmupSeconds: 0.002, durationSeconds: 0.015 },
})
