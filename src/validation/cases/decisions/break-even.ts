import { decisionCase, dots, line } from '../../decision-case'
import { boundRow, figure, meanUs, relativeRow } from '../../measuring'
import type { Bench } from '../../once'
import { constant, cpuPool, service, trace, work, type Fields, type Parts } from '../../scenario-parts'

/** How many calls offloading pays for, and whether the cost model knows. */

/** Share, speed-up, cycles, overhead a call: a cycle is 1 ns. */
const [SHARE, TIMES, CYCLES, OVERHEAD] = [0.3, 5, 20_000, 500]
const BREAK_EVEN = (SHARE * (1 - 1 / TIMES) * CYCLES) / OVERHEAD
const speedUp = (calls: number): number => 1 / (1 - SHARE + SHARE / TIMES + (calls / CYCLES) * OVERHEAD)

const INSTANTS = 3

function parts(calls: number, use: string): Parts {
  const one: readonly Fields[] = [
    work(constant(((1 - SHARE) * CYCLES) / calls)),
    {
      do: 'compute',
      timeNs: constant((SHARE * CYCLES) / calls),
      inputBytes: 0,
      outputBytes: 0,
      offload: ['cpu', 'nic'],
    },
  ]
  const nic = { messageNs: 0, messagesPerSecond: 1e12, cores: 1, frequencyGHz: 1000, speed: TIMES }
  return {
    nodes: [cpuPool('cpu', 1, 1), { id: 'nic', kind: 'nic', spec: nic }],
    links: [{ id: 'l', from: 'cpu', to: 'nic', protocol: 'ideal', bandwidthGbps: null, propagationNs: OVERHEAD / 2 }],
    services: [service('s', Array.from({ length: calls }, () => one).flat(), { on: 'cpu' })],
    sources: [
      trace(
        's.o',
        Array.from({ length: INSTANTS }, (_, i) => i * 100),
      ),
    ],
    policies: { offload: { use } },
    run: { durationSeconds: 0.001 },
  }
}

const COUNTS = [1, 2, 4, 6, 8, 9, 10, 11, 12, 16, 20] as const

function measured(bench: Bench, calls: number) {
  const [never, always, model] = ['never', 'always', 'cost-model'].map((use) => bench.one(parts(calls, use)))
  return {
    calls,
    always: meanUs(never) / meanUs(always),
    model: meanUs(never) / meanUs(model),
    offloads: figure('offloads')(model),
  }
}

/** Where a line between the points on either side goes through 1. */
function crossing(points: readonly { readonly calls: number; readonly always: number }[]): number {
  const after = points.findIndex(({ always }) => always < 1)
  if (after < 1) return NaN
  const [a, b] = [points[after - 1], points[after]]
  return a.calls + ((a.always - 1) / (a.always - b.always)) * (b.calls - a.calls)
}

export const breakEven = decisionCase(
  {
    id: 'D6',
    title: 'Where offloading breaks even, and who sees it',
    strictness: 'exact',
    question: 'Does offloading pay up to a(1 - 1/A)C/o calls, and does the cost model stop there?',
    source: 'A. Sriraman, A. Dhanotia, Accelerometer, ASPLOS 2020 (B17); the formula is from memory',
    tolerance:
      'Speed-up within 0.1 % of the formula, break-even within 1 %; the cost model offloads everything below it, nothing above it, and is never slower than staying.',
    inputs: 'a = 0.3, A = 5, C = 20,000 cycles, o = 500: 9.6 calls. Nobody waits for anybody. Nothing is calibrated.',
    secondsShort: 1,
  },
  (bench) => {
    const points = COUNTS.map((calls) => measured(bench, calls))
    const name = (calls: number): string => `${calls} ${calls === 1 ? 'call' : 'calls'}`
    return {
      rows: [
        ...points.map(({ calls, always }) =>
          relativeRow(
            { label: `${name(calls)}: always, speed-up`, unit: '×', expected: speedUp(calls) },
            always,
            0.001,
            'mechanism',
          ),
        ),
        relativeRow(
          { label: 'always breaks even at', unit: 'calls', expected: BREAK_EVEN },
          crossing(points),
          0.01,
          'mechanism',
        ),
        ...points.map(({ calls, offloads }) =>
          relativeRow(
            {
              label: `${name(calls)}: cost model, offloads`,
              unit: '',
              expected: calls < BREAK_EVEN ? INSTANTS * calls : 0,
            },
            offloads,
            0,
            'mechanism',
          ),
        ),
        boundRow(
          { label: 'cost model, least speed-up', unit: '×', expected: 1 },
          Math.min(...points.map(({ model }) => model)),
          'at least',
        ),
      ],
      figures: [
        {
          xLabel: 'calls that share the work',
          yLabel: 'speed-up',
          xScale: 'linear',
          yScale: 'linear',
          series: [
            line(
              'formula',
              Array.from({ length: 39 }, (_, i) => [1 + i / 2, speedUp(1 + i / 2)]),
            ),
            dots(
              'always',
              points.map(({ calls, always }) => [calls, always]),
            ),
            dots(
              'cost model',
              points.map(({ calls, model }) => [calls, model]),
            ),
          ],
        },
      ],
      notes: [],
    }
  },
)
