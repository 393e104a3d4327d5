import type { ScenarioDocument } from '../../src/scenario/scenario'

/** Requests in flight at once: closed users that do not think. */
export const crowd = 1500

const pools = 20
const hosts = 9
const memories = 7
const switches = 2
const nics = pools - hosts - memories - switches

/** 20 pools, two switches between them, and about 1,500 requests in flight that compute, call and reach for far memory. */
export function crowdedRack(users: number = crowd): ScenarioDocument {
  const numbers = (count: number) => Array.from({ length: count }, (_, at) => at)
  const side = (at: number) => `tor-${at % switches}`
  return {
    format: 'unrack-scenario',
    version: 1,
    name: 'Crowded rack',
    topology: {
      nodes: [
        ...numbers(hosts).map((at) => ({
          id: `cpu-${at}`,
          kind: 'cpu',
          count: 4,
          spec: { cores: 16, localMemoryGiB: 64 },
        })),
        ...numbers(memories).map((at) => ({ id: `mem-${at}`, kind: 'memory', count: 2, spec: { capacityGiB: 256 } })),
        ...numbers(nics).map((at) => ({ id: `nic-${at}`, kind: 'nic', count: 2 })),
        ...numbers(switches).map((at) => ({ id: side(at), kind: 'switch' })),
      ],
      links: [
        ...numbers(hosts).map((at) => ({
          id: `c${at}`,
          from: `cpu-${at}`,
          to: side(at),
          protocol: 'cxl',
          bandwidthGbps: 256,
          propagationNs: 10,
        })),
        ...numbers(memories).map((at) => ({
          id: `m${at}`,
          from: `mem-${at}`,
          to: side(at),
          protocol: 'cxl',
          bandwidthGbps: 256,
          propagationNs: 10,
        })),
        ...numbers(nics).map((at) => ({
          id: `n${at}`,
          from: `nic-${at}`,
          to: side(at),
          protocol: 'cxl',
          bandwidthGbps: 128,
          propagationNs: 10,
        })),
        { id: 'spine', from: 'tor-0', to: 'tor-1', protocol: 'cxl', bandwidthGbps: 512, propagationNs: 10, lanes: 4 },
      ],
    },
    application: {
      services: numbers(4).map((at) => ({
        id: `svc-${at}`,
        replicas: hosts,
        runsOn: ['cpu'],
        footprintMiB: 8192,
        localShare: 0.5,
        operations: [
          {
            id: 'work',
            steps: [
              {
                do: 'compute',
                instructions: { dist: 'exponential', mean: 2_000_000 },
                missesPerKiloInstruction: 4,
              },
            ],
          },
        ],
      })),
    },
    workload: {
      sources: numbers(4).map((at) => ({
        id: `users-${at}`,
        entry: `svc-${at}.work`,
        via: `nic-${at % nics}`,
        requestBytes: 4096,
        responseBytes: 16_384,
        arrivals: { process: 'closed', users: Math.ceil(users / 4), thinkTimeNs: { dist: 'constant', value: 1000 } },
      })),
    },
    policies: { placement: { use: 'spread' }, memory: { use: 'spread' } },
    run: { seed: 11, warmupSeconds: 0.005, durationSeconds: 0.06, replications: 1 },
  }
}
