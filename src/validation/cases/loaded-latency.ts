import type { Outcome } from '../../simulator/outcome'
import { relativeRow } from '../measuring'
import type { Bench } from '../once'
import { closed, constant, cpuPool, exponential, service, work, type Fields, type Parts } from '../scenario-parts'
import type { Figure, Row } from '../validation-case'
import { publishedCase } from './published-network'

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

const REQUESTS = 10_000

/** Misses in flight by the law of Little at saturation, each after a random delay. */
function loadedParts({ points }: Machine, [gbps, ns]: readonly [number, number], seed: number): Parts {
  const [most, slowest] = points[points.length - 1]
  const inFlight = Math.round((most * slowest) / 64)
  const delayNs = Math.max(0, (inFlight * 64) / gbps - ns)
  const seconds = (REQUESTS * 64) / gbps / 1e9
  const spec: Fields = {
    baseCpi: 0.001,
    memoryParallelism: 1,
    localLatencyNs: points[0][1] - 64 / most,
    localBandwidthGBps: most,
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
    run: { seed, warmupSeconds: seconds / 2, durationSeconds: seconds },
  }
}

const missNs = (outcome: Outcome): number => 1000 * outcome.operations[0].memoryMeanUs

function machineRows(bench: Bench, machine: Machine, index: number): Row[] {
  const last = machine.points.length - 1
  return machine.points.map((point, i) => {
    const [gbps, ns] = point
    return relativeRow(
      { label: `${machine.name} at ${gbps} GB/s`, unit: 'ns', expected: ns },
      missNs(bench.one(loadedParts(machine, point, 100 + 10 * index + i))),
      0.1,
      i === 0 || i === last ? 'calibration point' : 'parameter',
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
      'Idle latency, highest bandwidth and misses in flight are calibrated on the first and the last point of each machine; the six points between are held out. Of Skylake-SP and Haswell only fits are at hand, no points.',
    secondsShort: 5,
  },
  (bench) => {
    const perMachine = MACHINES.map((machine, i) => machineRows(bench, machine, i))
    return {
      rows: perMachine.flat(),
      figures: MACHINES.map((machine, i) => figureOf(machine, perMachine[i])),
      notes: [
        'A single bus with a fixed latency is flat until it saturates. Real controllers slow down from half load on: banks, row conflicts, refresh and reordering spread service times. L = L0 + a u/(c - u), a queue whose pole lies above the measured peak, fits these points to 1 to 4 %: a mechanism that is missing here, not a parameter.',
      ],
    }
  },
)
