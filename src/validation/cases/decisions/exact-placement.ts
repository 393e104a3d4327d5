import { decisionCase, dots, line } from '../../decision-case'
import { drawnFor } from '../../drawn'
import { figure, relativeRow, shownRow } from '../../measuring'
import type { Bench } from '../../once'
import { call, cpuPool, exponential, freeNic, poisson, service, type Fields, type Parts } from '../../scenario-parts'

/** The exact placement against every placement there is. */

const POOLS = ['a', 'b'] as const
const SERVICES = 3

/** Two unlike pools of two devices behind two switches, and a chain of three services. */
function rack(index: number, policy: string, pins: readonly number[] | null): Parts {
  const { number, whole } = drawnFor(index)
  const link = (from: string, to: string, propagationNs: number): Fields => ({
    id: `${from}-${to}`,
    from,
    to,
    protocol: 'cxl',
    propagationNs,
  })
  const placed = (i: number): Fields =>
    pins === null ? {} : { on: { node: POOLS[Math.floor(pins[i] / 2)], device: pins[i] % 2 } }
  return {
    nodes: [
      ...POOLS.map((id) => cpuPool(id, 2, whole(`cores ${id}`, 1, 3), { speed: number(`speed ${id}`, 0.5, 1.5) })),
      freeNic(),
      { id: 'left', kind: 'switch' },
      { id: 'right', kind: 'switch' },
    ],
    links: [
      link('a', 'left', 100),
      link('b', 'right', 100),
      link('nic', 'left', 100),
      link('left', 'right', number('trunk', 100, 20_000)),
    ],
    rpc: { cyclesPerMessage: 1000, cyclesPerByte: 0.1 },
    services: Array.from({ length: SERVICES }, (_, i) =>
      service(
        `s${i}`,
        [
          { do: 'compute', timeNs: exponential(number(`work ${i}`, 1000, 60_000)) },
          ...(i + 1 < SERVICES
            ? [
                call(`s${i + 1}.o`, {
                  requestBytes: whole(`there ${i}`, 100, 100_000),
                  responseBytes: whole(`back ${i}`, 100, 100_000),
                }),
              ]
            : []),
        ],
        placed(i),
      ),
    ),
    sources: [poisson('s0.o', number('rate', 1000, 30_000), { via: 'nic', requestBytes: 500, responseBytes: 2000 })],
    policies: { placement: { use: policy, yardstick: true } },
    run: { seed: 1, durationSeconds: 1e-6 },
  }
}

/** Every way to put the services on four devices. */
const EVERY: readonly (readonly number[])[] = Array.from({ length: 1 << (2 * SERVICES) }, (_, code) =>
  Array.from({ length: SERVICES }, (__, i) => (code >> (2 * i)) & 3),
)

const costUs = figure('placement_cost_us')

function compared(bench: Bench, index: number) {
  const of = (policy: string): number => costUs(bench.one(rack(index, policy, null)))
  const all = EVERY.map((pins) => costUs(bench.one(rack(index, 'first-fit', pins))))
  return { least: Math.min(...all), exact: of('exact'), firstFit: of('first-fit'), spread: of('spread') }
}

export const exactPlacement = decisionCase(
  {
    id: 'D3',
    title: 'The exact placement against all there are',
    strictness: 'exact',
    question: 'Does branch and bound find the least of all placements, tried one by one?',
    source: 'Enumeration: 64 placements of three services on four devices',
    tolerance: 'On every rack the same least cost, to 1e-9 of it.',
    inputs:
      'Racks drawn by number: work, messages, speeds, cores, the way between two switches (full form: 60 racks; short: 6). What is compared is the expected time per request that the search minimizes; that this is the latency of a run is held in the tests, on a Jackson network. Nothing is calibrated.',
    secondsShort: 2,
  },
  (bench, { isShort, told }) => {
    const count = isShort ? 6 : 60
    const racks = Array.from({ length: count }, (_, index) => {
      told?.(index / count)
      return compared(bench, index)
    })
    const sorted = [...racks].sort((a, b) => a.least - b.least)
    const agreeing = racks.filter(({ least, exact }) => Math.abs(exact / least - 1) <= 1e-9).length
    const worst = (of: (one: (typeof racks)[number]) => number): number =>
      Math.max(...racks.map((one) => of(one) / one.least))
    return {
      rows: [
        relativeRow({ label: 'racks where the least was found', unit: '', expected: count }, agreeing, 0, 'mechanism'),
        relativeRow(
          { label: 'worst of all racks, over the least', unit: '×', expected: 1 },
          worst(({ exact }) => exact),
          1e-9,
          'mechanism',
        ),
        shownRow(
          { label: 'first-fit, worst', unit: '×', expected: 1 },
          worst(({ firstFit }) => firstFit),
          'mechanism',
        ),
        shownRow(
          { label: 'spread, worst', unit: '×', expected: 1 },
          worst(({ spread }) => spread),
          'mechanism',
        ),
      ],
      figures: [
        {
          xLabel: 'rack, by its least cost',
          yLabel: 'expected time per request, µs',
          xScale: 'linear',
          yScale: 'log',
          series: [
            line(
              'least of all 64',
              sorted.map(({ least }, i) => [i + 1, least]),
            ),
            ...(['exact', 'first-fit', 'spread'] as const).map((name) =>
              dots(
                name,
                sorted.map((one, i) => [i + 1, name === 'first-fit' ? one.firstFit : one[name]]),
              ),
            ),
          ],
        },
      ],
      notes: ['Memory that runs out and replicas are in the property test of the search, on 200 more racks.'],
    }
  },
)
