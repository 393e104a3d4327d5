import type { ScenarioDocument } from '../../src/scenario/scenario'
import { constant, documentOf, exponential, type Fields } from './scenarios'

const pool = (id: string, kind: string, count: number, rack: string | null, spec: Fields): Fields => ({
  id,
  kind,
  count,
  spec,
  ...(rack === null ? {} : { rack }),
})

/**
 * A small rack on which policies of every kind have something to decide: devices of unlike speed in two racks, replicas,
 * far memory that nearly runs out, steps and kernels that may run in several places, a device that is too busy and then slow.
 */
export const policyRack: ScenarioDocument = withRacks(
  documentOf({
    nodes: [
      pool('cpu', 'cpu', 2, 'a', { cores: 2, frequencyGHz: 2.4, localMemoryGiB: 3 }),
      pool('old', 'cpu', 2, 'b', { cores: 3, frequencyGHz: 1.7, speed: 0.7, localMemoryGiB: 2 }),
      pool('mem', 'memory', 2, 'a', { capacityGiB: 1, slabMiB: 64 }),
      pool('nic', 'nic', 1, 'a', { cores: 2, frequencyGHz: 1.5, memoryGiB: 2 }),
      pool('gpu', 'gpu', 1, 'b', { streams: 2, memoryGiB: 2 }),
      pool('tor', 'switch', 1, 'a', {}),
      pool('far', 'switch', 1, 'b', {}),
    ],
    links: [
      { id: 'cpu', from: 'cpu', to: 'tor', protocol: 'cxl', bandwidthGbps: 64 },
      { id: 'mem', from: 'mem', to: 'tor', protocol: 'cxl', bandwidthGbps: 64 },
      { id: 'nic', from: 'nic', to: 'tor', protocol: 'ethernet', bandwidthGbps: 25 },
      { id: 'old', from: 'old', to: 'far', protocol: 'cxl', bandwidthGbps: 32 },
      { id: 'gpu', from: 'gpu', to: 'far', protocol: 'pcie', bandwidthGbps: 128 },
      { id: 'trunk', from: 'tor', to: 'far', protocol: 'cxl', bandwidthGbps: 64, lanes: 2 },
    ],
    rpc: { cyclesPerMessage: 800, cyclesPerByte: 0.05 },
    services: [
      {
        id: 'web',
        replicas: 3,
        threads: 8,
        queueLimit: 50,
        footprintMiB: 300,
        stateMiB: 1,
        dirtyMiBps: 100,
        operations: [
          {
            id: 'home',
            steps: [
              { do: 'compute', timeNs: { dist: 'lognormal', mean: 40_000, cv: 1 } },
              {
                do: 'compute',
                timeNs: exponential(10_000),
                offload: ['cpu', 'nic'],
                inputBytes: 1500,
                outputBytes: 300,
              },
              { do: 'call', to: 'kv.get', requestBytes: 200, responseBytes: 4000 },
              {
                do: 'choose',
                options: [
                  { probability: 0.2, steps: [{ do: 'kernel', flops: 2e7, bytes: 1e6, offload: ['cpu', 'gpu'] }] },
                  { probability: 0.8, steps: [] },
                ],
              },
            ],
          },
        ],
      },
      {
        id: 'kv',
        replicas: 4,
        threads: 4,
        footprintMiB: 600,
        localShare: 0.5,
        stateMiB: 2,
        dirtyMiBps: 200,
        writableMiB: 1,
        locality: { model: 'zipf', exponent: 0.9 },
        operations: [
          {
            id: 'get',
            steps: [{ do: 'compute', instructions: exponential(50_000), missesPerKiloInstruction: 1, dirtyRatio: 0.3 }],
          },
        ],
      },
    ],
    sources: [
      {
        id: 'users',
        entry: 'web.home',
        via: 'nic',
        requestBytes: 600,
        responseBytes: 3000,
        arrivals: {
          process: 'mmpp',
          states: [
            { ratePerSecond: 60_000, meanSeconds: 0.004 },
            { ratePerSecond: 8000, meanSeconds: 0.004 },
          ],
        },
      },
      {
        id: 'clients',
        entry: 'kv.get',
        via: 'nic',
        requestBytes: 100,
        responseBytes: 900,
        arrivals: { process: 'closed', users: 4, thinkTimeNs: constant(300_000) },
      },
    ],
    faults: [{ atSeconds: 0.012, target: { node: 'cpu', device: 0 }, effect: 'slow', factor: 3, forSeconds: 0.004 }],
    run: { seed: 5, warmupSeconds: 0.002, durationSeconds: 0.022 },
  }),
)

function withRacks(document: ScenarioDocument): ScenarioDocument {
  const topology = document['topology'] as Fields
  return { ...document, topology: { ...topology, racks: [{ id: 'a' }, { id: 'b' }] } }
}
