import fc from 'fast-check'
import type { ScenarioDocument } from '../../src/scenario/scenario'
import { constant, cpuPool, documentOf, type Fields } from '../../src/validation/scenario-parts'

/** Small racks whose far memory is short: any memory policy, copies, tiers, marks, phases and failures. */

const anyOf = <Value>(...values: readonly Value[]): fc.Arbitrary<Value> => fc.constantFrom(...values)
const SECONDS = 0.06

const memory = fc.record({
  use: anyOf('first-fit', 'spread', 'best-fit', 'nearest', 'interleave'),
  onFull: anyOf('wait', 'spill', 'reject'),
  copies: anyOf(1, 2, 2, 3),
  leaseMs: anyOf(null, 0, 3),
  tieringMiBps: anyOf(null, 200, 4000),
  tieringPeriodMs: anyOf(1, 7),
  highWatermark: anyOf(null, 0.3, 0.6, 0.9),
  reclaimMiBps: anyOf(300, 20_000),
  reclaimPeriodMs: anyOf(1, 10),
})

const moment = fc.double({ min: 0, max: SECONDS, noNaN: true })

const phases = fc
  .array(fc.tuple(moment, fc.integer({ min: 16, max: 60 })), { maxLength: 3 })
  .map((list) =>
    [...new Map(list).entries()]
      .sort(([a], [b]) => a - b)
      .map(([atSeconds, footprintMiB]) => ({ atSeconds, footprintMiB })),
  )

const step = anyOf<Fields>(
  { do: 'memory', access: 'read', bytes: 6400 },
  { do: 'memory', access: 'write', bytes: 6400 },
  { do: 'compute', instructions: constant(20_000), missesPerKiloInstruction: 2, dirtyRatio: 0.5 },
)

const service = fc.record({
  footprintMiB: fc.integer({ min: 16, max: 60 }),
  localShare: anyOf(0, 0.25),
  replicas: anyOf(1, 2),
  coldStartMs: anyOf(0, 3),
  dirtyMiBps: anyOf(0, 200),
  footprintPhases: phases,
  step,
})

const linkOfNear: Fields = { link: 'near' }

const fault = fc
  .tuple(
    anyOf<Fields | string>(
      'cpu',
      'near',
      { node: 'cpu', device: 1 },
      { node: 'far', device: 0 },
      { node: 'far', device: 1 },
      linkOfNear,
      'tor',
    ),
    moment,
    fc.double({ min: 0.001, max: 0.03, noNaN: true }),
  )
  .map(([target, atSeconds, forSeconds]) => ({ target, atSeconds, forSeconds, effect: 'down' }))

const order = fc
  .tuple(moment, anyOf('s0', 's1'), anyOf(0, 1), anyOf('stop-and-copy', 'pre-copy', 'post-copy', 'remap'))
  .map(([atSeconds, name, device, mechanism]): Fields => ({
    atSeconds,
    do: 'migrate',
    service: name,
    instance: 0,
    mechanism,
    to: { node: 'cpu', device },
  }))

interface Drawn {
  readonly document: ScenarioDocument
  /** Moments at which to look, and one of them at which to save; shares of the run. */
  readonly moments: readonly number[]
}

export const pressedMemory: fc.Arbitrary<Drawn> = fc
  .record({
    memory,
    services: fc.array(service, { minLength: 1, maxLength: 3 }),
    far: anyOf(2, 3),
    faults: fc.array(fault, { maxLength: 3 }),
    orders: fc.array(order, { maxLength: 2 }),
    recovery: anyOf<Fields>(
      { use: 'restart', detectMs: 2 },
      { use: 'wait', detectMs: 2 },
      { use: 'evacuate', detectMs: 1 },
      { use: 'restore', detectMs: 2, writeBackMs: 2 },
      { use: 'restore', detectMs: 0 },
    ),
    fidelity: anyOf('burst', 'burst', 'fluid'),
    protocol: anyOf('cxl', 'cxl', 'rdma'),
    moments: fc.array(fc.double({ min: 0.01, max: 0.99, noNaN: true }), { minLength: 2, maxLength: 6 }),
  })
  .map(({ memory: policy, services, far, faults, orders, recovery, fidelity, protocol, moments }) => ({
    moments: [...moments].sort((a, b) => a - b),
    document: documentOf({
      nodes: [
        cpuPool('cpu', 2, 2),
        { id: 'near', kind: 'memory', count: 1, spec: { capacityGiB: 0.0625, slabMiB: 4 } },
        { id: 'far', kind: 'memory', count: far, spec: { capacityGiB: 0.09375, slabMiB: 4 } },
        { id: 'tor', kind: 'switch' },
      ],
      links: ['cpu', 'near', 'far'].map((from) => ({
        ...{ id: from, from, to: 'tor', protocol, bandwidthGbps: 100, propagationNs: from === 'far' ? 2000 : 10 },
      })),
      services: services.map(({ step: only, ...rest }, i) => ({
        id: `s${i}`,
        ...rest,
        operations: [{ id: 'o', steps: [only] }],
      })),
      sources: services.map((_, i) => ({
        ...{ id: `u${i}`, entry: `s${i}.o`, arrivals: { process: 'constant', ratePerSecond: 3000 } },
      })),
      policies: {
        memory: policy,
        recovery,
        orders: orders.filter((one) => one['service'] !== 's1' || services.length > 1),
      },
      faults,
      run: { durationSeconds: SECONDS, fidelity },
    }),
  }))
