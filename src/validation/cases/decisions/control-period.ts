import { decisionCase, line } from '../../decision-case'
import { boundRow, meanUs } from '../../measuring'
import type { Bench } from '../../once'
import { constant, cpuPool, poisson, service, work, type Fields, type Parts } from '../../scenario-parts'

/** How often the migration policy looks, where demand flips. */

const STEP = work(constant(100_000))
const FLIP_SECONDS = 0.2

/** Two devices whose own demand flips against each other, and an instance that should always be on the other one. */
function parts(controlPeriodMs: number): Parts {
  const pinned = (id: string, device: number): Fields => service(id, [STEP], { on: { node: 'cpu', device } })
  const flips = (id: string, high: number, low: number): Fields => ({
    id,
    entry: `${id}.o`,
    arrivals: {
      process: 'rates',
      bucketSeconds: FLIP_SECONDS,
      ratesPerSecond: Array.from({ length: 12 }, (_, i) => (i % 2 === 0 ? high : low)),
    },
  })
  return {
    nodes: [cpuPool('cpu', 2, 2), { id: 'tor', kind: 'switch' }],
    links: [{ id: 'l', from: 'cpu', to: 'tor', protocol: 'rdma', bandwidthGbps: 100 }],
    services: [pinned('left', 0), pinned('right', 1), service('free', [STEP], { footprintMiB: 1 })],
    sources: [flips('left', 16_000, 1000), flips('right', 1000, 16_000), poisson('free.o', 8000, { id: 'free' })],
    policies: {
      migration: {
        use: 'load-imbalance',
        mechanism: 'stop-and-copy',
        imbalance: 0.5,
        forMs: 0,
        minResidenceMs: 0,
        controlPeriodMs,
      },
    },
    run: { seed: 9105, warmupSeconds: FLIP_SECONDS, durationSeconds: 2 },
  }
}

const ALL_MS = [2, 5, 10, 20, 50, 100, 200] as const

export const controlPeriod = decisionCase(
  {
    id: 'D5',
    title: 'Control periods of 2, 20 and 200 ms where demand flips every 200 ms',
    strictness: 'order',
    question: 'Is looking more often worth it when demand changes faster than a slow controller can follow?',
    source: 'By construction: 2.4 of 2 cores are asked for where the instance is wrong, 1.6 and 0.9 where it is right',
    tolerance: 'Mean latency of each longer period at least twice that of the shorter one.',
    inputs:
      'The policy load-imbalance, moves of 1 MiB by stop-and-copy; 2 s after a first flip. Nothing is calibrated.',
    secondsShort: 3,
  },
  (bench: Bench, { isShort, told }) => {
    const periods = isShort ? [2, 20, 200] : ALL_MS
    const means = new Map(
      periods.map((ms, i) => {
        told?.(i / periods.length)
        return [ms, meanUs(bench.one(parts(ms)))] as const
      }),
    )
    const ratio = (long: number, short: number) =>
      boundRow(
        { label: `mean latency, ${long} over ${short} ms`, unit: '×', expected: 2 },
        (means.get(long) ?? NaN) / (means.get(short) ?? NaN),
        'at least',
      )
    return {
      rows: [ratio(20, 2), ratio(200, 20)],
      figures: [
        {
          xLabel: 'control period, ms',
          yLabel: 'mean latency, µs',
          xScale: 'log',
          yScale: 'log',
          series: [line('load-imbalance', [...means])],
        },
      ],
      notes: isShort ? ['Periods between these run in the full form only.'] : [],
    }
  },
)
