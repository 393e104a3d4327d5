import type { MigrationRow } from '../../../simulator/result'
import { decisionCase, dots, line } from '../../decision-case'
import { relativeRow } from '../../measuring'
import type { Bench } from '../../once'
import { plainCase } from '../../plain-case'
import { cpuPool, service, type Fields, type Parts } from '../../scenario-parts'
import type { Row } from '../../validation-case'

/** Post-copy and remap: moves whose downtime does not know the size of the state. */

const MIB = 1_048_576
const GIB = 1024 * MIB

interface Order {
  readonly mechanism: string
  readonly gigabytesPerSecond: number
  readonly service: Fields
  readonly seconds: number
}

/** One move over two links whose payload rate is their wire rate. */
function parts({ mechanism, gigabytesPerSecond, service: fields, seconds }: Order): Parts {
  const link = { protocol: 'rdma', headerBytes: 0, bandwidthGbps: gigabytesPerSecond * 8, propagationNs: 50 }
  return {
    nodes: [
      cpuPool('cpu', 2, 4, { localMemoryGiB: 64 }),
      { id: 'mem', kind: 'memory', spec: { capacityGiB: 128, slabMiB: 1 } },
      { id: 'tor', kind: 'switch', spec: { latencyNs: 200, bufferKiB: 4096 } },
    ],
    links: ['cpu', 'mem'].map((from) => ({ id: from, from, to: 'tor', access: 'loadstore', ...link })),
    services: [service('s', [], { on: { node: 'cpu', device: 0 }, ...fields })],
    policies: {
      orders: [
        { atSeconds: 0.01, do: 'migrate', service: 's', instance: 0, to: { node: 'cpu', device: 1 }, mechanism },
      ],
    },
    run: { durationSeconds: seconds },
  }
}

const moved = (bench: Bench, order: Order): MigrationRow => bench.one(parts(order)).migrations[0]

const POST_COPIES = [
  { stateMiB: 256, contextKiB: 1024, gigabytesPerSecond: 1.25 },
  { stateMiB: 1024, contextKiB: 2048, gigabytesPerSecond: 1.25 },
  { stateMiB: 4096, contextKiB: 4096, gigabytesPerSecond: 3.125 },
] as const

export const postCopy = plainCase(
  {
    id: 'B12',
    title: 'Post-copy migration',
    question: 'Is an instance down for its context alone, and all of it there when context and state have been sent?',
    source:
      'M. Hines, U. Deshpande, K. Gopalan, Post-copy live migration, SIGOPS OSR 43(3), 2009; S/B and (M + S)/B are arithmetic',
    tolerance:
      'Stopped time within 1 % and total within 0.1 %, for the handshakes of some µs and the last piece; bytes exact.',
    inputs:
      'Headers of 0, so that the payload rate is the wire rate; nothing else uses the wire. Nothing is calibrated.',
  },
  (bench) =>
    POST_COPIES.flatMap(({ stateMiB, contextKiB, gigabytesPerSecond }): Row[] => {
      const fields = { footprintMiB: stateMiB, stateMiB, contextKiB }
      const row = moved(bench, { mechanism: 'post-copy', gigabytesPerSecond, service: fields, seconds: 3 })
      const context = contextKiB * 1024
      const ms = (bytes: number): number => bytes / gigabytesPerSecond / 1e6
      const name = `${stateMiB / 1024} GiB at ${gigabytesPerSecond} GB/s`
      const all = context + stateMiB * MIB
      return [
        relativeRow(
          { label: `${name}: stopped`, unit: 'ms', expected: ms(context) },
          row.downtimeUs / 1000,
          0.01,
          'mechanism',
        ),
        relativeRow({ label: `${name}: total`, unit: 'ms', expected: ms(all) }, row.totalUs / 1000, 0.001, 'mechanism'),
        relativeRow({ label: `${name}: bytes`, unit: 'B', expected: all }, row.bytes, 0, 'mechanism'),
      ]
    }),
  [
    'What a page that is asked for before it has come costs is held in the tests: the fault, the way there and back, and at most two pieces in front of it.',
  ],
  (rows) => [
    {
      xLabel: 'state, GiB',
      yLabel: 'time, ms',
      xScale: 'log',
      yScale: 'log',
      series: (['total', 'stopped'] as const).flatMap((what) => {
        const chosen = rows.filter(({ label }) => label.endsWith(what))
        const sizes = POST_COPIES.map(({ stateMiB }) => stateMiB / 1024)
        return [
          line(
            `${what}, theory`,
            chosen.map(({ expected }, i) => [sizes[i], expected]),
          ),
          dots(
            `${what}, simulated`,
            chosen.map(({ simulated }, i) => [sizes[i], simulated]),
          ),
        ]
      }),
    },
  ],
)

const SIZES_GIB = [1, 2, 4, 8, 16, 32, 64]
const RATE_GBPS = 12.5

/** What a remap sends: context and what is dirty in the cache. */
const REMAP_BYTES = 2 * MIB + 8 * MIB

export const remap = decisionCase(
  {
    id: 'D1',
    title: 'Remap: downtime from 1 to 64 GiB',
    strictness: 'exact',
    question:
      'Is an instance whose state stays in a memory pool down for context and dirty lines alone, however large it is?',
    source: 'Context and dirty bytes over the wire rate; the idea as in memory-disaggregated virtual machines',
    tolerance: 'Each within 1 % of (context + dirty) / B, and all seven the same to the nanosecond.',
    inputs:
      'A quarter of the state cached, 8 MiB of it dirty, context of 2 MiB, 12.5 GB/s. Stop-and-copy of up to 4 GiB runs beside it. Nothing is calibrated.',
    secondsShort: 2,
  },
  (bench) => {
    const state = (gib: number): Fields => ({ footprintMiB: gib * 1024, stateMiB: gib * 1024 })
    const cached = { dirtyMiBps: 1000, writableMiB: 8, localShare: 0.25 }
    const downtimes = SIZES_GIB.map(
      (gib) =>
        moved(bench, {
          mechanism: 'remap',
          gigabytesPerSecond: RATE_GBPS,
          service: { ...state(gib), ...cached },
          seconds: 0.1,
        }).downtimeUs,
    )
    const expected = REMAP_BYTES / (RATE_GBPS * 1e3)
    const copies = [1, 2, 4].map((gib) => ({
      gib,
      us: moved(bench, { mechanism: 'stop-and-copy', gigabytesPerSecond: RATE_GBPS, service: state(gib), seconds: 1 })
        .downtimeUs,
    }))
    return {
      rows: [
        ...SIZES_GIB.map((gib, i) =>
          relativeRow({ label: `${gib} GiB: stopped`, unit: 'µs', expected }, downtimes[i], 0.01, 'mechanism'),
        ),
        relativeRow(
          { label: 'longest over shortest', unit: '', expected: 1 },
          Math.max(...downtimes) / Math.min(...downtimes),
          1e-6,
          'mechanism',
        ),
        ...copies.map(({ gib, us }) =>
          relativeRow(
            { label: `${gib} GiB: stopped by stop-and-copy`, unit: 'µs', expected: (gib * GIB) / (RATE_GBPS * 1e3) },
            us,
            0.001,
            'mechanism',
          ),
        ),
      ],
      figures: [
        {
          xLabel: 'state, GiB',
          yLabel: 'stopped, µs',
          xScale: 'log',
          yScale: 'log',
          series: [
            line(
              'remap, theory',
              SIZES_GIB.map((gib) => [gib, expected]),
            ),
            dots(
              'remap',
              SIZES_GIB.map((gib, i) => [gib, downtimes[i]]),
            ),
            line(
              'stop-and-copy, theory',
              SIZES_GIB.map((gib) => [gib, (gib * GIB) / (RATE_GBPS * 1e3)]),
            ),
            dots(
              'stop-and-copy',
              copies.map(({ gib, us }) => [gib, us]),
            ),
          ],
        },
      ],
      notes: ['Afterwards the new cache is empty: what that costs the requests is held in the tests of remap.'],
    }
  },
)
