import fc from 'fast-check'
import type { Json, ScenarioDocument } from '../../src/scenario/scenario'
import { documentOf, exponential, poisson, type Fields } from './scenarios'

/** Racks where devices short of memory hold code and state for steps of instances that move, end, start and fail elsewhere. */

const pick = <T extends Json>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values)
const when = fc.integer({ min: 0, max: 9000 }).map((us) => us / 1e6)

const order = fc.record({
  atSeconds: when,
  what: pick('a', 'b', 'big', 'evacuate'),
  instance: fc.nat(1),
  device: fc.nat(3),
})
const fault = fc.record({
  atSeconds: when,
  forSeconds: pick(0.001, 0.004, null),
  warningSeconds: pick(null, 0.001),
  target: pick('gpu', 'cpu', 'nic', 'mem'),
})

const raw = fc.record({
  orders: fc.array(order, { minLength: 1, maxLength: 6 }),
  faults: fc.array(fault, { maxLength: 2 }),
  offload: pick('always', 'cost-model', 'bandit'),
  recovery: pick('restart', 'wait', 'evacuate'),
  scaling: fc.constantFrom<Fields>(
    { use: 'fixed' },
    { use: 'queue-length', requestsPerReplica: 2, controlPeriodMs: 1, stabilizationMs: 0 },
    { use: 'keep-alive', keepAliveMs: 0.4, controlPeriodMs: 1 },
  ),
  codeMiB: pick(1.3, 0, 3),
  offloadStateMiB: pick(0.7, 0, 2.1),
  memoryMiB: pick(4, 8, 64),
  inputBytes: pick(300_000, 2_000_000),
  direct: fc.boolean(),
  rate: pick(6000, 20_000),
  seed: fc.nat(1000),
})

type Raw = typeof raw extends fc.Arbitrary<infer T> ? T : never

export const heldScenario: fc.Arbitrary<ScenarioDocument> = raw.map((drawn) =>
  documentOf({
    nodes: [
      { id: 'cpu', kind: 'cpu', count: 2, spec: { cores: 2 } },
      { id: 'gpu', kind: 'gpu', count: 2, spec: { memoryGiB: drawn.memoryMiB / 1024 } },
      { id: 'nic', kind: 'nic', count: 2, spec: { cores: 2, memoryGiB: drawn.memoryMiB / 1024 } },
      { id: 'mem', kind: 'memory', spec: { cores: 1, capacityGiB: 16 / 1024, slabMiB: 1 } },
      { id: 'tor', kind: 'switch' },
    ],
    links: [
      ...['cpu', 'nic', 'mem', ...(drawn.direct ? [] : ['gpu'])].map((from) => ({
        ...{ id: from, from, to: 'tor', protocol: 'cxl', bandwidthGbps: 100 },
      })),
      ...(drawn.direct ? [{ id: 'gpu', from: 'cpu', to: 'gpu', protocol: 'pcie', bandwidthGbps: 100 }] : []),
    ],
    services: services(drawn),
    sources: ['a', 'b'].map((id) => poisson(`${id}.o`, drawn.rate, { id })),
    policies: {
      placement: { use: 'spread' },
      offload: { use: drawn.offload },
      recovery: { use: drawn.recovery, detectMs: 0.2 },
      scaling: drawn.scaling,
      migration: { use: 'never', mechanism: 'stop-and-copy' },
      orders: drawn.orders.map((order) => orderOf(order, drawn.direct)),
    },
    faults: drawn.faults.map(({ target, warningSeconds, ...rest }) => ({
      ...{ ...rest, effect: 'down', target: { node: target, device: 0 } },
      ...(warningSeconds === null ? {} : { warningSeconds }),
    })),
    run: { seed: drawn.seed, durationSeconds: 0.01 },
  }),
)

function orderOf({ atSeconds, what, instance, device }: Raw['orders'][number], direct: boolean): Fields {
  const mechanism = 'stop-and-copy'
  const node = what === 'big' ? 'gpu' : device < 2 || (direct && what !== 'evacuate') ? 'cpu' : 'nic'
  if (what === 'evacuate')
    return { atSeconds, do: what, mechanism, from: { node: instance === 0 ? 'gpu' : node, device: 0 } }
  const to = { node, device: device % 2 }
  return { atSeconds, do: 'migrate', mechanism, to, service: what, instance: what === 'big' ? 0 : instance }
}

function services({ codeMiB, offloadStateMiB, inputBytes, scaling, direct }: Raw): Fields[] {
  const held = {
    ...{
      codeMiB,
      offloadStateMiB,
      runsOn: direct ? ['cpu'] : ['cpu', 'nic'],
      replicas: 2,
      maxReplicas: scaling['use'] === 'fixed' ? 2 : 3,
    },
    ...{ footprintMiB: 1, stateMiB: 0.1, coldStartMs: 0.2, threads: 4 },
  }
  const compute = { do: 'compute', timeNs: exponential(30_000), inputBytes: 3000, outputBytes: 100 }
  const kernel = { do: 'kernel', flops: 1e8, bytes: 1e6, inputBytes, outputBytes: 1000 }
  return [
    {
      ...held,
      id: 'a',
      operations: [
        {
          id: 'o',
          steps: [
            { ...compute, offload: ['cpu', 'nic'] },
            { ...kernel, offload: ['gpu'] },
          ],
        },
      ],
    },
    {
      ...held,
      id: 'b',
      footprintMiB: 3,
      localShare: 0.3,
      operations: [
        {
          id: 'o',
          steps: [
            { ...compute, offload: ['cpu', 'nic', 'memory'] },
            { ...kernel, offload: ['cpu', 'gpu'] },
          ],
        },
      ],
    },
    {
      id: 'big',
      runsOn: ['gpu'],
      footprintMiB: 2,
      operations: [{ id: 'o', steps: [{ do: 'kernel', flops: 1e6, bytes: 1e3, offload: ['gpu'] }] }],
    },
  ]
}
