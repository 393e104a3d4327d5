import type { Outcome } from '../../simulator/outcome'
import { medianRow, relativeRow } from '../measuring'
import type { Bench } from '../once'
import { closed, constant, cpuPool, exponential, service, work, type Fields, type Parts } from '../scenario-parts'
import type { Figure, Row } from '../validation-case'
import { publishedCase } from '../published-case'

/** Latency of local DRAM under load, as a memory latency checker measures it: many misses in flight, a delay between them. */

interface Machine {
  readonly name: string
  /** ns at GB/s, idle first, saturated last. */
  readonly points: readonly (readonly [number, number])[]
}

const MACHINES: readonly Machine[] = [
  {
    name: 'Cascade Lake',
    points: [
      [2.2, 88.2],
      [29.1, 93.1],
      [55.2, 97.3],
      [87.3, 102.4],
      [120.5, 106.8],
      [180.9, 122.5],
      [219.7, 146.8],
      [226.8, 155],
    ],
  },
  {
    name: 'Ice Lake',
    points: [
      [2.9, 90.9],
      [41.3, 95.6],
      [77.8, 98.3],
      [123.4, 101.8],
      [173.5, 109.8],
      [298.3, 151],
      [328.5, 183.1],
      [352.8, 260.8],
    ],
  },
  {
    name: 'Broadwell',
    points: [
      [1.7, 74.1],
      [16.5, 78.7],
      [30.7, 83.1],
      [49.6, 87.6],
      [70.1, 91.3],
      [115.4, 103.7],
      [144.9, 164.3],
      [145.2, 203.6],
    ],
  },
]

/** Utilization is known from epochs of 50 µs, each counting half of what it was before: four of them to begin with. */
/** An eighth of a machine is simulated: bandwidth and misses in flight; latency follows from how much of it is used. */
const PART = 8
const WARMUP_SECONDS = 200e-6
const MEASURED_SECONDS = 50e-6

/** The points that a machine is calibrated on: idle, where the curve begins to bend, saturated. */
const KNEE = 5
const isCalibration = (machine: Machine, i: number): boolean => i === 0 || i === KNEE || i === machine.points.length - 1

/** The knee through its point and the last: L = L0 + a u / (c - u), u the share of the highest bandwidth. */
function kneeOf({ points }: Machine): { readonly a: number; readonly c: number } {
  const [most, slowest] = points[points.length - 1]
  const idle = points[0][1]
  const use = points[KNEE][0] / most
  const [bent, last] = [points[KNEE][1] - idle, slowest - idle]
  const c = (use * (bent - last)) / (bent - last * use)
  return { a: last * (c - 1), c }
}

/** Misses in flight by the law of Little at saturation, each after a random delay. */
function loadedParts(machine: Machine, [gbps, ns]: readonly [number, number], seed: number): Parts {
  const { points } = machine
  const { a, c } = kneeOf(machine)
  const [most, slowest] = points[points.length - 1]
  const inFlight = Math.round((most * slowest) / 64 / PART)
  const delayNs = Math.max(0, (PART * inFlight * 64) / gbps - ns)
  const spec: Fields = {
    baseCpi: 0.001,
    memoryParallelism: 1,
    localLatencyNs: points[0][1],
    localBandwidthGBps: most / PART,
    loadedLatencyNs: a,
    loadedLatencyPole: c,
  }
  return {
    nodes: [cpuPool('cpu', 1, inFlight, spec)],
    services: [
      service('s', [
        work(delayNs === 0 ? constant(0) : exponential(delayNs)),
        { do: 'compute', instructions: constant(1000), missesPerKiloInstruction: 1 },
      ]),
    ],
    sources: [closed('s.o', inFlight, constant(0))],
    run: { seed, warmupSeconds: WARMUP_SECONDS, durationSeconds: MEASURED_SECONDS },
  }
}

const missNs = (outcome: Outcome): number => 1000 * outcome.operations[0].memoryMeanUs

function machineRows(bench: Bench, machine: Machine, index: number): Row[] {
  return machine.points.map((point, i) => {
    const [gbps, ns] = point
    return relativeRow(
      { label: `${machine.name} at ${gbps} GB/s`, unit: 'ns', expected: ns },
      missNs(bench.one(loadedParts(machine, point, 100 + 10 * index + i))),
      0.1,
      isCalibration(machine, i) ? 'calibration point' : 'parameter',
    )
  })
}

function figureOf(machine: Machine, rows: readonly Row[]): Figure {
  return {
    xLabel: `${machine.name}: bandwidth, GB/s`,
    yLabel: 'latency, ns',
    xScale: 'linear',
    yScale: 'linear',
    series: [
      { name: 'published', kind: 'points', points: machine.points },
      {
        name: 'simulated',
        kind: 'line',
        points: machine.points.map(([gbps], i) => [gbps, rows[i].simulated] as const),
      },
    ],
  }
}

export const loadedLatency = publishedCase(
  {
    id: 'A1',
    title: 'Latency of local DRAM under load',
    strictness: 'calibrated',
    question: 'Does local DRAM, a bus behind a latency, slow down under load as three generations of servers do?',
    source:
      'Intel Memory Latency Checker logs, github.com/gjbex/Code-optimization@d917fb8, info/*_mlc.txt: two sockets, all reads',
    tolerance: 'Points held out within 10 %, their median error at most 5 %.',
    inputs:
      'Idle latency, highest bandwidth, misses in flight and the knee are calibrated on the first, the sixth and the last point of each machine; the five others are held out. Of Skylake-SP and Haswell only fits are at hand, no points.',
    secondsShort: 5,
  },
  (bench) => {
    const perMachine = MACHINES.map((machine, i) => machineRows(bench, machine, i))
    const rows = perMachine.flat()
    return {
      rows: [...rows, medianRow(rows)],
      figures: MACHINES.map((machine, i) => figureOf(machine, perMachine[i])),
      notes: [
        'Controllers slow down from half load on: banks, row conflicts, refresh and reordering spread service times. That is a knee L0 + a u/(c - u) with its pole above the measured peak, as in the specs of CPUs. Before specs had it, two points of each machine were calibrated, six held out, and most of those missed: a bus with a fixed latency is flat until it saturates.',
        'The point that misses, Broadwell at a third of its peak, is over by 0.02 %, and its neighbour at 70.1 GB/s keeps within by 0.08 %: between idle and half load the machine slows down almost in a straight line, by 17 ns, where one knee through the idle, the sixth and the last point gives 8 ns. It is the form of the curve that is wrong there, not a figure, so nothing was fitted anew.',
        'Close to saturation the curve of Broadwell is vertical: its last two points differ by 0.2 % in bandwidth and by 24 % in latency.',
      ],
    }
  },
)
