import fc from 'fast-check'
import type { Json, ScenarioDocument } from '../../src/scenario/scenario'
import { documentOf, exponential, poisson, type Fields } from './scenarios'

/** Racks where services on GPUs move all the time, while kernels of every kind run, GPUs slow down, and some fail. */

const pick = <T extends Json>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values)

const order = fc.record({
  atSeconds: fc.integer({ min: 0, max: 16_000 }).map((us) => us / 1e6),
  service: pick('llm', 'see', 'mix'),
  instance: fc.nat(1),
  device: fc.nat(3),
  mechanism: pick('stop-and-copy', 'stop-and-copy', 'pre-copy', 'auto', 'post-copy'),
})

const fault = fc.record({
  atSeconds: fc.integer({ min: 0, max: 14_000 }).map((us) => us / 1e6),
  forSeconds: pick(0.001, 0.004, null),
  device: fc.nat(3),
  effect: pick('slow', 'down'),
})

const raw = fc.record({
  orders: fc.array(order, { minLength: 2, maxLength: 8 }),
  faults: fc.array(fault, { maxLength: 2 }),
  policy: pick('never', 'hotspot', 'load-imbalance', 'evacuation'),
  mechanism: pick('pre-copy', 'stop-and-copy', 'auto'),
  recovery: pick('restart', 'wait', 'evacuate'),
  offload: pick('never', 'cost-model', 'always'),
  batchSize: pick(4, 1, 16),
  batchWindowUs: pick(0, 40),
  repeat: pick<Json>(3, 1, { dist: 'lognormal', mean: 5, cv: 0.7 }),
  streams: pick(1, 2),
  /** Room for two footprints and few inputs; for all. */
  memoryMiB: pick(8, 64),
  dirtyMiBps: pick(0, 400, 9000),
  writableMiB: pick(null, 1),
  threads: pick(null, 3),
  attempts: pick(false, true),
  rate: pick(20_000, 5000, 60_000),
  fidelity: pick('burst', 'burst', 'line'),
  seed: fc.nat(1000),
})

type Raw = typeof raw extends fc.Arbitrary<infer T> ? T : never

export const gpuMovesScenario: fc.Arbitrary<ScenarioDocument> = raw.map((drawn) =>
  documentOf({
    nodes: [
      { id: 'cpu', kind: 'cpu', count: 1, spec: { cores: 4, frequencyGHz: 2.1 } },
      {
        id: 'gpu',
        kind: 'gpu',
        count: 4,
        spec: {
          peakTflops: 30,
          memoryBandwidthGBps: 900,
          launchUs: 4,
          streams: drawn.streams,
          memoryGiB: drawn.memoryMiB / 1024,
        },
      },
      { id: 'tor', kind: 'switch', spec: { bufferKiB: 256 } },
    ],
    links: ['cpu', 'gpu'].map((id) => ({ id, from: id, to: 'tor', protocol: 'rdma', bandwidthGbps: 100 })),
    rpc: { cyclesPerMessage: 500, cyclesPerByte: 0.01 },
    services: services(drawn),
    sources: [
      poisson('front.o', drawn.rate, {
        requestBytes: 300,
        ...(drawn.attempts ? { attempts: { timeoutUs: 900, retries: 2, hedgeAfterUs: 400 } } : {}),
      }),
    ],
    policies: policies(drawn),
    faults: drawn.faults.map(({ device, effect, ...rest }) => ({
      ...rest,
      target: { node: 'gpu', device },
      effect,
      ...(effect === 'slow' ? { factor: 2.5 } : {}),
    })),
    run: { seed: drawn.seed, warmupSeconds: 0.001, durationSeconds: 0.017, fidelity: drawn.fidelity },
  }),
)

function services(drawn: Raw): Fields[] {
  const { batchSize, batchWindowUs, repeat, dirtyMiBps, writableMiB, threads } = drawn
  const onGpu = { runsOn: ['gpu'], footprintMiB: 2, dirtyMiBps, writableMiB, threads }
  const kernel = { do: 'kernel', flops: 6e8, bytes: 2e7, inputBytes: 300_000, outputBytes: 2000, offload: ['gpu'] }
  const batch = { batchSize, sharedBytes: 1.8e7, ...(batchSize > 1 ? { batchWindowUs } : {}) }
  const call = (to: string): Fields => ({ do: 'call', to, requestBytes: 200, responseBytes: 2000 })
  return [
    {
      id: 'front',
      operations: [
        {
          id: 'o',
          steps: [
            { do: 'compute', timeNs: exponential(5000) },
            {
              do: 'choose',
              options: [
                { probability: 0.4, steps: [call('llm.o')] },
                { probability: 0.3, steps: [call('see.o')] },
                { probability: 0.3, steps: [call('mix.o')] },
              ],
            },
          ],
        },
      ],
    },
    { id: 'llm', replicas: 2, ...onGpu, operations: [{ id: 'o', steps: [{ ...kernel, ...batch, repeat }] }] },
    { id: 'see', replicas: 2, ...onGpu, operations: [{ id: 'o', steps: [kernel, kernel] }] },
    {
      id: 'mix',
      replicas: 2,
      ...onGpu,
      operations: [{ id: 'o', steps: [{ do: 'parallel', branches: [[{ ...kernel, ...batch }], [call('see.o')]] }] }],
    },
  ]
}

function policies({ policy, mechanism, orders, recovery, offload }: Raw): Fields {
  const eager: Readonly<Record<string, Fields>> = {
    never: {},
    'load-imbalance': { imbalance: 0.05, forMs: 0, minResidenceMs: 0, controlPeriodMs: 0.5 },
    hotspot: { utilization: 0.3, forMs: 0, controlPeriodMs: 0.5 },
    evacuation: { controlPeriodMs: 0.5 },
  }
  return {
    placement: { use: 'spread' },
    offload: { use: offload },
    migration: { use: policy, mechanism, downtimeTargetMs: 0.1, ...eager[policy] },
    recovery: { use: recovery, detectMs: 0.3 },
    orders: orders.map(({ device, ...rest }) => ({ ...rest, do: 'migrate', to: { node: 'gpu', device } })),
  }
}
