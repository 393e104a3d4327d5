import { checkDocument } from '../../src/scenario/read-scenario'
import type { Scenario, ScenarioDocument } from '../../src/scenario/scenario'
import { catalog } from '../../src/simulator/catalog'

/** A service whose operation works for a time and then asks the next. */
function tier(id: string, on: string, replicas: number, meanNs: number, next: string | null): ScenarioDocument {
  const work = { do: 'compute', timeNs: { dist: 'exponential', mean: meanNs } }
  const call = next === null ? [] : [{ do: 'call', to: `${next}.get`, requestBytes: 500, responseBytes: 1500 }]
  return { id, on, replicas, operations: [{ id: 'get', steps: [work, ...call] }] }
}

function read(name: string, parts: ScenarioDocument, ratePerSecond: number, durationSeconds: number): Scenario {
  const arrivals = { process: 'poisson', ratePerSecond }
  const { scenario, problems } = checkDocument(
    {
      format: 'unrack-scenario',
      version: 1,
      name,
      ...parts,
      workload: { sources: [{ id: 'users', entry: 'web.get', via: null, arrivals }] },
      run: { seed: 1, warmupSeconds: 0, durationSeconds },
    },
    catalog,
  )
  if (!scenario) throw new Error(problems.map((problem) => `${problem.path}: ${problem.message}`).join('\n'))
  return scenario
}

const rpc = { cyclesPerMessage: 0, cyclesPerByte: 0 }

/** Tiers of 8, 8 and 4 cores with 100, 200 and 150 µs of exponential work; 16,000 requests/s; a free network. */
export function freeTiers(durationSeconds: number): Scenario {
  const link = (from: string, to: string): ScenarioDocument => ({
    id: `${from}-${to}`,
    from,
    to,
    protocol: 'ideal',
    propagationNs: 0,
  })
  const parts = {
    topology: {
      nodes: [8, 8, 4].map((cores, i) => ({ id: `cpu${i}`, kind: 'cpu', count: 1, spec: { cores } })),
      links: [link('cpu0', 'cpu1'), link('cpu1', 'cpu2')],
    },
    application: {
      rpc,
      services: [
        tier('web', 'cpu0', 1, 1e5, 'app'),
        tier('app', 'cpu1', 1, 2e5, 'db'),
        tier('db', 'cpu2', 1, 1.5e5, null),
      ],
    },
  }
  return read('Three tiers', parts, 16_000, durationSeconds)
}

/**
 * Tiers of 64, 64 and 32 hosts with 8, 8 and 16 cores, and 30, 60 and 80 µs of exponential work; 5,000,000 requests/s, each
 * to hosts drawn at random; messages of one packet over one switch, each link of 100 Gb/s and 0.5 µs.
 */
export function rackTiers(durationSeconds: number): Scenario {
  const pool = (id: string, count: number, cores: number) => ({ id, kind: 'cpu', count, spec: { cores } })
  const pools = [pool('a', 64, 8), pool('b', 64, 8), pool('c', 32, 16)]
  const parts = {
    topology: {
      nodes: [...pools, { id: 'tor', kind: 'switch', spec: { latencyNs: 0 } }],
      links: pools.map(({ id }) => ({
        id,
        from: id,
        to: 'tor',
        protocol: 'rdma',
        bandwidthGbps: 100,
        propagationNs: 500,
      })),
    },
    application: {
      rpc,
      services: [tier('web', 'a', 64, 3e4, 'app'), tier('app', 'b', 64, 6e4, 'db'), tier('db', 'c', 32, 8e4, null)],
    },
    policies: { placement: { use: 'spread' }, loadBalancing: { use: 'random' } },
  }
  return read('Three tiers on a rack', parts, 5e6, durationSeconds)
}
