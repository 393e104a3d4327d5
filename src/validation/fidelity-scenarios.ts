import type { ScenarioDocument } from '../scenario/scenario'
import { constant, documentOf, exponential, poisson, type Fields } from './scenario-parts'

/** A rack whose remote memory is asked in one way, as a document for a given rate of requests. */
export interface FidelityScenario {
  readonly name: string
  readonly document: (ratePerSecond: number) => ScenarioDocument
}

interface Named extends Fields {
  readonly id: string
}

interface Shape {
  readonly hosts?: number
  readonly cores?: number
  readonly cpu?: Fields
  readonly memory?: Fields
  readonly memories?: number
  readonly moreNodes?: readonly Fields[]
  readonly protocol?: string
  readonly gbps?: number
  readonly memoryGbps?: number
  readonly switches?: 1 | 2
  readonly moreLinks?: readonly Fields[]
  readonly instructions?: Fields
  readonly misses?: number
  readonly dirtyRatio?: number
  readonly localShare?: number
  readonly steps?: readonly Fields[]
  readonly services?: readonly Named[]
  readonly policies?: Fields
}

function rack(shape: Shape, ratePerSecond: number): ScenarioDocument {
  const { hosts = 2, cores = 4, memories = 2, protocol = 'cxl', gbps = 256, memoryGbps = gbps, switches = 1 } = shape
  const far = switches === 1 ? 'tor' : 'spine'
  const services = shape.services ?? [
    service('kv', hosts, {
      instructions: shape.instructions ?? constant(20_000),
      missesPerKiloInstruction: shape.misses ?? 8,
      dirtyRatio: shape.dirtyRatio ?? 0,
      localShare: shape.localShare ?? 0.5,
      steps: shape.steps ?? [],
    }),
  ]
  return documentOf({
    nodes: [
      {
        id: 'cpu',
        kind: 'cpu',
        count: hosts,
        spec: { cores, memoryParallelism: 8, localMemoryGiB: 64, localBandwidthGBps: 80, ...shape.cpu },
      },
      { id: 'mem', kind: 'memory', count: memories, spec: { capacityGiB: 256, channels: 2, ...shape.memory } },
      ...(shape.moreNodes ?? []),
      { id: 'tor', kind: 'switch', spec: { latencyNs: 100 } },
      ...(switches === 2 ? [{ id: 'spine', kind: 'switch', spec: { latencyNs: 150 } }] : []),
    ],
    links: [
      { id: 'cpu', from: 'cpu', to: 'tor', protocol, bandwidthGbps: gbps },
      { id: 'mem', from: 'mem', to: far, protocol, bandwidthGbps: memoryGbps },
      ...(switches === 2 ? [{ id: 'trunk', from: 'tor', to: 'spine', protocol, bandwidthGbps: gbps }] : []),
      ...(shape.moreLinks ?? []),
    ],
    services,
    sources: services.map((each) => poisson(`${each.id}.get`, ratePerSecond, { id: `users-${each.id}` })),
    policies: { placement: { use: 'spread' }, memory: { use: 'spread' }, ...shape.policies },
    run: { seed: 11 },
  })
}

function service(id: string, replicas: number, { localShare, steps, ...step }: Fields): Named {
  const following = (steps ?? []) as readonly Fields[]
  return {
    id,
    replicas,
    footprintMiB: 16384,
    localShare: localShare ?? 0.5,
    operations: [{ id: 'get', steps: [{ do: 'compute', ...step }, ...following] }],
  }
}

function access(kind: 'read' | 'write', kibibytes: number): Fields {
  return { do: 'memory', access: kind, bytes: kibibytes * 1024 }
}

/** Far memory that `memory` steps read and write, by itself or beside misses. */
const stepCases: Readonly<Record<string, Shape>> = {
  'wide wires, 64 KiB read': { misses: 0, steps: [access('read', 64)] },
  'narrow links, 16 KiB read': { gbps: 32, instructions: constant(10_000), misses: 0, steps: [access('read', 16)] },
  'narrow links, 16 KiB written': { gbps: 32, instructions: constant(10_000), misses: 0, steps: [access('write', 16)] },
  'narrow links, 2 KiB read': { gbps: 32, instructions: constant(500), misses: 0, steps: [access('read', 2)] },
  'narrow memory link, 16 KiB read': {
    gbps: 128,
    memoryGbps: 32,
    memories: 1,
    instructions: constant(10_000),
    misses: 0,
    steps: [access('read', 16)],
  },
  'many hosts, one channel, 16 KiB read': {
    hosts: 8,
    cores: 2,
    memories: 1,
    memory: { channels: 1, channelBandwidthGBps: 10 },
    instructions: constant(10_000),
    misses: 0,
    steps: [access('read', 16)],
  },
  'few banks, 16 KiB read': {
    memories: 1,
    memory: { channels: 1, banksPerChannel: 8, rowConflictNs: 60 },
    misses: 0,
    steps: [access('read', 16)],
  },
  'pages over rdma, 32 KiB read': { protocol: 'rdma', gbps: 100, misses: 0, steps: [access('read', 32)] },
  'pages over ethernet, 16 KiB read': { protocol: 'ethernet', gbps: 25, misses: 0, steps: [access('read', 16)] },
  'misses, and 4 KiB read, on narrow links': { gbps: 32, steps: [access('read', 4)] },
  'misses and write-backs, and 16 KiB read, on a narrow memory link': {
    gbps: 128,
    memoryGbps: 32,
    memories: 1,
    instructions: constant(40_000),
    dirtyRatio: 0.5,
    steps: [access('read', 16)],
  },
  'misses, beside 8 KiB read and 2 KiB written at once': {
    gbps: 32,
    steps: [{ do: 'parallel', branches: [[access('read', 8)], [access('write', 2)]] }],
  },
}

const cases: Readonly<Record<string, Shape>> = {
  'cxl, one switch': {},
  'cxl, two switches': { switches: 2 },
  pcie: { protocol: 'pcie', gbps: 128 },
  'many hosts, one channel': { hosts: 8, cores: 2, memories: 1, memory: { channels: 1, channelBandwidthGBps: 10 } },
  'few banks': { hosts: 4, memories: 1, memory: { channels: 1, banksPerChannel: 4, rowConflictNs: 60 } },
  'narrow links': { gbps: 32 },
  'narrow memory link': { gbps: 128, memoryGbps: 32, memories: 1 },
  'local bandwidth': { cpu: { localBandwidthGBps: 6 }, localShare: 0.8, cores: 6 },
  'dirty lines': { dirtyRatio: 0.8, gbps: 64 },
  turnaround: { dirtyRatio: 0.5, memories: 1, memory: { channels: 1, turnaroundNs: 5, channelBandwidthGBps: 19.2 } },
  'one outstanding miss': { cpu: { memoryParallelism: 1 } },
  'many outstanding misses': { cpu: { memoryParallelism: 32 }, misses: 16, gbps: 128 },
  'all remote': { localShare: 0, gbps: 64 },
  'skewed slabs': {
    memories: 1,
    memory: { capacityGiB: 12 },
    moreNodes: [{ id: 'more', kind: 'memory', spec: { capacityGiB: 256, channels: 1, channelBandwidthGBps: 20 } }],
    moreLinks: [{ id: 'more', from: 'more', to: 'tor', protocol: 'cxl', bandwidthGbps: 64 }],
    policies: { memory: { use: 'first-fit' } },
  },
  'two services': {
    gbps: 64,
    services: [
      service('kv', 2, { instructions: exponential(10_000), missesPerKiloInstruction: 12, localShare: 0.25 }),
      service('scan', 2, { instructions: constant(40_000), missesPerKiloInstruction: 4, dirtyRatio: 0.5 }),
    ],
  },
  'short steps': { instructions: exponential(2_000), gbps: 64 },
  'pages over rdma': { protocol: 'rdma', gbps: 100, misses: 0.4, cpu: { memoryParallelism: 2 } },
  'pages over ethernet': {
    protocol: 'ethernet',
    gbps: 25,
    misses: 0.2,
    cpu: { memoryParallelism: 1 },
    dirtyRatio: 0.2,
  },
}

export const fidelityScenarios: readonly FidelityScenario[] = Object.entries({ ...cases, ...stepCases }).map(
  ([name, shape]) => ({
    name,
    document: (ratePerSecond) => rack(shape, ratePerSecond),
  }),
)
