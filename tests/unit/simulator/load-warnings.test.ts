import { expect, test } from 'vitest'
import { problemText } from '../../../src/scenario/problems'
import { derive } from '../../../src/simulator/derive'
import { contractFolder, galleryFolder, readScenarioFile, scenarioNames } from '../../support/scenario-files'
import { constant, cpuPool, finishedRun, freeNic, scenarioOf, type Fields, type Parts } from '../../support/scenarios'

const warningsOf = (parts: Parts): readonly string[] => derive(scenarioOf(parts)).warnings.map(problemText)

const work = (timeNs: number): readonly Fields[] => [{ do: 'compute', timeNs: constant(timeNs) }]
const service = (id: string, steps: readonly Fields[], fields: Fields = {}): Fields => ({
  id,
  operations: [{ id: 'o', steps }],
  ...fields,
})
const source = (ratePerSecond: number, fields: Fields = {}): Fields => ({
  id: 'u',
  entry: 's.o',
  via: null,
  arrivals: { process: 'poisson', ratePerSecond },
  ...fields,
})

test('cores that are asked for more than they can do are named, with how much', () => {
  const parts = { nodes: [cpuPool('cpu', 1, 2)], services: [service('s', work(10_000))] }
  expect(warningsOf({ ...parts, sources: [source(300_000)] })).toEqual([
    'topology.nodes[0]: cpu.0 is asked for 1.5 times what its 2 cores can do',
  ])
  expect(warningsOf({ ...parts, sources: [source(150_000)] })).toEqual([])
})

test('a pool has room where the one device does not that first fit fills', () => {
  const parts = { nodes: [cpuPool('cpu', 2, 1)], services: [service('s', work(10_000), { replicas: 2 })] }
  const sources = [source(150_000)]
  expect(warningsOf({ ...parts, sources })).toEqual([
    'topology.nodes[0]: cpu.0 is asked for 1.5 times what its core can do',
  ])
  expect(warningsOf({ ...parts, sources, policies: { placement: { use: 'spread' } } })).toEqual([])
  expect(warningsOf({ ...parts, sources, policies: { migration: { use: 'hotspot' } } })).toEqual([])
})

test('under a policy by load unequal devices are asked for what they can do, under others for equal parts', () => {
  const big = { ...cpuPool('big', 1, 8), id: 'big' }
  const parts = (use: string): Parts => ({
    nodes: [big, cpuPool('small', 1, 1)],
    services: [service('s', work(1000), { replicas: 2 })],
    policies: { placement: { use: 'spread' }, loadBalancing: { use } },
  })
  const warnings = (use: string, rate: number): readonly string[] =>
    warningsOf({ ...parts(use), sources: [source(rate)] })
  expect(warnings('least-loaded', 8e6)).toEqual([])
  expect(warnings('power-of-two-choices', 8e6)).toEqual([])
  expect(warnings('round-robin', 8e6)).toEqual(['topology.nodes[1]: small.0 is asked for 4 times what its core can do'])
  expect(warnings('least-loaded', 9.9e6)).toEqual([
    'topology.nodes[0]: big.0 is asked for 1.1 times what its 8 cores can do',
    'topology.nodes[1]: small.0 is asked for 1.1 times what its core can do',
  ])
})

test('five instances on four cores share them, and an instance without a device takes no part', () => {
  const five = {
    nodes: [cpuPool('cpu', 4, 1)],
    services: [service('s', work(1000), { replicas: 5 })],
    policies: { placement: { use: 'spread' } },
  }
  expect(warningsOf({ ...five, sources: [source(3.4e6)] })).toEqual([])
  const local = { id: 'cpu', kind: 'cpu', spec: { cores: 1, localMemoryGiB: 32 } }
  const half = { nodes: [local], services: [service('s', work(1000), { replicas: 2, footprintMiB: 20_480 })] }
  expect(warningsOf({ ...half, sources: [source(1.2e6)] })).toEqual([
    'topology.nodes[0]: cpu.0 is asked for 1.2 times what its core can do',
  ])
})

test('choices count by their chance, calls by their callers, RPC by its messages', () => {
  const steps = [
    {
      do: 'choose',
      options: [
        { probability: 0.5, steps: [{ do: 'call', to: 't.o', requestBytes: 1000, responseBytes: 0 }] },
        { probability: 0.5, steps: [] },
      ],
    },
  ]
  const parts = {
    nodes: [cpuPool('cpu', 1, 1)],
    rpc: { cyclesPerMessage: 1_000_000, cyclesPerByte: 1000 }, // 1 µs, and 1 ns a byte, at a clock of 1000 GHz
    services: [service('s', steps), service('t', work(4000))],
  }
  // Per request 0.5 × (4 µs + 4 messages of 1 µs + 2 × 1 µs of bytes) = 5 µs.
  expect(warningsOf({ ...parts, sources: [source(199_000)] })).toEqual([
    expect.stringContaining('run: cpu.0 is 99.5 % busy'),
  ])
  expect(warningsOf({ ...parts, sources: [source(220_000)] })).toEqual([
    'topology.nodes[0]: cpu.0 is asked for 1.1 times what its core can do',
  ])
})

test('the pipeline of a NIC takes a message each way', () => {
  const parts = {
    nodes: [
      cpuPool('cpu', 1, 1),
      { id: 'nic', kind: 'nic', count: 2, spec: { messagesPerSecond: 1000, messageNs: 0, cores: 0 } },
    ],
    links: [{ id: 'l', from: 'nic', to: 'cpu', protocol: 'ideal' }],
    services: [service('s', [])],
  }
  expect(warningsOf({ ...parts, sources: [source(1500, { via: 'nic' })] })).toEqual([
    'topology.nodes[1]: nic.0 is asked for 1.5 times the messages that its pipeline takes',
  ])
})

test('engines of a NIC are asked for the bytes of steps and of messages, and their cores for the rest', () => {
  const nic = (more: Fields): Fields => ({ id: 'nic', kind: 'nic', spec: { cores: 1, frequencyGHz: 1000, ...more } })
  const step = { do: 'compute', timeNs: constant(9000), work: 'crypto', workBytes: 8000, offload: ['nic'] }
  const parts = (engines: readonly Fields[]): Parts => ({
    nodes: [cpuPool('cpu', 1, 1), nic({ engines })],
    links: [{ id: 'l', from: 'nic', to: 'cpu', protocol: 'ideal' }],
    services: [service('s', [step])],
    sources: [source(750_000)],
    policies: { offload: { use: 'static', map: [{ operation: 's.o', step: 0, to: 'nic' }] } },
  })
  // 750,000/s of 8000 bytes: 6 GB/s.
  expect(warningsOf(parts([{ work: 'crypto', bandwidthGBps: 4 }]))).toEqual([
    'topology.nodes[1]: nic.0 is asked for 1.5 times what its engines for crypto work off',
  ])
  const twice = [
    { work: 'crypto', bandwidthGBps: 4 },
    { work: 'crypto', bandwidthGBps: 4 },
  ]
  expect(warningsOf(parts(twice))).toEqual([])
  expect(warningsOf(parts([{ work: 'compression', bandwidthGBps: 4 }]))).toEqual([
    'topology.nodes[1]: nic.0 is asked for 6.75 times what its core can do',
  ])
})

test('RPC work that NICs do is asked of them and not of the cores that send', () => {
  const parts = (cyclesPerMessage: number, engines: readonly Fields[]): Parts => ({
    nodes: [
      cpuPool('cpu', 2, 1),
      { id: 'nic', kind: 'nic', spec: { cores: 1, frequencyGHz: 1000, messageNs: 0, engines } },
    ],
    links: [{ id: 'l', from: 'cpu', to: 'nic', protocol: 'ideal' }],
    rpc: { cyclesPerMessage, cyclesPerByte: 1000 },
    services: [
      service('s', [{ do: 'call', to: 't.o', requestBytes: 1000, responseBytes: 500 }]),
      service('t', work(10)),
    ],
    sources: [source(1_000_000)],
    policies: { placement: { use: 'spread' }, offload: { use: 'static', map: [], rpc: 'nic' } },
  })
  // Both ends have 1500 bytes of each of a million requests a second: 3 GB/s, and four messages.
  expect(warningsOf(parts(0, [{ work: 'serialization', bandwidthGBps: 2 }]))).toEqual([
    'topology.nodes[1]: nic.0 is asked for 1.5 times what its engines for serialization work off',
  ])
  expect(warningsOf(parts(500_000, [{ work: 'serialization', bandwidthGBps: 4 }]))).toEqual([
    'topology.nodes[1]: nic.0 is asked for 2 times what its core can do',
  ])
  expect(warningsOf(parts(0, []))).toEqual(['topology.nodes[1]: nic.0 is asked for 3 times what its core can do'])
})

test('devices of joined pools that no link joins are told before a request ends the run', () => {
  const parts = {
    nodes: [cpuPool('a', 2, 1), { id: 'nic', kind: 'nic', count: 2 }],
    links: [{ id: 'l', from: 'nic', to: 'a', protocol: 'ideal' }],
    services: [service('s', [], { on: { node: 'a', device: 0 } })],
  }
  const sources = [source(1000, { via: 'nic' })]
  expect(warningsOf({ ...parts, sources })).toEqual([
    'workload.sources[0].via: no way leads from nic.1 to a.0: the first request that needs one ends the run',
  ])
  expect(() => finishedRun(scenarioOf({ ...parts, sources }))).toThrow('no route from nic.1 to a.0')
})

test('a link is asked for its messages with their headers, per direction', () => {
  const parts = {
    nodes: [cpuPool('cpu', 1, 1), freeNic()],
    links: [
      { id: 'l', from: 'nic', to: 'cpu', protocol: 'pcie', bandwidthGbps: 1, payloadBytes: 500, headerBytes: 125 },
    ],
    services: [service('s', [])],
  }
  const sources = [source(100_000, { via: 'nic', requestBytes: 1000, responseBytes: 500 })]
  // 1250 bytes at 100,000/s are 1 Gb/s, 625 back half of it.
  expect(warningsOf({ ...parts, sources })).toEqual([])
  expect(warningsOf({ ...parts, sources: [{ ...sources[0], requestBytes: 1001 }] })).toEqual([
    'topology.links[0]: nic.0 to cpu.0: asked for 1.1 times the 1 Gb/s it carries',
  ])
})

test('memory channels and the links to them are asked for lines', () => {
  const warnings = warningsOf({
    nodes: [
      { id: 'cpu', kind: 'cpu', spec: { cores: 64, memoryParallelism: 64 } },
      { id: 'mem', kind: 'memory', spec: { channels: 1, channelBandwidthGBps: 1 } },
    ],
    links: [{ id: 'l', from: 'mem', to: 'cpu', protocol: 'cxl', bandwidthGbps: 10 }],
    services: [
      service(
        's',
        [{ do: 'compute', instructions: constant(1_000_000), missesPerKiloInstruction: 10, dirtyRatio: 0.5 }],
        { footprintMiB: 1024, localShare: 0 },
      ),
    ],
    sources: [source(2500)],
  })
  // 25 million misses a second: 1.6 GB/s of reads and half as many writes; 68-byte flits back at 13.6 Gb/s, out at 20.4.
  expect(warnings).toEqual([
    'topology.nodes[1]: mem.0 is asked for 2.4 times what its channels carry',
    'topology.links[0]: mem.0 to cpu.0: asked for 1.36 times the 10 Gb/s it carries',
    'topology.links[0]: cpu.0 to mem.0: asked for 2.04 times the 10 Gb/s it carries',
  ])
})

test('streams of GPUs are asked for kernels, in full batches where there are any', () => {
  const kernel = { do: 'kernel', flops: 1e9, bytes: 1e9, sharedBytes: 9e8, offload: ['gpu'] }
  const parts = (fields: Fields): Parts => ({
    nodes: [
      cpuPool('cpu', 1, 1),
      {
        id: 'gpu',
        kind: 'gpu',
        count: 2,
        spec: { peakTflops: 1, memoryBandwidthGBps: 1000, launchUs: 0, streams: 1 },
      },
    ],
    links: [{ id: 'l', from: 'gpu', to: 'cpu', protocol: 'ideal' }],
    services: [service('s', [{ ...kernel, ...fields }])],
    sources: [source(3000)],
  })
  // 1 ms each on two GPUs; in batches of 10 the operations take 10 ms for 10, the bytes 1.9 ms.
  const message = 'topology.nodes[1]: gpu.0 is asked for 1.5 times what its streams can run, even in full batches'
  expect(warningsOf(parts({}))).toEqual([message])
  expect(warningsOf(parts({ flops: 1e7 }))).toEqual([message])
  expect(warningsOf(parts({ flops: 1e7, batchSize: 10, batchWindowUs: 1000 }))).toEqual([])
})

test('streams that have more than the peak of their GPU together are told', () => {
  const parts = (fields: Fields): Parts => ({
    nodes: [
      cpuPool('cpu', 1, 1),
      { id: 'gpu', kind: 'gpu', spec: { peakTflops: 1, memoryBandwidthGBps: 1000, launchUs: 0, streams: 4 } },
    ],
    links: [{ id: 'l', from: 'gpu', to: 'cpu', protocol: 'ideal' }],
    services: [service('s', [{ do: 'kernel', flops: 1, bytes: 1, offload: ['gpu'], ...fields }])],
    sources: [source(3000)],
  })
  const words = (peak: string): string =>
    `topology.nodes[1]: gpu.0 is asked for 1.5 times its peak of ${peak}, which each of its 4 streams has by itself: a real one takes longer`
  expect(warningsOf(parts({ flops: 5e8 }))).toEqual([words('1 TFLOP/s')])
  expect(warningsOf(parts({ bytes: 5e8 }))).toEqual([words('1000 GB/s')])
  expect(warningsOf(parts({ bytes: 5e8, sharedBytes: 4e8, batchSize: 8, batchWindowUs: 100 }))).toEqual([])
  expect(warningsOf(parts({ flops: 3e8, bytes: 3e8 }))).toEqual([])
})

test('threads are held while callees work and while something outside is waited for', () => {
  const parts = {
    nodes: [cpuPool('cpu', 1, 8)],
    services: [
      service(
        's',
        [
          { do: 'call', to: 't.o' },
          { do: 'delay', timeNs: constant(50_000) },
        ],
        { threads: 4 },
      ),
      service('t', work(50_000)),
    ],
  }
  expect(warningsOf({ ...parts, sources: [source(50_000)] })).toEqual([
    'application.services[0].threads: requests hold 1.25 times the 4 threads of all its instances, even without a wait',
  ])
})

test('a load that rounds to 1, and one thread, are told in words that fit', () => {
  const parts = { nodes: [cpuPool('cpu', 1, 1)], services: [service('s', work(10_000), { threads: 1 })] }
  expect(warningsOf({ ...parts, sources: [source(100_010)] })).toEqual([
    'topology.nodes[0]: cpu.0 is asked for a little more than what its core can do',
    'application.services[0].threads: requests hold a little more than the 1 thread of all its instances, even without a wait',
  ])
})

test('more instances and devices than are placed beforehand are told, as no load is known', () => {
  const parts = { nodes: [cpuPool('cpu', 1001, 1)], services: [service('s', work(10_000), { replicas: 1000 })] }
  expect(warningsOf({ ...parts, sources: [source(1)] })).toEqual([
    'application.services: 1000 instances and 1001 devices are too many to reckon beforehand whether anything is asked for more than it can do',
  ])
})

test('rates by buckets count as far as the run goes', () => {
  const warnings = (ratesPerSecond: readonly number[]): readonly string[] =>
    warningsOf({
      nodes: [cpuPool('cpu', 1, 1)],
      services: [service('s', work(1000))],
      sources: [source(1, { arrivals: { process: 'rates', bucketSeconds: 1, ratesPerSecond } })],
      run: { warmupSeconds: 0.5, durationSeconds: 1.5 },
    })
  expect(warnings([2e6, 1e6, 0, 0, 0, 0])).toEqual([
    'topology.nodes[0]: cpu.0 is asked for 1.5 times what its core can do',
  ])
  expect(warnings([1e5, 1e5, 5e6])).toEqual([])
  expect(warnings([1.5e6])).toEqual([])
})

test('a few misses cost a whole latency', () => {
  const spec = { cores: 1, frequencyGHz: 1, baseCpi: 1, memoryParallelism: 10, localLatencyNs: 1000 }
  const steps = [{ do: 'compute', instructions: constant(1000), missesPerKiloInstruction: 1 }]
  const parts = { nodes: [{ id: 'cpu', kind: 'cpu', spec }], services: [service('s', steps)] }
  // 1 µs of instructions and 1 µs of one miss.
  expect(warningsOf({ ...parts, sources: [source(600_000)] })).toEqual([
    'topology.nodes[0]: cpu.0 is asked for 1.2 times what its core can do',
  ])
})

test('closed sources wait for their answers, so that they ask for no more than there is', () => {
  const arrivals = { process: 'closed', users: 1000, thinkTimeNs: constant(0) }
  expect(
    warningsOf({
      nodes: [cpuPool('cpu', 1, 1)],
      services: [service('s', work(1000))],
      sources: [{ id: 'u', entry: 's.o', via: null, arrivals }],
    }),
  ).toEqual([])
})

test('one nearly busy core is told how many requests a trustworthy mean takes', () => {
  const parts = { nodes: [cpuPool('cpu', 1, 1)], services: [service('s', work(10_000))] }
  // Whitt 1989: 1.96² × 2 × 1.95 / (0.95 × 0.05² × 0.05²) = 2,523,325.
  expect(warningsOf({ ...parts, sources: [source(95_000)] })).toEqual([
    'run: cpu.0 is 95 % busy: means within 5 % take about 2500000 requests, this run has about 95000',
  ])
  expect(warningsOf({ ...parts, sources: [source(95_000)], run: { durationSeconds: 30 } })).toEqual([])
})

test.each(
  [galleryFolder, contractFolder].flatMap((folder) => scenarioNames(folder).map((name) => [name, folder] as const)),
)('%s asks nothing that is not there', (name, folder) => {
  expect(derive(readScenarioFile(folder, name)).warnings.map(problemText)).toEqual([])
})

test('a kernel that finds no room beside the instances on the only GPU is named', () => {
  const kernel = { do: 'kernel', flops: 1e9, bytes: 1e6, inputBytes: 2e9, outputBytes: 1e9, offload: ['gpu'] }
  const parts = (footprintMiB: number): Parts => ({
    nodes: [cpuPool('cpu', 1, 1), { id: 'gpu', kind: 'gpu', spec: { memoryGiB: 8 } }],
    links: [{ id: 'l', from: 'cpu', to: 'gpu', protocol: 'pcie', bandwidthGbps: 512 }],
    services: [
      service('s', [kernel]),
      service('model', [{ ...kernel, inputBytes: 0, outputBytes: 0 }], { runsOn: ['gpu'], footprintMiB }),
    ],
    sources: [source(1)],
  })
  expect(warningsOf(parts(6000))).toEqual([
    'application.services[0].operations[0].steps: a kernel needs 2.79 GiB of GPU memory, and beside the instances placed there at most 2.14 GiB are left: it waits until one leaves',
  ])
  expect(warningsOf(parts(4000))).toEqual([])
})
