import type { Outcome } from '../../simulator/outcome'
import { medianRow, meanUs, relativeRow } from '../measuring'
import { publishedCase } from '../published-case'
import { constant, cpuPool, service, trace, type Fields, type Parts } from '../scenario-parts'

/** Published measurements of memory devices. */

const CXL = { readGBps: 17.8, mixedGBps: 27.2, idleNs: 250 } as const
const MIXES = [
  { name: 'all reads', dirty: 0, gbps: 17.8 },
  { name: '3 reads to 1 write', dirty: 1 / 3, gbps: 23.6 },
  { name: '2 reads to 1 write', dirty: 0.5, gbps: 25.1 },
  { name: '1 read to 1 write', dirty: 1, gbps: 27.2 },
] as const

/** Cores that read an expander as fast as their outstanding misses let them, and write back a share. */
function expanderParts(dirtyRatio: number, cores: number): Parts {
  return {
    nodes: [
      cpuPool('cpu', 1, cores, { baseCpi: 1, memoryParallelism: 2 }),
      {
        id: 'mem',
        kind: 'memory',
        // Link and line of an idle read take 2 × (2.2 + 7.5) + 2.4 ns.
        spec: {
          capacityGiB: 96,
          channels: 1,
          channelBandwidthGBps: CXL.mixedGBps,
          controllerNs: CXL.idleNs - 21.8,
          rowHitRatio: 1,
          rowHitNs: 0,
        },
      },
    ],
    links: [{ id: 'l', from: 'cpu', to: 'mem', protocol: 'cxl', bandwidthGbps: 252, propagationNs: 7.5 }],
    services: [
      service('s', [{ do: 'compute', instructions: constant(6400), missesPerKiloInstruction: 1000, dirtyRatio }], {
        footprintMiB: 1024,
        localShare: 0,
      }),
    ],
    sources: [{ id: 'users', entry: 's.o', arrivals: { process: 'closed', users: cores, thinkTimeNs: constant(0) } }],
    run: { seed: 200, warmupSeconds: 0.002, durationSeconds: 0.006 },
  }
}

/** Payload both ways, over the measured window. */
function expanderGBps(outcome: Outcome): number {
  const lines = outcome.devices.find((one) => one.node === 'mem')?.completed ?? NaN
  return (lines * 64) / 0.006 / 1e9
}

export const expanderMixes = publishedCase(
  {
    id: 'A2',
    title: 'CXL expander: bandwidth over the mix of reads and writes',
    strictness: 'calibrated',
    question:
      'Does a full-duplex link before one shared memory bus rise from 17.8 to 27.2 GB/s as writes are mixed in?',
    source: 'Intel, CacheLib wiki, OCP demo configuration: CXL 2.0 x8 over PCIe 5.0, E3.S 96 GB, Xeon 8470, DDR5-4800',
    tolerance: 'Mixes held out within 10 %, their median error at most 5 %.',
    inputs:
      'Link of 31.5 GB/s each way and an idle latency of 250 ns; the reads in flight are calibrated on all reads, the memory bus on 1:1; 3:1 and 2:1 are held out.',
    secondsShort: 4,
  },
  (bench) => {
    // Reads in flight by the law of Little: 17.8 GB/s × about 252 ns / 64 B, two a core.
    const cores = 35
    const rows = MIXES.map(({ name, dirty, gbps }, i) =>
      relativeRow(
        { label: name, unit: 'GB/s', expected: gbps },
        expanderGBps(bench.one(expanderParts(dirty, cores))),
        0.1,
        i === 0 || i === 3 ? 'calibration point' : 'parameter',
      ),
    )
    const written = MIXES.map(({ dirty }) => (100 * dirty) / (1 + dirty))
    return {
      rows: [...rows, medianRow(rows)],
      figures: [
        {
          xLabel: 'writes, % of bytes',
          yLabel: 'bandwidth, GB/s',
          xScale: 'linear',
          yScale: 'linear',
          series: [
            { name: 'published', kind: 'points', points: MIXES.map(({ gbps }, i) => [written[i], gbps] as const) },
            { name: 'simulated', kind: 'line', points: rows.map((row, i) => [written[i], row.simulated] as const) },
          ],
        },
      ],
      notes: [
        'A single bandwidth could only predict equal or falling values. What limits reads alone on the real device (tags, credits or its return path) is not published; reads in flight stand for it.',
      ],
    }
  },
)

const FAR_MISSES = 100

/** Lone misses, one at a time: over a CXL switch, or as pages over 56 Gb/s RDMA. */
function directParts(isCxl: boolean, faultNs: number, deviceNs: number): Parts {
  const rdma: Fields = { protocol: 'rdma', bandwidthGbps: 54.5, propagationNs: 20 }
  const cxl: Fields = { protocol: 'cxl', bandwidthGbps: 252, propagationNs: 7.5 }
  return {
    nodes: [
      cpuPool('cpu', 1, 1, { baseCpi: 1, memoryParallelism: 1, pageFaultNs: faultNs }),
      {
        id: 'mem',
        kind: 'memory',
        spec: { channels: 8, channelBandwidthGBps: 25.6, controllerNs: deviceNs, rowHitRatio: 0, rowMissNs: 30 },
      },
      { id: 'tor', kind: 'switch', spec: { latencyNs: isCxl ? 100 : 200, forwarding: 'cut-through' } },
    ],
    links: ['cpu', 'mem'].map((from) => ({ id: from, from, to: 'tor', ...(isCxl ? cxl : rdma) })),
    services: [
      service('s', [{ do: 'compute', instructions: constant(FAR_MISSES * 1000), missesPerKiloInstruction: 1 }], {
        footprintMiB: 1024,
        localShare: 0,
      }),
    ],
    sources: [trace('s.o', [0])],
  }
}

export const directCxl = publishedCase(
  {
    id: 'A7',
    title: 'DirectCXL against RDMA',
    strictness: 'shape',
    question: 'Is a load over a CXL switch as many times faster than a remote access over RDMA as measured?',
    source:
      'D. Gouk et al., DirectCXL, USENIX ATC 2022, from notes: 328 cycles against 2,705 (8.25 times) and 2,027 on the memory path (6.2 times)',
    tolerance: 'Ratio within 30 %.',
    inputs:
      'Their host is a soft core of 100 MHz, so only ratios are compared, of hardware that could be bought: a CXL switch of 100 ns and a device of 200 ns (assumed), and pages over 56 Gb/s RDMA with a fault of 1 and 2 µs (1 to 2 from memory) and 0.5 µs of adapter (assumed). Nothing is calibrated.',
    secondsShort: 1,
  },
  (bench) => {
    const timeNs = (isCxl: boolean, faultNs: number, deviceNs: number): number =>
      (1000 * meanUs(bench.one(directParts(isCxl, faultNs, deviceNs)))) / FAR_MISSES - 1
    const cxl = timeNs(true, 0, 200)
    const ratio = (faultNs: number): number => timeNs(false, faultNs, 500) / cxl
    return {
      rows: [
        relativeRow({ label: 'RDMA / CXL, fault of 1 µs', unit: '×', expected: 6.2 }, ratio(1000), 0.3, 'parameter'),
        relativeRow({ label: 'RDMA / CXL, fault of 2 µs', unit: '×', expected: 8.25 }, ratio(2000), 0.3, 'parameter'),
      ],
      figures: [],
      notes: [
        'The measured load of 328 cycles of a 100 MHz core is 3.28 µs; a product would be about ten times faster, which is why only the ratio is claimed. Swapping (3 times on applications, half of it in the kernel) is not reproduced.',
      ],
    }
  },
)
