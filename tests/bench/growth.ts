import { spentMs } from './clock'
import { createRun } from '../../src/simulator/run'
import { readDocument } from '../support/scenarios'
import type { ScenarioDocument } from '../../src/scenario/scenario'

const DEVICES = [10, 100, 1000]
const RUNS = 3

/** As many hosts with an instance of both services each, always 100,000 requests a second through four NICs. */
function manyDevices(devices: number): ScenarioDocument {
  const service = (id: string, call: readonly ScenarioDocument[]): ScenarioDocument => ({
    id,
    replicas: devices,
    operations: [{ id: 'get', steps: [{ do: 'compute', timeNs: { dist: 'exponential', mean: 20_000 } }, ...call] }],
  })
  return {
    format: 'unrack-scenario',
    version: 1,
    name: `${devices} devices`,
    topology: {
      nodes: [
        { id: 'cpu', kind: 'cpu', count: devices, spec: { cores: 16 } },
        { id: 'nic', kind: 'nic', count: 4, spec: { cores: 0 } },
        { id: 'tor', kind: 'switch' },
      ],
      links: [
        { id: 'c', from: 'cpu', to: 'tor', protocol: 'rdma', bandwidthGbps: 100, propagationNs: 20 },
        { id: 'n', from: 'nic', to: 'tor', protocol: 'rdma', bandwidthGbps: 100, propagationNs: 20 },
      ],
    },
    application: {
      rpc: { cyclesPerMessage: 1000, cyclesPerByte: 0 },
      services: [
        service('web', [{ do: 'call', to: 'db.get', requestBytes: 300, responseBytes: 1000 }]),
        service('db', []),
      ],
    },
    workload: {
      sources: [
        {
          id: 'users',
          entry: 'web.get',
          via: 'nic',
          requestBytes: 300,
          responseBytes: 1000,
          arrivals: { process: 'poisson', ratePerSecond: 100_000 },
        },
      ],
    },
    policies: { placement: { use: 'spread' } },
    run: { seed: 1, warmupSeconds: 0, durationSeconds: 2 },
  }
}

function nsPerEvent(devices: number): number {
  const scenario = readDocument(manyDevices(devices))
  let best = Infinity
  for (let i = 0; i < RUNS; i += 1) {
    const run = createRun(scenario)
    const start = spentMs()
    run.advance(run.shape.endPs, Infinity)
    best = Math.min(best, ((spentMs() - start) * 1e6) / run.events)
  }
  return best
}

/** Prints what an event costs on ever larger racks with the same traffic. */
export function benchGrowth(print: (line: string) => void): void {
  const costs = DEVICES.map(nsPerEvent)
  DEVICES.forEach((devices, i) => {
    print(
      `${devices.toLocaleString('en-US')} devices: ${costs[i].toFixed(0)} ns an event (${(costs[i] / costs[0]).toFixed(2)} times)`,
    )
  })
}
