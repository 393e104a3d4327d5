import type { Json, ScenarioDocument } from '../../src/scenario/scenario'
import { documentOf, exponential, poisson, type Fields } from './scenarios'

/** What may differ between racks where services on GPUs move while kernels of every kind run. */
export interface GpuMoves {
  readonly orders: readonly {
    readonly atSeconds: number
    readonly service: string
    readonly instance: number
    readonly device: number
    readonly mechanism: string
  }[]
  readonly faults: readonly {
    readonly atSeconds: number
    readonly forSeconds: number | null
    readonly device: number
    readonly effect: string
  }[]
  readonly policy: string
  readonly mechanism: string
  readonly recovery: string
  readonly offload: string
  readonly batchSize: number
  readonly batchWindowUs: number
  readonly repeat: Json
  readonly streams: number
  readonly memoryMiB: number
  readonly dirtyMiBps: number
  readonly writableMiB: number | null
  readonly threads: number | null
  readonly attempts: boolean
  readonly rate: number
  readonly fidelity: string
  readonly seed: number
}

/** A rack of four GPUs, whose services run kernels alone, in batches, again and again, and beside a call. */
export const gpuMovesDocument = (drawn: GpuMoves): ScenarioDocument =>
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
  })

function services(drawn: GpuMoves): Fields[] {
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

function policies({ policy, mechanism, orders, recovery, offload }: GpuMoves): Fields {
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

/** Models that move by order and by policy, in batches with and without a window, while a GPU slows down and one fails. */
export const movingGpus: ScenarioDocument = gpuMovesDocument({
  orders: [
    { atSeconds: 0.002, service: 'llm', instance: 0, device: 3, mechanism: 'pre-copy' },
    { atSeconds: 0.004, service: 'see', instance: 1, device: 0, mechanism: 'stop-and-copy' },
    { atSeconds: 0.006, service: 'mix', instance: 0, device: 2, mechanism: 'auto' },
  ],
  faults: [
    { atSeconds: 0.007, forSeconds: 0.003, device: 1, effect: 'slow' },
    { atSeconds: 0.011, forSeconds: 0.002, device: 3, effect: 'down' },
  ],
  policy: 'load-imbalance',
  mechanism: 'auto',
  recovery: 'restart',
  offload: 'cost-model',
  batchSize: 4,
  batchWindowUs: 40,
  repeat: { dist: 'lognormal', mean: 5, cv: 0.7 },
  streams: 2,
  memoryMiB: 8,
  dirtyMiBps: 400,
  writableMiB: 1,
  threads: null,
  attempts: true,
  rate: 20_000,
  fidelity: 'burst',
  seed: 17,
})
