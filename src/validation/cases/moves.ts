import { relativeRow } from '../measuring'
import { plainCase } from '../plain-case'
import { cpuPool, service, type Fields, type Parts } from '../scenario-parts'

/** Live migration: the geometric series. */

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
