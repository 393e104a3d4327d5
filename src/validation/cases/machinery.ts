import type { Outcome } from '../../simulator/outcome'
import { exactCase, mean } from '../exact-case'
import { figure, meanUs, relativeRow, resultOf, utilizationOf } from '../measuring'
import { Bench } from '../once'
import {
  call,
  constant,
  cpuPool,
  exponential,
  freeNic,
  poisson,
  scenarioOf,
  service,
  trace,
  work,
  type Fields,
  type Parts,
} from '../scenario-parts'
import type { CaseInfo, Row, ValidationCase } from '../validation-case'

/** Transfers, far memory, moves, energy: closed forms without chance, or nearly so. */

type Info = Omit<CaseInfo, 'group' | 'strictness' | 'secondsShort'>

/** An exact case without chance: the same in both forms. */
function plainCase(info: Info, rows: (bench: Bench) => readonly Row[], notes: readonly string[] = []): ValidationCase {
  return {
    ...info,
    group: 'closed forms',
    strictness: 'exact',
    secondsShort: 1,
    run() {
      const bench = new Bench()
      return resultOf(info.id, rows(bench), { figures: [], events: bench.events, notes })
    },
  }
}

interface Way {
  readonly bytes: number
  readonly gbps: number
  readonly switches: number
  readonly switchNs: number
  readonly propagationNs: number
}

const WAYS: readonly Way[] = [
  { bytes: 64, gbps: 100, switches: 1, switchNs: 300, propagationNs: 30 },
  { bytes: 4096, gbps: 40, switches: 3, switchNs: 240, propagationNs: 440 },
  { bytes: 1_048_576, gbps: 400, switches: 2, switchNs: 500, propagationNs: 150 },
]

/** A message to a CPU and an empty answer, over switches in a row. */
function wayParts(way: Way, forwarding: string): Parts {
  const places = ['nic', ...Array.from({ length: way.switches }, (_, i) => `sw${i}`), 'cpu']
  const hops = way.switches + 1
  return {
    nodes: [
      freeNic(),
      { id: 'cpu', kind: 'cpu' },
      ...places
        .slice(1, -1)
        .map((id): Fields => ({ id, kind: 'switch', spec: { latencyNs: way.switchNs, bufferKiB: 4096, forwarding } })),
    ],
    links: Array.from({ length: hops }, (_, h) => ({
      id: `l${h}`,
      from: places[h],
      to: places[h + 1],
      protocol: 'ideal',
      bandwidthGbps: way.gbps,
      propagationNs: way.propagationNs / hops,
    })),
    services: [service('s', [])],
    sources: [trace('s.o', [0], { via: 'nic', requestBytes: way.bytes, responseBytes: 0 })],
  }
}

const wayName = (way: Way): string => `${way.bytes} B at ${way.gbps} Gb/s over ${way.switches} switches`

export const transfers = plainCase(
  {
    id: 'B16',
    title: 'Network transfer, store-and-forward and cut-through',
    question: 'Does a lone message take L/B once, or once per hop, plus switches and propagation?',
    source: 'J. Kurose, K. Ross, Computer Networking, section 1.4; P. Kermani, L. Kleinrock, Computer Networks 3, 1979',
    tolerance: 'To 0.1 ns: each hop rounds its terms to the picosecond once.',
    inputs: 'Header 0, unlimited payload; nothing is calibrated.',
  },
  (bench) =>
    WAYS.flatMap((way) =>
      ['cut-through', 'store-and-forward'].map((forwarding) => {
        const ns = (way.bytes * 8) / way.gbps
        const sends = forwarding === 'cut-through' ? 1 : way.switches + 1
        const expected = sends * ns + way.switches * way.switchNs + way.propagationNs
        const back = way.switches * way.switchNs + way.propagationNs
        const latencyNs = 1000 * meanUs(bench.one(wayParts(way, forwarding))) - back
        const label = `${wayName(way)}, ${forwarding}`
        return relativeRow({ label, unit: 'ns', expected }, latencyNs, 0.1 / expected, 'mechanism')
      }),
    ),
)

/** One CPU device, a memory device behind one ideal link; a step whose misses all go there, or stay. */
function tierParts(nearNs: number, farNs: number, remoteShare: number, computeNs: number, misses: number): Parts {
  return {
    nodes: [
      cpuPool('cpu', 1, 1, { baseCpi: 1, memoryParallelism: 1, localLatencyNs: nearNs, localBandwidthGBps: 1e4 }),
      {
        id: 'mem',
        kind: 'memory',
        spec: {
          capacityGiB: 64,
          channels: 1,
          channelBandwidthGBps: 1000,
          controllerNs: 0,
          rowHitRatio: 1,
          rowHitNs: 0,
        },
      },
    ],
    links: [
      // The line itself takes 64 ps of bus.
      { id: 'l', from: 'cpu', to: 'mem', protocol: 'ideal', bandwidthGbps: null, propagationNs: (farNs - 0.064) / 2 },
    ],
    services: [
      service(
        's',
        [{ do: 'compute', instructions: constant(computeNs * 1000), missesPerKiloInstruction: misses / computeNs }],
        { footprintMiB: 1024, localShare: 1 - remoteShare },
      ),
    ],
    sources: [trace('s.o', [0])],
  }
}

const TIERS = [
  { stall: 0.3, near: 78, far: 142, share: 1 },
  { stall: 0.3, near: 115, far: 255, share: 1 },
  { stall: 0.5, near: 111, far: 394, share: 0.25 },
] as const

export const farTier = plainCase(
  {
    id: 'B18',
    title: 'Slowdown by a far memory tier',
    question:
      'Does a step that stalls f of its time on memory slow by f x (Lfar/Lnear - 1) when x of its misses move away?',
    source: 'Arithmetic; latency pairs as in Pond (H. Li et al., ASPLOS 2023) and Melody (ASPLOS 2025)',
    tolerance: 'Slowdown within 1 %; where the share is drawn per miss, within 2 % of 40,000 draws.',
    inputs: 'One miss at a time, unloaded memory; nothing is calibrated.',
  },
  (bench) =>
    TIERS.map(({ stall, near, far, share }) => {
      const misses = 40_000
      const computeNs = (misses * near * (1 - stall)) / stall
      const time = (remote: number): number => meanUs(bench.one(tierParts(near, far, remote, computeNs, misses)))
      const slowdown = time(share) / time(0) - 1
      const label = `f = ${stall}, ${near} to ${far} ns, ${100 * share} % far: slowdown`
      return relativeRow(
        { label, unit: '', expected: stall * share * (far / near - 1) },
        slowdown,
        share === 1 ? 0.01 : 0.02,
        'mechanism',
      )
    }),
)

function interleaveParts(near: number, far: number, remoteShare: number): Parts {
  const cores = 64
  return {
    nodes: [
      cpuPool('cpu', 1, cores, { baseCpi: 1, memoryParallelism: 64, localLatencyNs: 100, localBandwidthGBps: near }),
      {
        id: 'mem',
        kind: 'memory',
        spec: {
          capacityGiB: 64,
          channels: 1,
          channelBandwidthGBps: far,
          controllerNs: 100,
          rowHitRatio: 1,
          rowHitNs: 0,
        },
      },
    ],
    links: [{ id: 'l', from: 'cpu', to: 'mem', protocol: 'ideal', bandwidthGbps: null, propagationNs: 50 }],
    services: [
      service('s', [{ do: 'compute', instructions: constant(6400), missesPerKiloInstruction: 1000 }], {
        footprintMiB: 1024,
        localShare: 1 - remoteShare,
      }),
    ],
    sources: [
      { id: 'users', entry: 's.o', arrivals: { process: 'closed', users: 2 * cores, thinkTimeNs: constant(0) } },
    ],
    run: { warmupSeconds: 0.002, durationSeconds: 0.01, seed: 1900 },
  }
}

const PAIRS = [
  [38.4, 17.8],
  [260, 52],
  [200, 24],
] as const

export const interleaving = plainCase(
  {
    id: 'B19',
    title: 'Bandwidth of two memories together',
    question:
      'Do misses dealt out in proportion to bandwidth use both memories in full, and half and half only twice the slower?',
    source: 'Arithmetic: at share x on the second, min(B1/(1-x), B2/x)',
    tolerance: 'Within 3 %: shares are drawn per miss, so either memory now and then runs dry for a moment.',
    inputs: '64 cores with 64 misses outstanding each, so that latency binds nobody; nothing is calibrated.',
  },
  (bench) =>
    PAIRS.flatMap(([near, far]) =>
      [far / (near + far), 0.5].map((share) => {
        const outcome = bench.one(interleaveParts(near, far, share))
        const lines = outcome.devices.find((device) => device.node === 'mem')?.completed ?? NaN
        const gbps = (lines * 64) / 0.01 / 1e9 / share
        const expected = Math.min(near / (1 - share), far / share)
        const label = `${near} and ${far} GB/s, ${(100 * share).toFixed(1)} % on the second`
        return relativeRow({ label, unit: 'GB/s', expected }, gbps, 0.03, 'mechanism')
      }),
    ),
)

interface Move {
  readonly stateMiB: number
  readonly gigabytesPerSecond: number
  readonly dirtyGBps: number
  readonly downtimeTargetMs: number
  readonly maxRounds: number
  readonly stopWhenNotShrinking: boolean
}

const MOVES: readonly Move[] = [
  {
    stateMiB: 1024,
    gigabytesPerSecond: 1.25,
    dirtyGBps: 0.25,
    downtimeTargetMs: 10,
    maxRounds: 30,
    stopWhenNotShrinking: true,
  },
  {
    stateMiB: 16_384,
    gigabytesPerSecond: 12.5,
    dirtyGBps: 2.5,
    downtimeTargetMs: 10,
    maxRounds: 30,
    stopWhenNotShrinking: true,
  },
  {
    stateMiB: 4096,
    gigabytesPerSecond: 3.125,
    dirtyGBps: 3.5,
    downtimeTargetMs: 30,
    maxRounds: 30,
    stopWhenNotShrinking: false,
  },
]

const MIB = 1_048_576

export function moveParts(move: Move & { readonly writableMiB?: number }, link: Fields): Parts {
  const { downtimeTargetMs, maxRounds, stopWhenNotShrinking } = move
  return {
    nodes: [
      cpuPool('cpu', 2, 4, { localMemoryGiB: 64 }),
      { id: 'tor', kind: 'switch', spec: { latencyNs: 200, bufferKiB: 4096 } },
    ],
    links: [{ id: 'l', from: 'cpu', to: 'tor', propagationNs: 50, ...link }],
    services: [
      service('s', [], {
        on: { node: 'cpu', device: 0 },
        footprintMiB: move.stateMiB,
        stateMiB: move.stateMiB,
        dirtyMiBps: (move.dirtyGBps * 1e9) / MIB,
        writableMiB: move.writableMiB ?? null,
      }),
    ],
    policies: {
      migration: { use: 'never', mechanism: 'pre-copy', downtimeTargetMs, maxRounds, stopWhenNotShrinking },
      orders: [{ atSeconds: 0.01, do: 'migrate', service: 's', instance: 0, to: { node: 'cpu', device: 1 } }],
    },
    run: { durationSeconds: 60 },
  }
}

/** Rounds, total and stopped time in ms, and bytes of the geometric series; the hand-over takes some µs more. */
export function geometricSeries(move: Move & { readonly writableMiB?: number }) {
  const rate = move.gigabytesPerSecond * 1e6
  const writable = (move.writableMiB ?? move.stateMiB) * MIB
  let bytes = move.stateMiB * MIB
  let sum = bytes
  let rounds = 1
  for (;;) {
    const next = Math.min((bytes / rate) * move.dirtyGBps * 1e6, writable)
    const isStuck = move.stopWhenNotShrinking && next >= bytes
    sum += next
    bytes = next
    if (next <= rate * move.downtimeTargetMs || isStuck || rounds === move.maxRounds) break
    rounds += 1
  }
  return { rounds, totalMs: sum / rate, downtimeMs: bytes / rate, bytes: sum }
}

export const preCopy = plainCase(
  {
    id: 'B11',
    title: 'Pre-copy migration: the geometric series',
    question:
      'Do rounds, bytes, total and stopped time follow the series of ratio dirty rate over bandwidth, also where it diverges?',
    source: 'C. Clark et al., Live Migration of Virtual Machines, NSDI 2005; the series is arithmetic',
    tolerance:
      'Rounds and order exact; times and bytes within 0.1 %, for the hand-over of some µs and the last piece of a round.',
    inputs:
      'Headers of 0, so that the payload rate is the wire rate; the third row diverges and is not stopped for it.',
  },
  (bench) =>
    MOVES.flatMap((move) => {
      const link = { protocol: 'rdma', headerBytes: 0, bandwidthGbps: move.gigabytesPerSecond * 8 }
      const [row] = bench.one(moveParts(move, link)).migrations
      const series = geometricSeries(move)
      const name = `${move.stateMiB / 1024} GiB, ${move.dirtyGBps} of ${move.gigabytesPerSecond} GB/s`
      return [
        relativeRow({ label: `${name}: live rounds`, unit: '', expected: series.rounds }, row.rounds, 0, 'mechanism'),
        relativeRow(
          { label: `${name}: total`, unit: 'ms', expected: series.totalMs },
          row.totalUs / 1000,
          0.001,
          'mechanism',
        ),
        relativeRow(
          { label: `${name}: stopped`, unit: 'ms', expected: series.downtimeMs },
          row.downtimeUs / 1000,
          0.002,
          'mechanism',
        ),
        relativeRow({ label: `${name}: bytes`, unit: 'B', expected: series.bytes }, row.bytes, 0.001, 'mechanism'),
      ]
    }),
)

const POWERS = [
  { idle: 100, busy: 400, use: 0.2, rate: 50_000 },
  { idle: 100, busy: 400, use: 0.8, rate: 200_000 },
  { idle: 25, busy: 75, use: 0.6, rate: 60_000 },
] as const

export const energy = plainCase(
  {
    id: 'B25',
    title: 'Energy',
    question: 'Is power idle power plus the rest in proportion to utilization, and energy per request what follows?',
    source: 'X. Fan, W.-D. Weber, L. A. Barroso, ISCA 2007 (linear model)',
    tolerance: 'Within 0.01 %: arrivals are regular.',
    inputs: 'Regular arrivals of constant work at the given utilization; nothing is calibrated.',
  },
  (bench) =>
    POWERS.flatMap(({ idle, busy, use, rate }) => {
      const outcome = bench.one({
        nodes: [cpuPool('cpu', 1, 1, { idleWatts: idle, busyWatts: busy })],
        services: [service('s', [work(constant((use * 1e9) / rate))])],
        sources: [{ id: 'users', entry: 's.o', arrivals: { process: 'constant', ratePerSecond: rate } }],
        run: { warmupSeconds: 0.1, durationSeconds: 1 },
      })
      const watts = idle + (busy - idle) * use
      const joules = figure('energy_joules')(outcome)
      const name = `${idle}/${busy} W at ${100 * use} %`
      return [
        relativeRow({ label: `${name}: energy in 1 s`, unit: 'J', expected: watts }, joules, 1e-4, 'mechanism'),
        relativeRow(
          { label: `${name}: per request`, unit: 'µJ', expected: (1e6 * watts) / rate },
          (1e6 * joules) / figure('requests_offered')(outcome),
          1e-4,
          'mechanism',
        ),
      ]
    }),
)

/** Mean number at a station over arrival rate times mean time there. */
function littleRatio(node: string, operation: string, cores: number, seconds: number): (outcome: Outcome) => number {
  return (outcome) => {
    const device = outcome.devices.find((one) => one.node === node)
    const row = outcome.operations.find((one) => `${one.service}.${one.operation}` === operation)
    if (!device || !row) return NaN
    const held = device.meanQueue + device.utilization * cores
    return held / ((figure('requests_offered')(outcome) / seconds) * (row.waitMeanUs + row.computeMeanUs) * 1e-6)
  }
}

export const littlesLaw = exactCase(
  {
    id: 'B20',
    title: "Little's law",
    question: 'Is the mean number at every station the throughput times the mean time there?',
    source: 'J. D. C. Little, Operations Research 9(3), 1961',
    inputs:
      'A chain of 2 and 3 cores at 60 and 53 %; queue and utilization are measured over time, latency over requests.',
    secondsShort: 2,
  },
  [
    {
      name: 'chain',
      scenario: (durationSeconds) =>
        scenarioOf({
          nodes: [cpuPool('a', 1, 2), cpuPool('b', 1, 3), { id: 'tor', kind: 'switch', spec: { latencyNs: 0 } }],
          links: ['a', 'b'].map((from) => ({
            id: from,
            from,
            to: 'tor',
            protocol: 'ideal',
            bandwidthGbps: null,
            propagationNs: 0,
          })),
          services: [
            service('front', [work(exponential(15_000)), call('leaf.o')], { on: 'a' }),
            service('leaf', [work(exponential(20_000))], { on: 'b' }),
          ],
          sources: [poisson('front.o', 80_000)],
          run: { seed: 2001, warmupSeconds: 0.01, durationSeconds },
        }),
      seconds: 0.9,
      quantities: [
        mean('L / (λ T) of the leaf', '', 1, (outcome) =>
          littleRatio('b', 'leaf.o', 3, outcome.figures.get('simulated_seconds')! - 0.01)(outcome),
        ),
        mean('utilization of the leaf', '', (80_000 * 20e-6) / 3, utilizationOf('b')),
      ],
    },
  ],
)

interface Kernel {
  readonly name: string
  readonly teraflops: number
  readonly gigabytesPerSecond: number
}

const DEVICES: readonly Kernel[] = [
  { name: 'H100', teraflops: 989, gigabytesPerSecond: 3350 },
  { name: 'A100', teraflops: 312, gigabytesPerSecond: 2039 },
]

export const roofline = plainCase(
  {
    id: 'B13',
    title: 'Roofline',
    question: 'Does a kernel reach min(peak, intensity times bandwidth)?',
    source: 'S. Williams, A. Waterman, D. Patterson, CACM 52(4), 2009; device peaks as in the presets',
    tolerance: 'Within 0.01 %: one kernel, launch cost 0, no input or output.',
    inputs: 'Intensities of 1, 64 and 1,024 operations a byte over 4 GB; nothing is calibrated.',
  },
  (bench) =>
    DEVICES.flatMap(({ name, teraflops, gigabytesPerSecond }) =>
      [1, 64, 1024].map((intensity) => {
        const bytes = 4e9
        const outcome = bench.one({
          nodes: [
            cpuPool('cpu', 1, 1),
            {
              id: 'gpu',
              kind: 'gpu',
              spec: { peakTflops: teraflops, memoryBandwidthGBps: gigabytesPerSecond, launchUs: 0, memoryGiB: 80 },
            },
          ],
          links: [{ id: 'l', from: 'cpu', to: 'gpu', protocol: 'ideal', bandwidthGbps: null, propagationNs: 0 }],
          services: [
            service('s', [
              { do: 'kernel', flops: intensity * bytes, bytes, inputBytes: 0, outputBytes: 0, offload: ['gpu'] },
            ]),
          ],
          sources: [trace('s.o', [0])],
          run: { durationSeconds: 2 },
        })
        const reached = (intensity * bytes) / meanUs(outcome) / 1e6
        const expected = Math.min(teraflops, (intensity * gigabytesPerSecond) / 1000)
        return relativeRow(
          { label: `${name}, ${intensity} FLOP/B`, unit: 'TFLOP/s', expected },
          reached,
          1e-4,
          'mechanism',
        )
      }),
    ),
)

interface Offload {
  readonly share: number
  readonly speedup: number
  readonly calls: number
  readonly cycles: number
  readonly overhead: number
}

const OFFLOADS: readonly Offload[] = [
  { share: 0.3, speedup: 5, calls: 1, cycles: 20_000, overhead: 500 },
  { share: 0.3, speedup: 5, calls: 10, cycles: 20_000, overhead: 500 },
  { share: 0.15, speedup: 20, calls: 10, cycles: 66_901, overhead: 4500 },
]

/** A cycle is 1 ns; every offload goes to a NIC core of the given speed and back over a link of half the overhead. */
function offloadParts({ share, speedup, calls, cycles, overhead }: Offload, use: boolean): Parts {
  const steps = Array.from({ length: calls }, (): Fields[] => [
    work(constant(((1 - share) * cycles) / calls)),
    { do: 'compute', timeNs: constant((share * cycles) / calls), inputBytes: 0, outputBytes: 0, offload: ['nic'] },
  ]).flat()
  const map = Array.from({ length: calls }, (_, i) => ({ operation: 's.o', step: 2 * i + 1, to: 'nic' }))
  return {
    nodes: [
      cpuPool('cpu', 1, 1),
      {
        id: 'nic',
        kind: 'nic',
        spec: { messageNs: 0, messagesPerSecond: 1e12, cores: 1, frequencyGHz: 1000, speed: speedup },
      },
    ],
    links: [{ id: 'l', from: 'cpu', to: 'nic', protocol: 'ideal', bandwidthGbps: null, propagationNs: overhead / 2 }],
    services: [service('s', steps, { on: 'cpu' })],
    sources: [trace('s.o', [0])],
    policies: use ? { offload: { use: 'static', map } } : {},
  }
}

export const offloadSpeedup = plainCase(
  {
    id: 'B17',
    title: 'Speedup by offloading (A32, Accelerometer)',
    question: 'Does a synchronous offload speed a request up by 1 / ((1 - a) + a/A + (n/C)(o + L + Q))?',
    source:
      'A. Sriraman, A. Dhanotia, Accelerometer, ASPLOS 2020 (its model was within 3.7 % of three production offloads); the formula is from memory',
    tolerance: 'Within 0.1 % of the formula.',
    inputs:
      'Three worked cases; the third scales 298,951 offloads in 2e9 cycles down to 10 of the same size. The production services themselves are not published in a form to run.',
  },
  (bench) =>
    OFFLOADS.map((offload) => {
      const { share, speedup, calls, cycles, overhead } = offload
      const alone = meanUs(bench.one(offloadParts(offload, false)))
      const helped = meanUs(bench.one(offloadParts(offload, true)))
      const expected = 1 / (1 - share + share / speedup + (calls / cycles) * overhead)
      const label = `a = ${share}, A = ${speedup}, n = ${calls}, ${overhead} cycles an offload`
      return relativeRow({ label, unit: '×', expected }, alone / helped, 0.001, 'mechanism')
    }),
  ['The second row is slower than without offloading: granularity decides, as the formula says.'],
)
