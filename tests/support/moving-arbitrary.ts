import fc from 'fast-check'
import type { Json, ScenarioDocument } from '../../src/scenario/scenario'
import { documentOf, exponential, poisson, type Fields } from './scenarios'

/** Small racks where instances move all the time, in every way, while what they move between and hold fails. */

const pick = <T extends Json>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values)

const order = fc.record({
  atSeconds: fc.integer({ min: 0, max: 12_000 }).map((us) => us / 1e6),
  service: pick('kv', 'web'),
  instance: fc.nat(2),
  device: fc.nat(3),
  mechanism: pick('stop-and-copy', 'pre-copy', 'post-copy', 'remap', 'auto'),
})

const fault = fc.record({
  atSeconds: fc.integer({ min: 0, max: 12_000 }).map((us) => us / 1e6),
  forSeconds: pick(0.001, 0.004, null),
  target: fc.constantFrom<Json>(
    { node: 'cpu', device: 0 },
    { node: 'cpu', device: 1 },
    { node: 'cpu', device: 3 },
    { node: 'mem', device: 0 },
    { node: 'nic', device: 0 },
    { link: 'cpu', device: 1 },
    { link: 'mem', device: 1 },
    'tor',
  ),
  warningSeconds: pick(null, 0.0005, 0.003),
})

const raw = fc.record({
  orders: fc.array(order, { minLength: 2, maxLength: 8 }),
  faults: fc.array(fault, { minLength: 1, maxLength: 4 }),
  policy: pick('never', 'load-imbalance', 'hotspot', 'evacuation'),
  mechanism: pick('pre-copy', 'stop-and-copy', 'post-copy', 'remap', 'auto'),
  recovery: pick('restart', 'wait', 'evacuate', 'restore'),
  detectMs: pick(0, 0.5, 3),
  gbps: pick(25, 10, 100),
  localShare: pick(0.5, 1, 0.25),
  stateMiB: pick(null, 0, 1, 6),
  dirtyMiBps: pick(0, 300, 5000),
  writableMiB: pick(null, 1),
  contextKiB: pick(512, 0, 16),
  threads: pick(null, 4),
  offload: pick('never', 'always', 'queue-threshold'),
  rate: pick(20_000, 4000, 60_000),
  attempts: pick(false, true),
  fidelity: pick('burst', 'burst', 'line', 'fluid'),
  seed: fc.nat(1000),
  copies: pick(1, 2, 3),
})

type Raw = typeof raw extends fc.Arbitrary<infer T> ? T : never

export const movingScenario: fc.Arbitrary<ScenarioDocument> = raw.map((drawn) =>
  documentOf({
    nodes: [
      { id: 'cpu', kind: 'cpu', count: 4, spec: { cores: 2, frequencyGHz: 2.1, localMemoryGiB: 1 } },
      { id: 'mem', kind: 'memory', count: 3, spec: { capacityGiB: 1, slabMiB: 1 } },
      { id: 'nic', kind: 'nic', count: 2, spec: { cores: 2, memoryGiB: 1 } },
      { id: 'tor', kind: 'switch', spec: { bufferKiB: 256 } },
    ],
    links: ['cpu', 'mem', 'nic'].map((id) => ({
      id,
      from: id,
      to: 'tor',
      protocol: 'rdma',
      bandwidthGbps: drawn.gbps,
      access: 'loadstore',
    })),
    rpc: { cyclesPerMessage: 500, cyclesPerByte: 0.01 },
    services: services(drawn),
    sources: [
      poisson('web.o', drawn.rate, {
        requestBytes: 300,
        ...(drawn.attempts ? { attempts: { timeoutUs: 800, retries: 2, hedgeAfterUs: 300 } } : {}),
      }),
    ],
    policies: policies(drawn),
    faults: drawn.faults.map((one) => faultOf(one)),
    run: { seed: drawn.seed, warmupSeconds: 0.001, durationSeconds: 0.014, fidelity: drawn.fidelity },
  }),
)

/** Only devices can warn. */
function faultOf({ warningSeconds, ...rest }: Raw['faults'][number]): Fields {
  const isDevice = typeof rest.target === 'object' && rest.target !== null && 'node' in rest.target
  const warns = isDevice && warningSeconds !== null && warningSeconds <= rest.atSeconds
  return { ...rest, effect: 'down', ...(warns ? { warningSeconds } : {}) }
}

function services({ localShare, stateMiB, dirtyMiBps, writableMiB, contextKiB, threads }: Raw): Fields[] {
  const work = { do: 'compute', instructions: exponential(20_000), missesPerKiloInstruction: 1, dirtyRatio: 0.3 }
  const aside = { do: 'compute', timeNs: exponential(8000), offload: ['cpu', 'nic'], inputBytes: 600, outputBytes: 600 }
  const one = { localShare, stateMiB, dirtyMiBps, writableMiB, contextKiB, threads }
  return [
    {
      id: 'web',
      replicas: 2,
      footprintMiB: 3,
      ...one,
      operations: [
        { id: 'o', steps: [work, aside, { do: 'call', to: 'kv.o', requestBytes: 200, responseBytes: 2000 }] },
      ],
    },
    { id: 'kv', replicas: 3, footprintMiB: 8, ...one, operations: [{ id: 'o', steps: [work] }] },
  ]
}

/** Where slabs have no copies, those of the first device soon leave it. */
const pressed: Fields = {
  use: 'first-fit',
  ...{ highWatermark: 0.01, lowWatermark: 0.005, reclaimPeriodMs: 0.5, reclaimMiBps: 100_000 },
}

function policies({ policy, mechanism, orders, recovery, detectMs, offload, copies }: Raw): Fields {
  const eager: Readonly<Record<string, Fields>> = {
    never: {},
    'load-imbalance': { imbalance: 0.05, forMs: 0, minResidenceMs: 0, controlPeriodMs: 0.5 },
    hotspot: { utilization: 0.3, forMs: 0, controlPeriodMs: 0.5 },
    evacuation: { slowFactor: 1, controlPeriodMs: 0.5 },
  }
  return {
    placement: { use: 'spread' },
    memory: copies === 1 ? pressed : { use: 'spread', copies },
    migration: { use: policy, mechanism, ...eager[policy] },
    recovery: { use: recovery, detectMs },
    offload: { use: offload },
    orders: orders.map(({ device, ...rest }) => ({
      ...rest,
      instance: rest.service === 'web' ? rest.instance % 2 : rest.instance,
      do: 'migrate',
      to: { node: 'cpu', device },
    })),
  }
}
