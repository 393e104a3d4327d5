import { meanUs, relativeRow } from '../measuring'
import { plainCase } from '../plain-case'
import { constant, cpuPool, service, trace, work, type Fields, type Parts } from '../scenario-parts'

/** Kernels and offloads whose time is arithmetic. */

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
