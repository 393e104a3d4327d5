import { describe, expect, test } from 'vitest'
import { outcomeOf } from '../../../../src/simulator/outcome'
import type { Run } from '../../../../src/simulator/run'
import { cpuPool, finishedRun, scenarioOf, trace, type Fields } from '../../../support/scenarios'

/** 10 TFLOP/s, 1 TB/s, 2 µs a launch: the ridge is at 10 FLOP/byte. */
const gpu = (spec: Fields = {}, more: Fields = {}): Fields => ({
  id: 'gpu',
  kind: 'gpu',
  spec: { peakTflops: 10, memoryBandwidthGBps: 1000, launchUs: 2, streams: 1, memoryGiB: 1, ...spec },
  ...more,
})
const kernel = (more: Fields = {}): Fields => ({ do: 'kernel', flops: 1e8, bytes: 1e6, offload: ['gpu'], ...more })
const wire = (more: Fields = {}): Fields => ({
  id: 'l',
  from: 'cpu',
  to: 'gpu',
  protocol: 'ideal',
  propagationNs: 0,
  ...more,
})

function runOf(parts: {
  nodes?: Fields[]
  links?: Fields[]
  steps?: Fields[]
  service?: Fields
  times?: number[]
  policies?: Fields
  rpc?: Fields
}): Run {
  return finishedRun(
    scenarioOf({
      nodes: parts.nodes ?? [cpuPool('cpu', 1, 4), gpu()],
      links: parts.links ?? [wire()],
      rpc: parts.rpc ?? {},
      services: [{ id: 's', operations: [{ id: 'o', steps: parts.steps ?? [kernel()] }], ...parts.service }],
      sources: [trace('s.o', parts.times ?? [1])],
      policies: parts.policies ?? {},
      run: { durationSeconds: 0.01 },
    }),
  )
}

function meanUs(run: Run): number {
  return run.machine.measures.requests.latency.mean() / 1e6
}
function maxUs(run: Run): number {
  return run.machine.measures.requests.latency.max / 1e6
}
function gpuRow(run: Run, device = 0): ReturnType<typeof outcomeOf>['devices'][number] {
  const row = outcomeOf(run).devices.find((each) => each.kind === 'gpu' && each.device === device)
  if (!row) throw new Error(`no GPU ${device}`)
  return row
}

describe('a kernel on a GPU', () => {
  test('takes its launch and whatever takes longer, its operations or its bytes', () => {
    expect(meanUs(runOf({ steps: [kernel({ flops: 1e8, bytes: 1e6 })] }))).toBeCloseTo(2 + 10, 9)
    expect(meanUs(runOf({ steps: [kernel({ flops: 1e8, bytes: 4e7 })] }))).toBeCloseTo(2 + 40, 9)
    expect(meanUs(runOf({ steps: [kernel({ flops: 0, bytes: 0 })] }))).toBeCloseTo(2, 9)
  })

  test('has its input sent there and its output sent back', () => {
    const links = [wire({ bandwidthGbps: 8, propagationNs: 500 })]
    const run = runOf({ links, steps: [kernel({ inputBytes: 3000, outputBytes: 1000 })] })
    expect(meanUs(run)).toBeCloseTo(3.5 + 12 + 1.5, 9)
  })

  test('holds its core for nobody', () => {
    const nodes = [cpuPool('cpu', 1, 1), gpu({ streams: 4 })]
    expect(maxUs(runOf({ nodes, times: [1, 1, 1, 1] }))).toBeCloseTo(12, 9)
  })

  test('tells what it waits for a stream, and for others of its batch, beside the waits of its service', () => {
    // Kernels of 12 µs at once on one stream: they wait 0, 12 and 24 µs.
    const queued = outcomeOf(runOf({ times: [1, 1, 1] }))
    expect(queued.services[0].streamWaitMeanUs).toBeCloseTo(12, 9)
    expect(queued.operations[0].waitMeanUs).toBeCloseTo(12, 9)
    // Two of a batch of two: the first waits 5 µs for the second.
    const batched = outcomeOf(runOf({ steps: [kernel({ batchSize: 2, batchWindowUs: 50 })], times: [0, 5] }))
    expect(batched.services[0].streamWaitMeanUs).toBeCloseTo(2.5, 9)
    expect(batched.services[0].coreWaitMeanUs).toBe(0)
  })

  test('waits for a stream, first come first served, and every stream has the whole roofline', () => {
    const run = runOf({ nodes: [cpuPool('cpu', 1, 4), gpu({ streams: 2 })], times: [1, 1, 1, 1, 1] })
    expect(maxUs(run)).toBeCloseTo(3 * 12, 9)
    expect(meanUs(run)).toBeCloseTo((12 + 12 + 24 + 24 + 36) / 5, 9)
    const row = gpuRow(run)
    expect(row.completed).toBe(5)
    expect(row.maxQueue).toBe(3)
    expect(row.utilization).toBeCloseTo((5 * 12e-6) / (2 * 0.01), 12)
    expect(row.meanQueue).toBeCloseTo((12 + 12 + 24) / 1e4, 12)
  })

  test('goes to the device with the fewest kernels, of equals to the nearest', () => {
    const nodes = [cpuPool('cpu', 1, 4), gpu({}, { id: 'far', count: 2 }), gpu({}, { id: 'near' })]
    const links = [wire({ id: 'a', to: 'far', propagationNs: 900 }), wire({ id: 'b', to: 'near', propagationNs: 100 })]
    const where = (times: number[]): readonly string[] =>
      outcomeOf(runOf({ nodes, links, times }))
        .devices.filter((row) => row.completed > 0 && row.kind === 'gpu')
        .map((row) => `${row.node}.${row.device} ${row.completed}`)
    expect(where([1])).toEqual(['near.0 1'])
    expect(where([1, 1])).toEqual(['far.0 1', 'near.0 1'])
    expect(where([1, 1, 1, 1])).toEqual(['far.0 1', 'far.1 1', 'near.0 2'])
  })

  test('goes to the pool that a static map names, from inside other steps too', () => {
    const nodes = [cpuPool('cpu', 1, 4), gpu({}, { id: 'big' }), gpu({ peakTflops: 1 }, { id: 'small' })]
    const links = [wire({ id: 'a', to: 'big' }), wire({ id: 'b', to: 'small' })]
    const map = (entry: Fields): Fields => ({
      offload: { use: 'static', map: [{ operation: 's.o', to: 'small', ...entry }] },
    })
    expect(meanUs(runOf({ nodes, links }))).toBeCloseTo(12, 9)
    expect(meanUs(runOf({ nodes, links, policies: map({ step: 0 }) }))).toBeCloseTo(102, 9)
    const steps = [{ do: 'parallel', branches: [[], [kernel({ flops: 0 }), kernel()]] }]
    expect(meanUs(runOf({ nodes, links, steps, policies: map({ step: 0, path: '1/1' }) }))).toBeCloseTo(3 + 102, 9)
  })

  test('runs as often as it says, with one input and one output', () => {
    const links = [wire({ bandwidthGbps: 8 })]
    const steps = [kernel({ inputBytes: 3000, outputBytes: 1000, repeat: 5 })]
    expect(meanUs(runOf({ links, steps }))).toBeCloseTo(3 + 5 * 12 + 1, 9)
    const drawn = kernel({ repeat: { dist: 'uniform', min: 2, max: 2.4 } })
    expect(meanUs(runOf({ steps: [drawn] }))).toBeCloseTo(24, 9)
  })
})

describe('the memory of a GPU', () => {
  const half = 2 ** 29

  test('is taken by input and output until the output is home; a kernel that does not fit waits', () => {
    const nodes = [cpuPool('cpu', 1, 4), gpu({ streams: 4 })]
    const links = [wire({ bandwidthGbps: 8e8 })]
    const steps = [kernel({ inputBytes: half, outputBytes: half / 2 })]
    const us = half / 1e11 // input; half of it for the output
    const alone = us + 12 + us / 2
    const run = runOf({ nodes, links, steps, times: [1, 1] })
    expect(maxUs(run)).toBeCloseTo(2 * alone, 6)
    expect(gpuRow(run).memoryUsedGib).toBe(0)
  })

  test('is not looked for where the kernel would never fit', () => {
    const nodes = [cpuPool('cpu', 1, 4), gpu({ memoryGiB: 0.5 }, { id: 'small' }), gpu({ streams: 4 })]
    const links = [wire({ id: 'a', to: 'small' }), wire({ id: 'b', propagationNs: 500 })]
    const steps = [kernel({ inputBytes: half, outputBytes: 1 })]
    const completed = (policies: Fields): readonly number[] =>
      outcomeOf(runOf({ nodes, links, steps, times: [1, 1, 1], policies }))
        .devices.filter((row) => row.kind === 'gpu')
        .map((row) => row.completed)
    expect(completed({})).toEqual([0, 3])
    expect(completed({ offload: { use: 'cost-model' } })).toEqual([0, 3])
  })

  test('must at least hold one kernel', () => {
    const steps = [kernel({ inputBytes: 2 ** 30, outputBytes: 1 })]
    expect(() => runOf({ steps })).toThrow(
      'application.services[0].operations[0].steps[0].inputBytes: input and output, 1073741825 bytes, never fit into the memory of a GPU that it may run on, 1073741824 bytes',
    )
  })
})

describe('a batch', () => {
  const batched = (more: Fields = {}): Fields =>
    kernel({ flops: 1e7, bytes: 1e7, sharedBytes: 8e6, batchSize: 3, ...more })
  const batchUs = (n: number): number => 2 + Math.max(n * 1, 8 + n * 2)

  test('starts when it is full: operations and own bytes add up, shared bytes count once', () => {
    const run = runOf({ steps: [batched({ batchWindowUs: 100 })], times: [1, 2, 4] })
    expect(meanUs(run)).toBeCloseTo((3 + 2 + 0) / 3 + batchUs(3), 9)
    expect(gpuRow(run).completed).toBe(3)
  })

  test('starts when the window of its first kernel is over', () => {
    const run = runOf({ steps: [batched({ batchWindowUs: 5 })], times: [1, 3] })
    expect(maxUs(run)).toBeCloseTo(5 + batchUs(2), 9)
    expect(meanUs(run)).toBeCloseTo(4 + batchUs(2), 9)
  })

  test('without a window starts at once, and takes in others only while it waits for a stream', () => {
    const run = runOf({ steps: [batched()], times: [1, 2, 3] })
    const first = batchUs(1)
    expect(maxUs(run)).toBeCloseTo(first - 1 + batchUs(2), 9)
    expect(meanUs(run)).toBeCloseTo((first + (first - 1 + batchUs(2)) + (first - 2 + batchUs(2))) / 3, 9)
  })

  test('of kernels that run again takes in newcomers at every round', () => {
    const run = runOf({ steps: [batched({ repeat: 3, batchSize: 8 })], times: [1, 2] })
    // The first: once alone, twice with the second, which runs a third time alone.
    expect(meanUs(run)).toBeCloseTo(
      (batchUs(1) + 2 * batchUs(2) + (batchUs(1) - 1 + 2 * batchUs(2) + batchUs(1))) / 2,
      9,
    )
  })

  test('holds kernels of one step only', () => {
    const steps = [{ do: 'parallel', branches: [[batched()], [batched()]] }]
    expect(gpuRow(runOf({ steps })).utilization).toBeCloseTo((2 * batchUs(1)) / 1e4, 12)
  })
})

describe('a kernel on a core', () => {
  const nodes = [cpuPool('cpu', 1, 2, { frequencyGHz: 2, flopsPerCycle: 16, localBandwidthGBps: 10 })]
  const onCore = (more: Fields): number =>
    meanUs(runOf({ nodes, links: [], steps: [kernel({ offload: ['cpu', 'gpu'], ...more })] }))

  test('takes as long as its operations at the rate of the core, or as its bytes from local memory', () => {
    expect(onCore({ flops: 3.2e6, bytes: 0 })).toBeCloseTo(100, 6)
    expect(onCore({ flops: 3.2e6, bytes: 5e6 })).toBeCloseTo(500, 6)
    expect(onCore({ flops: 3.2e6, bytes: 9e5 })).toBeCloseTo(100, 6)
    expect(onCore({ flops: 3.2e6, bytes: 0, repeat: 3 })).toBeCloseTo(300, 6)
  })

  test('shares the bandwidth of its device with the other core', () => {
    const run = runOf({ nodes, links: [], steps: [kernel({ offload: [], flops: 0, bytes: 1e6 })], times: [1, 1] })
    expect(meanUs(run)).toBeCloseTo(150, 6)
    const one = [cpuPool('cpu', 1, 1, { localBandwidthGBps: 10 })]
    const queued = runOf({
      nodes: one,
      links: [],
      steps: [kernel({ offload: [], flops: 0, bytes: 1e6 })],
      times: [1, 1],
    })
    expect(meanUs(queued)).toBeCloseTo(150, 6)
  })
})

describe('a service on a GPU', () => {
  const service = { runsOn: ['gpu'], footprintMiB: 256 }

  test('runs its kernels where it is, without messages, and pays no RPC', () => {
    const steps = [
      kernel({ inputBytes: 1e8, outputBytes: 1e8 }),
      { do: 'delay', timeNs: { dist: 'constant', value: 500 } },
    ]
    const run = runOf({ steps, service, rpc: { cyclesPerMessage: 1e6 } })
    expect(meanUs(run)).toBeCloseTo(12.5, 9)
    expect(gpuRow(run).memoryUsedGib).toBe(0.25)
    expect(run.machine.measures.offloads).toBe(0)
  })

  test('is called, calls, and only the other end pays', () => {
    const run = finishedRun(
      scenarioOf({
        nodes: [cpuPool('cpu', 1, 4), gpu()],
        links: [wire({ bandwidthGbps: 8 })],
        rpc: { cyclesPerMessage: 1e6 },
        services: [
          {
            id: 'front',
            operations: [{ id: 'o', steps: [{ do: 'call', to: 'model.o', requestBytes: 1000, responseBytes: 500 }] }],
          },
          { id: 'model', ...service, operations: [{ id: 'o', steps: [kernel()] }] },
        ],
        sources: [trace('front.o', [1])],
        run: { durationSeconds: 0.01 },
      }),
    )
    expect(meanUs(run)).toBeCloseTo(1 + 1 + 12 + 0.5 + 1, 9)
  })

  test('moves to no GPU that it cannot reach', () => {
    const run = runOf({
      nodes: [cpuPool('cpu', 1, 4), gpu({}, { count: 2 })],
      service: { ...service, on: { node: 'gpu', device: 0 } },
      policies: { orders: [{ atSeconds: 0.001, do: 'migrate', service: 's', to: { node: 'gpu', device: 1 } }] },
    })
    expect(run.decisions.rows.at(-1)?.reason).toBe('refused: no route from gpu.0 to gpu.1')
  })

  test('has kernels that list the GPU, no steps for cores, and all its memory there', () => {
    const compute = { do: 'compute', timeNs: { dist: 'constant', value: 1 } }
    const at = 'application.services[0]'
    expect(() => runOf({ service, steps: [compute] })).toThrow(
      `${at}.operations[0].steps[0].do: a compute step needs a core, but service "s" runs on GPUs: give its work as a kernel step`,
    )
    expect(() => runOf({ service, steps: [kernel({ offload: ['cpu'] })] })).toThrow(
      `${at}.operations[0].steps[0].offload: service "s" runs on GPUs, but this kernel does not list "gpu"`,
    )
    expect(() => runOf({ service: { ...service, localShare: 0.5 } })).toThrow(
      `${at}.localShare: a service that runs on GPUs keeps its whole footprint in their memory, so 1; got 0.5`,
    )
  })
})

test('kernels that no GPU can be reached for are refused', () => {
  const at = 'application.services[0].operations[0].steps[0].offload'
  expect(() => runOf({ nodes: [cpuPool('cpu', 1, 1)], links: [] })).toThrow(
    `${at}: there is no GPU pool to run it, and it does not list "cpu"`,
  )
  expect(() => runOf({ links: [] })).toThrow(`${at}: no links lead to a GPU from cpu, where "s" may be`)
})

describe('a kernel whose instance has moved to where no way leads from its GPU', () => {
  /** Each CPU device has a GPU of its own; the first instance goes to the other CPU device after 10 µs. */
  const moved = (more: Fields, count: number, lost: boolean): Run =>
    finishedRun(
      scenarioOf({
        nodes: [cpuPool('cpu', 2, 1), gpu({}, { count: 2 }), { id: 'tor', kind: 'switch' }],
        links: [wire(), wire({ id: 'c', to: 'tor' })],
        services: [
          {
            id: 's',
            footprintMiB: 1,
            stateMiB: 0,
            operations: [{ id: 'o', steps: [kernel({ flops: 1e9, ...more })] }],
          },
        ],
        sources: [
          trace(
            's.o',
            Array.from({ length: count }, () => 1),
          ),
        ],
        policies: {
          recovery: { use: 'restart', detectMs: 0 },
          orders: [
            {
              atSeconds: 0.00001,
              do: 'migrate',
              service: 's',
              to: { node: 'cpu', device: 1 },
              mechanism: 'stop-and-copy',
            },
          ],
        },
        faults: lost ? [{ target: { node: 'gpu', device: 1 }, effect: 'down', atSeconds: 0 }] : [],
        run: { durationSeconds: 0.01 },
      }),
    )

  test.each([
    ['while it runs', {}, 1, 1 + 102 + 102],
    // The second finds no room before the first has gone, from 103 µs on.
    ['while it waits for room', { inputBytes: 6e8 }, 2, 103 + 2 * 102],
  ])('begins again on one that is in reach, %s', (_, more, count, untilUs) => {
    const run = moved(more, count, false)
    expect(run.machine.measures.requests.completed).toBe(count)
    expect(maxUs(run)).toBeCloseTo(untilUs - 1, 9)
    expect([...run.machine.local.used.subarray(2, 4)]).toEqual([0, 0])
    expect([...run.machine.gpus.kernels.subarray(2, 4)]).toEqual([0, 0])
  })

  test.each([1, 2])('fails its request where none is in reach: %d', (count) => {
    const run = moved({ inputBytes: 6e8 }, count, true)
    expect(run.machine.measures.requests.failed).toBe(count)
    expect([...run.machine.local.used.subarray(2, 4)]).toEqual([0, 0])
    expect([...run.machine.gpus.kernels.subarray(2, 4)]).toEqual([0, 0])
  })
})

test('an offloaded step whose instance has moved out of reach is done again where that is', () => {
  const run = finishedRun(
    scenarioOf({
      nodes: [
        cpuPool('cpu', 2, 1),
        { id: 'nic', kind: 'nic', count: 2, spec: { cores: 1 } },
        { id: 'tor', kind: 'switch' },
      ],
      links: [wire({ to: 'nic' }), wire({ id: 'c', to: 'tor' })],
      services: [
        {
          id: 's',
          footprintMiB: 1,
          stateMiB: 0,
          operations: [
            {
              id: 'o',
              steps: [{ do: 'compute', timeNs: { dist: 'constant', value: 100_000 }, offload: ['cpu', 'nic'] }],
            },
          ],
        },
      ],
      sources: [trace('s.o', [1])],
      policies: {
        offload: { use: 'always' },
        orders: [
          {
            atSeconds: 0.00001,
            do: 'migrate',
            service: 's',
            to: { node: 'cpu', device: 1 },
            mechanism: 'stop-and-copy',
          },
        ],
      },
      run: { durationSeconds: 0.01 },
    }),
  )
  expect(maxUs(run)).toBeCloseTo(200, 9)
})
