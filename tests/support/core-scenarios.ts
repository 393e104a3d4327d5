import type { ScenarioDocument } from '../../src/scenario/scenario'
import { acceleratorRack } from './accelerator-rack'
import { busyRack } from './busy-rack'
import { decisionScenarios } from './decision-scenarios'
import { movingGpus } from './gpu-moves-rack'
import { memoryStepsRack } from './memory-steps-rack'
import { policyRack } from './policy-rack'
import { withPlaces } from './with-places'
import { constant, cpuPool, documentOf, exponential, type Fields } from './scenarios'

const distributions: readonly Fields[] = [
  constant(1000),
  { dist: 'uniform', min: 10, max: 5000 },
  exponential(2000),
  { dist: 'erlang', k: 3, mean: 2000 },
  { dist: 'erlang', k: 40, mean: 2000 },
  { dist: 'hyperexponential', probabilities: [0.9, 0.1], means: [500, 9000] },
  { dist: 'lognormal', mean: 2000, cv: 1.3 },
  { dist: 'gamma', mean: 2000, cv: 0.4 },
  { dist: 'gamma', mean: 2000, cv: 2 },
  { dist: 'pareto', shape: 1.1, min: 100, max: 100_000 },
  { dist: 'empirical', values: [100, 700, 3000], weights: [3, 2, 1] },
]

/** Every distribution and every arrival process. */
const everyDraw: ScenarioDocument = documentOf({
  nodes: [cpuPool('cpu', 2, 3, { frequencyGHz: 2.7, baseCpi: 0.83 })],
  services: [
    {
      id: 's',
      replicas: 2,
      operations: distributions.map((timeNs, i) => ({
        id: `o${i}`,
        steps: [
          { do: 'compute', timeNs },
          { do: 'compute', instructions: timeNs },
          { do: 'delay', timeNs },
        ],
      })),
    },
  ],
  sources: distributions.map((thinkTimeNs, i) => ({
    id: `u${i}`,
    entry: `s.o${i}`,
    arrivals: arrivals(i, thinkTimeNs),
  })),
  run: { seed: 42, warmupSeconds: 0.002, durationSeconds: 0.03, replications: 2 },
})

function arrivals(i: number, thinkTimeNs: Fields): Fields {
  const kinds: readonly Fields[] = [
    { process: 'poisson', ratePerSecond: 9000 },
    { process: 'closed', users: 3, thinkTimeNs },
    {
      process: 'mmpp',
      states: [
        { ratePerSecond: 30_000, meanSeconds: 0.001 },
        { ratePerSecond: 100, meanSeconds: 0.003 },
      ],
    },
    { process: 'rates', bucketSeconds: 0.01, ratesPerSecond: [2000, 0, 12_000] },
    { process: 'constant', ratePerSecond: 3333 },
    { process: 'trace', timesSeconds: [0, 0.001, 0.001, 0.0125] },
  ]
  return kinds[i % kinds.length]
}

/** A hotspot that gives instances away, workers with queues of their own, requests turned away, a slow device. */
const hotspot: ScenarioDocument = documentOf({
  nodes: [
    cpuPool('cpu', 3, 2, { frequencyGHz: 3.1, localMemoryGiB: 16 }),
    { id: 'mem', kind: 'memory', spec: { capacityGiB: 32 } },
    { id: 'nic', kind: 'nic', count: 2 },
    { id: 'tor', kind: 'switch' },
    { id: 'spine', kind: 'switch' },
  ],
  links: [
    { id: 'cpu', from: 'cpu', to: 'tor', protocol: 'pcie', bandwidthGbps: 63, lanes: 2 },
    { id: 'mem', from: 'mem', to: 'spine', protocol: 'nvlink', bandwidthGbps: 200 },
    { id: 'nic', from: 'nic', to: 'tor', protocol: 'ethernet', bandwidthGbps: 25 },
    { id: 'trunk', from: 'tor', to: 'spine', protocol: 'rdma', bandwidthGbps: 100, lanes: 3 },
  ],
  rpc: { cyclesPerMessage: 2000, cyclesPerByte: 0.1 },
  services: ['shared', 'round-robin', 'bound'].map((dispatch, i) => ({
    id: `s${i}`,
    replicas: 2,
    threads: 4,
    queueLimit: 20,
    dispatch,
    footprintMiB: 600,
    stateMiB: 2 + i,
    dirtyMiBps: 300,
    writableMiB: 1,
    localShare: 0.6,
    locality: { model: 'zipf', exponent: 0.95 },
    operations: [
      {
        id: 'o',
        steps: [
          {
            do: 'compute',
            instructions: { dist: 'lognormal', mean: 60_000, cv: 0.8 },
            missesPerKiloInstruction: 2,
            dirtyRatio: 0.25,
          },
          ...(i < 2 ? [{ do: 'call', to: `s${i + 1}.o`, requestBytes: 500, responseBytes: 3000 }] : []),
        ],
      },
    ],
  })),
  sources: [
    {
      id: 'users',
      entry: 's0.o',
      via: 'nic',
      requestBytes: 700,
      responseBytes: 2500,
      arrivals: { process: 'closed', users: 40, thinkTimeNs: { dist: 'gamma', mean: 300_000, cv: 1.5 } },
    },
  ],
  policies: {
    migration: { use: 'hotspot', utilization: 0.5, forMs: 2, controlPeriodMs: 1, downtimeTargetMs: 0.1 },
  },
  faults: [{ atSeconds: 0.015, target: { node: 'cpu', device: 0 }, effect: 'slow', factor: 2.5, forSeconds: 0.01 }],
  run: { seed: 9, warmupSeconds: 0.005, durationSeconds: 0.04 },
})

/** Services on the cores of memory devices, which move there and back, scale, and lose a device. */
const nearMemory: ScenarioDocument = documentOf({
  nodes: [
    cpuPool('cpu', 2, 2, { frequencyGHz: 2.9, localMemoryGiB: 4 }),
    { id: 'mem', kind: 'memory', count: 3, spec: { capacityGiB: 8, channels: 2, cores: 3, frequencyGHz: 1.1 } },
    { id: 'tor', kind: 'switch' },
  ],
  links: ['cpu', 'mem'].map((from) => ({ id: from, from, to: 'tor', protocol: 'cxl', bandwidthGbps: 128 })),
  services: [
    {
      id: 'ask',
      replicas: 2,
      footprintMiB: 900,
      localShare: 0.5,
      operations: [
        {
          id: 'o',
          steps: [
            { do: 'compute', timeNs: exponential(3000) },
            { do: 'call', to: 'scan.o' },
          ],
        },
      ],
    },
    {
      id: 'scan',
      replicas: 2,
      minReplicas: 1,
      maxReplicas: 4,
      runsOn: ['memory', 'cpu'],
      footprintMiB: 1700,
      localShare: 0.7,
      stateMiB: 3,
      dirtyMiBps: 40,
      operations: [
        {
          id: 'o',
          steps: [
            { do: 'compute', instructions: exponential(9000), missesPerKiloInstruction: 9, dirtyRatio: 0.2 },
            { do: 'kernel', flops: 3000, bytes: 20_000 },
          ],
        },
      ],
    },
  ],
  sources: [{ id: 'users', entry: 'ask.o', arrivals: { process: 'poisson', ratePerSecond: 60_000 } }],
  policies: {
    placement: { use: 'spread' },
    memory: { use: 'spread' },
    scaling: { use: 'queue-length' },
    recovery: { use: 'restart' },
    orders: ['pre-copy', 'post-copy', 'stop-and-copy'].map((mechanism, i) => ({
      ...{ atSeconds: 0.004 + 0.006 * i, do: 'migrate', service: 'scan', instance: i % 2, mechanism },
      to: { node: i % 2 === 0 ? 'cpu' : 'mem', device: i % 2 },
    })),
  },
  faults: [{ atSeconds: 0.03, target: { node: 'mem', device: 0 }, effect: 'down', factor: 1, forSeconds: 0.005 }],
  run: { seed: 21, warmupSeconds: 0.002, durationSeconds: 0.045 },
})

/** Round robin with switches, on cores that stall on far memory, slow down, and give an instance away. */
const timeSlices: ScenarioDocument = documentOf({
  nodes: [
    cpuPool('cpu', 2, 2, { frequencyGHz: 2.3, baseCpi: 0.9, quantumUs: 7, contextSwitchNs: 450 }),
    { id: 'mem', kind: 'memory', spec: { capacityGiB: 8 } },
    { id: 'tor', kind: 'switch' },
  ],
  links: ['cpu', 'mem'].map((from) => ({ id: from, from, to: 'tor', protocol: 'cxl', bandwidthGbps: 64 })),
  services: [
    {
      id: 'far',
      replicas: 2,
      footprintMiB: 256,
      localShare: 0.4,
      stateMiB: 1,
      cache: { model: 'power', atMiB: 6, exponent: 0.45 },
      operations: [
        {
          id: 'o',
          steps: [
            { do: 'compute', instructions: exponential(40_000), missesPerKiloInstruction: 3, dirtyRatio: 0.2 },
            { do: 'call', to: 'near.o', requestBytes: 400, responseBytes: 900 },
          ],
        },
      ],
    },
    { id: 'near', threads: 3, operations: [{ id: 'o', steps: [{ do: 'compute', timeNs: exponential(9000) }] }] },
  ],
  sources: [{ id: 'u', entry: 'far.o', arrivals: { process: 'poisson', ratePerSecond: 40_000 } }],
  policies: {
    placement: { use: 'spread' },
    orders: [{ atSeconds: 0.02, do: 'migrate', service: 'far', instance: 0, to: { node: 'cpu', device: 1 } }],
  },
  faults: [{ atSeconds: 0.03, target: { node: 'cpu', device: 1 }, effect: 'slow', factor: 1.7, forSeconds: 0.005 }],
  run: { seed: 12, warmupSeconds: 0.005, durationSeconds: 0.05 },
})

/** A document in another fidelity, for part of the time. */
function inFidelity(document: ScenarioDocument, fidelity: string, durationSeconds: number): ScenarioDocument {
  return { ...document, run: { ...(document['run'] as Fields), fidelity, durationSeconds } }
}

/** Small scenarios that together use all that the simulator can do: logarithms, powers, moves, far memory, drops. */
export const coreScenarios: Readonly<Record<string, ScenarioDocument>> = {
  ...decisionScenarios,
  accelerators: acceleratorRack,
  'near-memory': nearMemory,
  'moving-gpus': movingGpus,
  'busy-rack': busyRack,
  'every-draw': everyDraw,
  hotspot,
  'time-slices': timeSlices,
  'drawn-choices': {
    ...policyRack,
    policies: { placement: { use: 'power-of-two-choices' }, loadBalancing: { use: 'power-of-two-choices' } },
  },
  'exact-placement': {
    ...policyRack,
    policies: { placement: { use: 'exact', yardstick: true }, loadBalancing: { use: 'weighted' } },
  },
  'nearest-placement': {
    ...policyRack,
    policies: { placement: { use: 'nearest-to-callers', yardstick: true }, loadBalancing: { use: 'nearest' } },
  },
  elastic: {
    ...withPlaces(policyRack, {}, 0.3),
    policies: {
      placement: { use: 'spread' },
      scaling: { use: 'target-utilization', target: 0.3, controlPeriodMs: 1, stabilizationMs: 3 },
    },
  },
  serverless: {
    ...withPlaces(policyRack, {}, 0.15),
    policies: {
      placement: { use: 'spread' },
      scaling: { use: 'pre-warming', binMs: 0.005, leastSeen: 3, keepAliveMs: 0.05, controlPeriodMs: 1 },
    },
  },
  'busy-rack-line': inFidelity(busyRack, 'line', 0.04),
  'busy-rack-fluid': inFidelity(busyRack, 'fluid', 0.06),
  'memory-steps': memoryStepsRack,
  'memory-steps-line': inFidelity(memoryStepsRack, 'line', 0.013),
  'memory-steps-fluid': inFidelity(memoryStepsRack, 'fluid', 0.015),
  'hotspot-line': inFidelity(hotspot, 'line', 0.015),
  'hotspot-fluid': inFidelity(hotspot, 'fluid', 0.03),
}
