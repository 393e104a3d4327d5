import type { ScenarioDocument } from '../../src/scenario/scenario'
import { placementPolicies } from '../../src/simulator/policies/placement/index'
import { createRun } from '../../src/simulator/run'
import { readDocument } from '../support/scenarios'
import { spentMs } from './clock'

const RACKS = 25
const HOSTS = 36
const MEMORIES = 4
const SERVICES = 500
/** Of the search that comes to its end by the count of nodes. */
const SEARCHED = { services: 32, devices: 60 }

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at)

/** Services that call two others each, every request all of them. */
function tree(count: number, localShare: number): readonly ScenarioDocument[] {
  return numbers(count).map((at) => ({
    id: `s${at}`,
    replicas: 2,
    footprintMiB: 1024,
    localShare,
    operations: [
      {
        id: 'do',
        steps: [
          { do: 'compute', instructions: { dist: 'exponential', mean: 100_000 }, missesPerKiloInstruction: 2 },
          ...[2 * at + 1, 2 * at + 2]
            .filter((to) => to < count)
            .map((to) => ({ do: 'call', to: `s${to}.do`, requestBytes: 300 + to, responseBytes: 1000 })),
        ],
      },
    ],
  }))
}

const link = (id: string, from: string, to: string): ScenarioDocument => ({
  id,
  from,
  to,
  protocol: 'rdma',
  bandwidthGbps: 100,
  propagationNs: 20,
})

/** 1,000 devices in 25 racks, and two instances of 500 services. */
function manyPlaces(use: string, localShare: number): ScenarioDocument {
  return {
    format: 'unrack-scenario',
    version: 1,
    name: `1,000 devices, ${use}`,
    topology: {
      racks: numbers(RACKS).map((at) => ({ id: `r${at}` })),
      nodes: [
        ...numbers(RACKS).flatMap((at) => [
          { id: `cpu-${at}`, kind: 'cpu', count: HOSTS, rack: `r${at}`, spec: { cores: 32, localMemoryGiB: 256 } },
          { id: `mem-${at}`, kind: 'memory', count: MEMORIES, rack: `r${at}`, spec: { capacityGiB: 512 } },
          { id: `tor-${at}`, kind: 'switch', rack: `r${at}` },
        ]),
        { id: 'nic', kind: 'nic', spec: { cores: 0 } },
        { id: 'spine', kind: 'switch' },
      ],
      links: [
        ...numbers(RACKS).flatMap((at) => [
          link(`c${at}`, `cpu-${at}`, `tor-${at}`),
          link(`m${at}`, `mem-${at}`, `tor-${at}`),
          link(`t${at}`, `tor-${at}`, 'spine'),
        ]),
        link('n', 'nic', 'spine'),
      ],
    },
    application: { services: tree(SERVICES, localShare) },
    workload: { sources: [users('nic')] },
    policies: { placement: { use } },
    run: { seed: 1, warmupSeconds: 0, durationSeconds: 0.001 },
  }
}

const users = (via: string): ScenarioDocument => ({
  id: 'users',
  entry: 's0.do',
  via,
  requestBytes: 300,
  responseBytes: 1000,
  arrivals: { process: 'poisson', ratePerSecond: 20_000 },
})

/** Hosts that are all unlike each other, so that the search is cut off by its count of nodes. */
function hardSearch(): ScenarioDocument {
  const hosts = numbers(SEARCHED.devices)
  return {
    ...manyPlaces('exact', 1),
    name: 'A search that does not end',
    topology: {
      nodes: [
        ...hosts.map((at) => ({ id: `h${at}`, kind: 'cpu', spec: { cores: 2 + (at % 7), localMemoryGiB: 4 } })),
        { id: 'nic', kind: 'nic', spec: { cores: 0 } },
        { id: 'tor', kind: 'switch' },
      ],
      links: [
        ...hosts.map((at) => ({ ...link(`l${at}`, `h${at}`, 'tor'), propagationNs: 20 + 13 * at })),
        link('n', 'nic', 'tor'),
      ],
    },
    application: { services: tree(SEARCHED.services, 1) },
  }
}

function millisecondsToPlace(document: ScenarioDocument): { readonly ms: number; readonly reason: string } {
  const scenario = readDocument(document)
  const start = spentMs()
  const run = createRun(scenario)
  return { ms: spentMs() - start, reason: run.decisions.rows[0]?.reason ?? '' }
}

const print = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

// How long each placement policy takes for 1,000 instances on 1,000 devices; and a search that is cut off.
for (const [localShare, memory] of [
  [1, 'all memory local'],
  [0.5, 'half of it in pools'],
] as const)
  for (const { name } of placementPolicies.filter((policy) => policy.name !== 'custom'))
    print(`${name}, ${memory}: ${millisecondsToPlace(manyPlaces(name, localShare)).ms.toFixed(0)} ms`)
const { ms, reason } = millisecondsToPlace(hardSearch())
print(`exact, 64 instances on 60 hosts: ${ms.toFixed(0)} ms (${reason})`)
