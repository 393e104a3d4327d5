import type { ScenarioDocument } from '../../src/scenario/scenario'
import { constant, documentOf, exponential, poisson, type Fields } from './scenarios'

/** A small language model: weights of 2 GB, 1e9 operations a token. */
const decode = (more: Fields = {}): Fields => ({
  do: 'kernel',
  flops: 2e9,
  bytes: 2.02e9,
  sharedBytes: 2e9,
  batchSize: 8,
  repeat: { dist: 'lognormal', mean: 6, cv: 0.7 },
  offload: ['gpu'],
  ...more,
})

/** Kernels of every kind: in batches with and without a window, again and again, on cores, on services' own GPUs, short of memory. */
export const acceleratorRack: ScenarioDocument = documentOf({
  nodes: [
    { id: 'cpu', kind: 'cpu', count: 2, spec: { cores: 2, frequencyGHz: 2.3 } },
    {
      id: 'gpu',
      kind: 'gpu',
      count: 2,
      spec: { peakTflops: 97, memoryBandwidthGBps: 2039, launchUs: 5, streams: 2, memoryGiB: 0.01 },
    },
    {
      id: 'small',
      kind: 'gpu',
      spec: { peakTflops: 11, memoryBandwidthGBps: 320, launchUs: 7, streams: 1, memoryGiB: 6 },
    },
    {
      id: 'nic',
      kind: 'nic',
      spec: {
        engines: [
          { work: 'crypto', bandwidthGBps: 1.7 },
          { work: 'serialization', bandwidthGBps: 0.9 },
        ],
      },
    },
    { id: 'tor', kind: 'switch' },
  ],
  links: [
    { id: 'cpu', from: 'cpu', to: 'tor', protocol: 'rdma', bandwidthGbps: 100 },
    { id: 'gpu', from: 'gpu', to: 'tor', protocol: 'pcie', bandwidthGbps: 200 },
    { id: 'small', from: 'small', to: 'tor', protocol: 'rdma', bandwidthGbps: 25 },
    { id: 'nic', from: 'nic', to: 'tor', protocol: 'ethernet', bandwidthGbps: 50 },
  ],
  rpc: { cyclesPerMessage: 700, cyclesPerByte: 0.02 },
  services: [
    {
      id: 'front',
      replicas: 2,
      threads: 64,
      operations: [
        {
          id: 'see',
          steps: [
            { do: 'compute', timeNs: exponential(3000) },
            { do: 'compute', timeNs: exponential(2000), work: 'crypto', workBytes: 7777, offload: ['nic'] },
            { do: 'kernel', flops: 3e6, bytes: 2e6, offload: ['cpu', 'gpu'], repeat: 2 },
            {
              do: 'parallel',
              branches: [
                [
                  {
                    do: 'kernel',
                    flops: 9e9,
                    bytes: 1e8,
                    sharedBytes: 9e7,
                    batchSize: 4,
                    batchWindowUs: 60,
                    inputBytes: 150_000,
                    outputBytes: 4000,
                    offload: ['gpu'],
                  },
                ],
                [{ do: 'kernel', flops: 1e9, bytes: 3e7, inputBytes: 8_000_000, outputBytes: 10, offload: ['gpu'] }],
              ],
            },
            { do: 'call', to: 'model.answer', requestBytes: 3000, responseBytes: 800 },
          ],
        },
      ],
    },
    {
      id: 'model',
      runsOn: ['gpu'],
      on: 'small',
      footprintMiB: 2000,
      threads: 16,
      operations: [
        {
          id: 'answer',
          steps: [
            { do: 'kernel', flops: 1e10, bytes: 2e9, offload: ['gpu'], inputBytes: 1_000_000 },
            decode({ inputBytes: 300_000_000 }),
            { do: 'delay', timeNs: constant(200) },
          ],
        },
      ],
    },
  ],
  sources: [
    poisson('front.see', 60, { id: 'a', via: 'nic', requestBytes: 2000, responseBytes: 6000 }),
    {
      id: 'b',
      entry: 'front.see',
      via: 'nic',
      requestBytes: 900,
      responseBytes: 90,
      arrivals: { process: 'closed', users: 3, thinkTimeNs: exponential(5e6) },
    },
  ],
  policies: {
    offload: {
      use: 'static',
      rpc: 'nic',
      map: [
        { operation: 'front.see', step: 1, to: 'nic' },
        { operation: 'front.see', step: 3, path: '0/0', to: 'gpu' },
      ],
    },
    orders: [{ atSeconds: 0.3, do: 'migrate', service: 'front', instance: 0, to: { node: 'cpu', device: 1 } }],
  },
  run: { seed: 11, warmupSeconds: 0.05, durationSeconds: 0.6 },
})
