import type { ScenarioDocument } from '../../src/scenario/scenario'
import { constant, documentOf, exponential, poisson, type Fields } from './scenarios'

/** A rack full of everything: slow links with long messages, far memory by line and by page, a move, calls, sends, offloads. */
export const busyRack: ScenarioDocument = documentOf({
  nodes: [
    { id: 'cpu', kind: 'cpu', count: 2, spec: { cores: 2, frequencyGHz: 2.1, baseCpi: 0.9, localMemoryGiB: 64 } },
    { id: 'mem', kind: 'memory', count: 2, spec: { capacityGiB: 8, slabMiB: 256 } },
    { id: 'pages', kind: 'memory', count: 1, spec: { capacityGiB: 8, slabMiB: 256 } },
    { id: 'nic', kind: 'nic', count: 2, spec: { cores: 2 } },
    { id: 'tor', kind: 'switch', spec: { bufferKiB: 32 } },
  ],
  links: [
    { id: 'cpu', from: 'cpu', to: 'tor', protocol: 'cxl', bandwidthGbps: 16 },
    { id: 'mem', from: 'mem', to: 'tor', protocol: 'cxl', bandwidthGbps: 16 },
    { id: 'pages', from: 'pages', to: 'tor', protocol: 'rdma', bandwidthGbps: 10 },
    { id: 'nic', from: 'nic', to: 'tor', protocol: 'ethernet', bandwidthGbps: 5 },
  ],
  rpc: { cyclesPerMessage: 500, cyclesPerByte: 0.01 },
  services: [
    {
      id: 'front',
      replicas: 2,
      threads: 32,
      operations: [
        {
          id: 'get',
          steps: [
            {
              do: 'compute',
              timeNs: { dist: 'lognormal', mean: 8000, cv: 1 },
              offload: ['cpu', 'nic'],
              inputBytes: 900,
            },
            {
              do: 'parallel',
              branches: [
                [{ do: 'call', to: 'store.read', requestBytes: 300, responseBytes: 9000 }],
                [{ do: 'send', to: 'store.log', requestBytes: 700 }],
              ],
            },
            {
              do: 'choose',
              options: [
                { probability: 0.3, steps: [{ do: 'delay', timeNs: exponential(3000) }] },
                { probability: 0.7, steps: [] },
              ],
            },
          ],
        },
      ],
    },
    {
      id: 'store',
      footprintMiB: 512,
      localShare: 0.5,
      stateMiB: 4,
      dirtyMiBps: 200,
      operations: [
        {
          id: 'read',
          steps: [{ do: 'compute', instructions: exponential(12_000), missesPerKiloInstruction: 3, dirtyRatio: 0.4 }],
        },
        { id: 'log', steps: [{ do: 'compute', timeNs: constant(500) }] },
      ],
    },
  ],
  sources: [poisson('front.get', 30_000, { via: 'nic', requestBytes: 2000, responseBytes: 6000 })],
  policies: {
    placement: { use: 'spread' },
    memory: { use: 'spread' },
    offload: { use: 'static', map: [{ operation: 'front.get', step: 0, to: 'nic' }] },
    orders: [0.03, 0.06].map((atSeconds, i): Fields => ({
      atSeconds,
      do: 'migrate',
      service: 'store',
      instance: 0,
      to: { node: 'cpu', device: 1 - i },
    })),
  },
  run: { seed: 6, warmupSeconds: 0.01, durationSeconds: 0.12 },
})
