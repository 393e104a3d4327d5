import { decisionCase, dots, line } from '../../decision-case'
import { meanUs, relativeRow } from '../../measuring'
import type { Bench } from '../../once'
import { call, cpuPool, poisson, service, type Parts } from '../../scenario-parts'

/** A move and the requests of others on one wire. */

const PAYLOAD = 4096
const HEADER = 82
/** 10 Gb/s, bytes per second. */
const RATE = 1.25e9
const onWire = (bytes: number): number => (bytes + HEADER) / RATE

function parts(perSecond: number, isMoving: boolean, seconds: number): Parts {
  return {
    nodes: [cpuPool('a', 1, 64, { localMemoryGiB: 64 }), cpuPool('b', 1, 64, { localMemoryGiB: 64 })],
    links: [{ id: 'wire', from: 'a', to: 'b', protocol: 'rdma', bandwidthGbps: 10, propagationNs: 0 }],
    services: [
      service('near', [call('far.o', { requestBytes: PAYLOAD, responseBytes: 64 })], { on: 'a' }),
      service('far', [], { on: 'b' }),
      service('bulky', [], { on: 'a', footprintMiB: 4096 }),
    ],
    sources: [poisson('near.o', perSecond)],
    policies: {
      orders: isMoving ? [{ atSeconds: 0, do: 'migrate', service: 'bulky', to: { node: 'b', device: 0 } }] : [],
    },
    run: { seed: 9102, warmupSeconds: 0.05, durationSeconds: seconds },
  }
}

const LOADS = [0.1, 0.3, 0.5] as const

/** Alone M/D/1. Beside the move gated service with vacations of one packet, one packet more, and 15 of 16 behind a piece. */
function expectedUs(load: number, isMoving: boolean): number {
  const packet = onWire(PAYLOAD)
  const alone = packet + onWire(64) + (load * packet) / (2 * (1 - load))
  const beside = (packet * (1 + load)) / (2 * (1 - load)) + (15 / 16) * packet
  return 1e6 * (isMoving ? alone + beside : alone)
}

function measuredUs(bench: Bench, load: number, isMoving: boolean, seconds: number): number {
  const outcome = bench.one(parts(load / onWire(PAYLOAD), isMoving, seconds))
  const isThere = outcome.migrations.some((row) => row.outcome === 'running')
  return isThere === isMoving ? meanUs(outcome) : NaN
}

const curve = (isMoving: boolean): readonly (readonly [number, number])[] =>
  Array.from({ length: 13 }, (_, i) => [0.05 * i, expectedUs(0.05 * i, isMoving)])

export const sharedWire = decisionCase(
  {
    id: 'D2',
    title: 'A move on a wire that others use',
    strictness: 'exact',
    question: 'Do requests beside a move wait their turns as theory says, no longer?',
    source:
      'H. Takagi, Queueing Analysis, vol. 1 (1991), section 2.4 (gated service); O. Boxma, J. Cohen, The M/G/1 queue with permanent customers, IEEE JSAC 9, 1991',
    tolerance: 'Mean latency within 3 % at each load, alone and beside the move (short form: a quarter of the time).',
    inputs:
      'Calls of one packet of 4 KiB on 10 Gb/s; a pre-copy of 4 GiB that never ends meanwhile, in pieces of 16 packets. Nothing is calibrated.',
    secondsShort: 3,
  },
  (bench, { isShort, told }) => {
    const seconds = isShort ? 0.5 : 2
    const rows = LOADS.flatMap((load, i) =>
      [false, true].map((isMoving) => {
        const label = `${100 * load} % of the wire asked for, ${isMoving ? 'beside a move' : 'alone'}`
        const row = relativeRow(
          { label, unit: 'µs', expected: expectedUs(load, isMoving) },
          measuredUs(bench, load, isMoving, seconds),
          0.03,
          'mechanism',
        )
        told?.((i + 1) / LOADS.length)
        return row
      }),
    )
    const simulated = (isMoving: boolean): readonly (readonly [number, number])[] =>
      LOADS.map((load, i) => [load, rows[2 * i + Number(isMoving)].simulated])
    return {
      rows,
      figures: [
        {
          xLabel: 'share of the wire asked for by others',
          yLabel: 'mean latency, µs',
          xScale: 'linear',
          yScale: 'linear',
          series: [
            line('alone, theory', curve(false)),
            dots('alone', simulated(false)),
            line('beside a move, theory', curve(true)),
            dots('beside a move', simulated(true)),
          ],
        },
      ],
      notes: [],
    }
  },
)
