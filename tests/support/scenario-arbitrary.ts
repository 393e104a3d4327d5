import fc from 'fast-check'
import type { Json, ScenarioDocument } from '../../src/scenario/scenario'
import { stepArbitrary, stepsFrom, type StepRaw } from './step-arbitrary'

/**
 * Small scenarios that are valid, can be simulated today and end within 20 ms of simulated time: one to three CPU
 * pools, memory pools, a NIC pool, one or two switches, links of every protocol, one to four services that call only
 * later ones, every arrival process, light to heavy load, orders, slow devices and links, links and switches that fail.
 *
 * What is drawn is plain numbers first, so that a failing case shrinks; `build` makes a document of them.
 */

type Fields = Record<string, Json>

const pick = <T extends Json>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values)
const flag = (weight: number): fc.Arbitrary<boolean> => fc.integer({ min: 1, max: 100 }).map((n) => n > 100 - weight)

/** A preset of its own takes the place of the other fields. */
const linkArbitrary = fc.record({
  protocol: pick('ideal', 'cxl', 'rdma', 'ethernet', 'pcie', 'nvlink'),
  bandwidthGbps: pick(100, 10, 64, 256),
  propagationNs: pick(0, 5, 50.5),
  lanes: pick(1, 1, 2),
  preset: pick(null, null, 'infiniband-ndr', 'cxl-gen5-x8'),
})

const cpuArbitrary = fc.record({
  preset: pick('plain', 'plain', 'xeon-6430'),
  count: fc.integer({ min: 1, max: 3 }),
  cores: fc.integer({ min: 1, max: 4 }),
  frequencyGHz: pick(2.5, 1, 2.1, 3.3),
  baseCpi: pick(1, 0.7, 1.3),
  speed: pick(1, 0.5, 2),
  memoryParallelism: fc.integer({ min: 1, max: 12 }),
  localLatencyNs: pick(90, 0, 62.5),
  localBandwidthGBps: pick(100, 5),
  pageFaultNs: pick(4000, 0),
  quantumUs: pick(null, null, 3, 50),
  contextSwitchNs: pick(0, 0, 700),
  sleepWatts: pick(null, null, 5),
  wakeMs: pick(0, 0.3),
  link: linkArbitrary,
})

const memoryArbitrary = fc.record({
  count: fc.integer({ min: 1, max: 2 }),
  slabMiB: pick(1024, 64, 256),
  channels: fc.integer({ min: 1, max: 4 }),
  channelBandwidthGBps: pick(38.4, 10),
  rowHitRatio: pick(0.5, 0, 1),
  controllerNs: pick(20, 0, 200),
  link: linkArbitrary,
})

const nicArbitrary = fc.record({
  count: fc.integer({ min: 1, max: 2 }),
  messageNs: pick(300, 0),
  messagesPerSecond: pick(30e6, 1e5),
  cores: pick(0, 1, 4),
  speed: pick(1, 0.4),
  link: linkArbitrary,
})

/** How somebody asks when an answer fails or is late; null: but once. */
const attemptsArbitrary = fc.option(
  fc.record({
    timeoutUs: pick(null, 30, 500),
    retries: pick(0, 1, 3),
    backoffUs: pick(0, 20),
    retryBudget: pick(null, 0.1),
    hedgeAfterUs: pick(null, 20, 100),
  }),
  { freq: 3 },
)

const serviceArbitrary = fc.record({
  replicas: fc.integer({ min: 1, max: 3 }),
  threads: pick(null, 1, 2, 8),
  queueLimit: pick(null, null, 0, 3),
  shedAfterMs: pick(null, null, null, 0.01, 0.2),
  dispatch: pick('shared', 'round-robin', 'bound'),
  onNic: flag(20),
  pinned: flag(15),
  footprintMiB: pick(0, 64, 1000),
  stateMiB: pick(null, 0, 3),
  dirtyMiBps: pick(0, 100, 5000),
  localShare: pick(1, 0.5, 0),
  locality: fc.constantFrom<Json>(
    { model: 'uniform' },
    { model: 'zipf', exponent: 0.9 },
    {
      model: 'curve',
      points: [
        [0, 0],
        [0.5, 0.8],
        [1, 1],
      ],
    },
  ),
  cache: fc.constantFrom<Json>(
    null,
    null,
    { model: 'power', atMiB: 8 },
    {
      model: 'curve',
      points: [
        [4, 2],
        [20, 0.5],
      ],
    },
  ),
  operations: fc.array(fc.array(stepArbitrary, { maxLength: 4 }), { minLength: 1, maxLength: 2 }),
})

const rate = pick(1000, 100, 8000, 30000)
const arrivalsArbitrary = fc.oneof(
  rate.map((ratePerSecond) => ({ process: 'poisson', ratePerSecond })),
  rate.map((ratePerSecond) => ({ process: 'constant', ratePerSecond })),
  rate.map((ratePerSecond) => ({
    process: 'mmpp',
    states: [
      { ratePerSecond, meanSeconds: 0.001 },
      { ratePerSecond: 0, meanSeconds: 0.002 },
    ],
  })),
  fc
    .array(fc.integer({ min: 0, max: 20000 }), { maxLength: 30 })
    .map((micros) => ({ process: 'trace', timesSeconds: micros.sort((a, b) => a - b).map((micro) => micro / 1e6) })),
  rate.map((ratePerSecond) => ({ process: 'rates', bucketSeconds: 0.002, ratesPerSecond: [ratePerSecond, 0, 500] })),
  fc
    .record({ process: pick('closed'), users: fc.integer({ min: 1, max: 20 }), thinkTimeNs: pick(0, 100000, 1e6) })
    .map((closed) => ({
      ...closed,
      thinkTimeNs: { dist: 'exponential', mean: Math.max(closed.thinkTimeNs, 10000) },
    })),
) as fc.Arbitrary<Fields>

const sourceArbitrary = fc.record({
  service: fc.nat({ max: 3 }),
  operation: fc.nat({ max: 1 }),
  viaNic: flag(60),
  requestBytes: pick(0, 64, 400, 5000),
  responseBytes: pick(0, 64, 8000),
  attempts: attemptsArbitrary,
  arrivals: arrivalsArbitrary,
})

const rawArbitrary = fc.record({
  cpus: fc.array(cpuArbitrary, { minLength: 1, maxLength: 3 }),
  memories: fc.array(memoryArbitrary, { maxLength: 2 }),
  nic: nicArbitrary,
  switchPreset: flag(20),
  secondSwitch: flag(25),
  trunk: linkArbitrary,
  bufferKiB: pick(512, 64, 8),
  cutsThrough: flag(30),
  down: fc.option(
    fc.record({
      atSeconds: pick(0.001, 0, 0.003),
      forSeconds: pick(null, 0.0005, 0.004),
      target: fc.constantFrom<Json>(
        'cpu0',
        { node: 'cpu0', device: 0 },
        'nic',
        { node: 'nic', device: 0 },
        'tor',
        { link: 'l0' },
        { link: 'l0', device: 0 },
        { link: 'l1', lane: 0 },
      ),
    }),
    { freq: 3 },
  ),
  failing: fc.option(
    fc.record({
      pool: pick('cpu0', 'cpu0', 'nic', 'mem0'),
      mtbfSeconds: pick(0.002, 0.01),
      mttrSeconds: fc.constantFrom<Json>(0.001, { dist: 'constant', value: 0.0005 }),
      warningSeconds: pick(null, 0.001),
    }),
    { freq: 3 },
  ),
  recovery: pick('restart', 'wait', 'evacuate', 'restore'),
  detectMs: pick(0, 0.5, 10),
  rpc: fc.record({ cyclesPerMessage: pick(0, 3000), cyclesPerByte: pick(0, 0.5) }),
  services: fc.array(serviceArbitrary, { minLength: 1, maxLength: 4 }),
  sources: fc.array(sourceArbitrary, { minLength: 1, maxLength: 3 }),
  placement: pick('first-fit', 'spread'),
  loadBalancing: pick('least-loaded', 'round-robin'),
  memory: pick('first-fit', 'spread'),
  onFull: pick('wait', 'reject'),
  hotspot: flag(20),
  mechanism: pick('pre-copy', 'stop-and-copy'),
  offload: flag(30),
  order: fc.option(fc.record({ atSeconds: pick(0.004, 0, 0.001), device: fc.nat({ max: 8 }) }), { freq: 2 }),
  slow: fc.option(fc.record({ atSeconds: pick(0.002, 0), forSeconds: pick(null, 0.003), factor: pick(2, 1, 7.5) }), {
    freq: 3,
  }),
  run: fc.record({
    fidelity: pick('burst', 'burst', 'line'),
    seed: fc.nat(),
    warmupSeconds: pick(0, 0.002, 0.005),
    durationSeconds: pick(0.001, 0.005, 0.015),
    replications: pick(1, 1, 1, 2),
  }),
})

type Raw = typeof rawArbitrary extends fc.Arbitrary<infer T> ? T : never
type ServiceRaw = Raw['services'][number]

/** Scenarios for property tests of the reader and of the simulator. */
export const arbitraryScenario: fc.Arbitrary<ScenarioDocument> = rawArbitrary.map(build)

function build(raw: Raw): ScenarioDocument {
  const services = raw.services.map((service, index) => buildService(service, index, raw))
  return {
    format: 'unrack-scenario',
    version: 1,
    name: 'Drawn at random',
    topology: buildTopology(raw),
    application: { rpc: raw.rpc, services },
    workload: { sources: raw.sources.map((source, index) => buildSource(source, index, raw)) },
    policies: buildPolicies(raw, services),
    faults: [
      ...(raw.slow === null
        ? []
        : [
            { ...raw.slow, target: { node: 'cpu0', device: 0 }, effect: 'slow' },
            { ...raw.slow, target: { link: 'l0' }, effect: 'slow' },
          ]),
      ...(raw.down === null ? [] : [{ ...raw.down, effect: 'down' }]),
      ...failingFault(raw),
    ],
    run: raw.run,
  }
}

/** Devices of a pool that fail at random; the CPUs where there is no such pool. */
function failingFault({ failing, memories }: Raw): Fields[] {
  if (failing === null) return []
  const { pool, warningSeconds, ...times } = failing
  const target = pool === 'mem0' && memories.length === 0 ? 'cpu0' : pool
  return [{ ...times, target, effect: 'down', ...(warningSeconds === null ? {} : { warningSeconds }) }]
}

function buildTopology(raw: Raw): Fields {
  const pools: Fields[] = [
    ...raw.cpus.map(({ count, link: _, ...spec }, index) => ({
      id: `cpu${index}`,
      kind: 'cpu',
      count,
      spec: { localMemoryGiB: 64, ...spec },
    })),
    ...raw.memories.map(({ count, link: _, ...spec }, index) => ({
      id: `mem${index}`,
      kind: 'memory',
      count,
      spec: { capacityGiB: 64, ...spec },
    })),
    { id: 'nic', kind: 'nic', count: raw.nic.count, spec: nicSpec(raw.nic) },
  ]
  const switches = raw.secondSwitch ? ['tor', 'spine'] : ['tor']
  const links = [...raw.cpus, ...raw.memories, raw.nic].map(({ link }, index) =>
    buildLink(link, `l${index}`, pools[index].id as string, switches[index % switches.length]),
  )
  const trunk = raw.secondSwitch ? [buildLink(raw.trunk, 'trunk', 'tor', 'spine')] : []
  return {
    racks: [{ id: 'r1' }],
    nodes: [
      ...pools,
      ...switches.map((id) => ({
        id,
        kind: 'switch',
        rack: 'r1',
        spec: raw.switchPreset
          ? 'infiniband-hdr'
          : { bufferKiB: raw.bufferKiB, forwarding: raw.cutsThrough ? 'cut-through' : 'store-and-forward' },
      })),
    ],
    links: [...links, ...trunk],
  }
}

function nicSpec({ messageNs, messagesPerSecond, cores, speed }: Raw['nic']): Fields {
  return { messageNs, messagesPerSecond, cores, speed }
}

function buildLink({ preset, ...link }: Raw['trunk'], id: string, from: string, to: string): Fields {
  return preset === null ? { id, from, to, ...link } : { id, from, to, preset, propagationNs: link.propagationNs }
}

function buildService(service: ServiceRaw, index: number, raw: Raw): Fields {
  const { operations, onNic, pinned, localShare, cache, shedAfterMs, ...fields } = service
  const hasPools = raw.memories.length > 0
  return {
    ...fields,
    ...(cache === null ? {} : { cache }),
    ...(shedAfterMs === null ? {} : { shedAfterMs }),
    id: `s${index}`,
    runsOn: onNic && raw.nic.cores > 0 ? ['cpu', 'nic'] : ['cpu'],
    on: pinned ? { node: 'cpu0', device: raw.cpus[0].count - 1 } : null,
    localShare: hasPools ? localShare : 1,
    operations: operations.map((steps, number) => ({ id: `o${number}`, steps: buildSteps(steps, index, raw) })),
  }
}

/** Calls go to later services only, and at most two of an operation. */
function buildSteps(steps: readonly StepRaw[], index: number, raw: Raw): Json {
  const later = raw.services.slice(index + 1)
  const targets = later.flatMap((service, offset) =>
    service.operations.map((_, number) => `s${index + 1 + offset}.o${number}`),
  )
  return stepsFrom(steps, { targets, callsLeft: 2, canOffload: raw.offload && raw.nic.cores > 0 })
}

function buildSource(source: Raw['sources'][number], index: number, raw: Raw): Fields {
  const { service, operation, viaNic, attempts, ...fields } = source
  const number = service % raw.services.length
  const operations = raw.services[number].operations.length
  const entry = `s${number}.o${operation % operations}`
  const rule = attempts === null ? {} : { attempts }
  return { ...fields, ...rule, id: `u${index}`, entry, via: viaNic ? 'nic' : null }
}

function buildPolicies(raw: Raw, services: readonly Fields[]): Fields {
  const map = raw.offload && raw.nic.cores > 0 ? offloadMap(services) : []
  return {
    placement: { use: raw.placement },
    loadBalancing: { use: raw.loadBalancing },
    memory: { use: raw.memory, onFull: raw.onFull },
    recovery: { use: raw.recovery, detectMs: raw.detectMs },
    offload: map.length > 0 ? { use: 'static', map } : { use: 'never' },
    migration: raw.hotspot
      ? { use: 'hotspot', mechanism: raw.mechanism, utilization: 0.5, forMs: 1, controlPeriodMs: 1 }
      : { use: 'never', mechanism: raw.mechanism },
    orders:
      raw.order === null
        ? []
        : [
            {
              atSeconds: raw.order.atSeconds,
              do: 'migrate',
              service: 's0',
              instance: 0,
              to: { node: 'cpu0', device: raw.order.device % raw.cpus[0].count },
            },
          ],
  }
}

/** Every compute step at the top of an operation that may run on a NIC. */
function offloadMap(services: readonly Fields[]): Json[] {
  return services.flatMap((service, number) =>
    (service.operations as { id: string; steps: Fields[] }[]).flatMap(({ id, steps }) =>
      steps.flatMap((step, index) =>
        step.do === 'compute' && Array.isArray(step.offload)
          ? [{ operation: `s${number}.${id}`, step: index, to: 'nic' }]
          : [],
      ),
    ),
  )
}
