import { pow } from '../../../simulator/engine/exact-math'
import { createRun } from '../../../simulator/run'
import { decisionCase, dots, line } from '../../decision-case'
import { relativeRow, shownRow } from '../../measuring'
import { cpuPool, exponential, poisson, scenarioOf, service, work } from '../../scenario-parts'
import type { Row } from '../../validation-case'

/** Balancing by two choices among many servers. */

const SERVERS = 500
const WORK_US = 10
const MOMENTS = 40

/** Mean time in the limit of many servers: the share of servers with i requests or more is ρ^(2^i - 1). */
function supermarket(load: number): number {
  let sum = 0
  for (let i = 1; i < 12; i += 1) sum += pow(load, (1 << i) - 2)
  return WORK_US * sum
}

function measured(use: string, load: number, seconds: number) {
  const run = createRun(
    scenarioOf({
      nodes: [cpuPool('cpu', SERVERS, 1)],
      services: [service('s', [work(exponential(WORK_US * 1000))], { replicas: SERVERS })],
      sources: [poisson('s.o', (load * SERVERS * 1e6) / WORK_US)],
      policies: { placement: { use: 'round-robin' }, loadBalancing: { use } },
      run: { seed: 9104, warmupSeconds: 0.002, durationSeconds: seconds },
    }),
  )
  const { warmupPs, endPs } = run.shape
  const shares = [0, 0, 0]
  for (let moment = 1; moment <= MOMENTS; moment += 1) {
    while (!run.advance(warmupPs + ((endPs - warmupPs) * moment) / MOMENTS, 1_000_000));
    for (const requests of run.machine.instances.assigned)
      shares.forEach((_, i) => (shares[i] += requests > i ? 1 / (SERVERS * MOMENTS) : 0))
  }
  return { us: run.machine.measures.requests.latency.mean() / 1e6, shares, events: run.events }
}

function rowsAt(load: number, { us, shares }: ReturnType<typeof measured>): Row[] {
  return [
    relativeRow({ label: `ρ = ${load}: mean latency`, unit: 'µs', expected: supermarket(load) }, us, 0.02, 'mechanism'),
    ...shares.map((share, i) => {
      const expected = pow(load, (2 << i) - 1)
      const label = `ρ = ${load}: servers with ${i + 1} or more`
      return relativeRow({ label, unit: '', expected }, share, 0.02 / expected, 'mechanism')
    }),
  ]
}

export const twoChoices = decisionCase(
  {
    id: 'D4',
    title: 'The power of two choices',
    strictness: 'exact',
    question: 'Do two choices among 500 servers shorten queues doubly exponentially, as the supermarket model says?',
    source:
      'M. Mitzenmacher, The Power of Two Choices in Randomized Load Balancing, IEEE TPDS 12(10), 2001: the limit of many servers',
    tolerance:
      'Mean latency within 2 %, each share of servers within 0.02: at 500 servers the limit is off by less than 1 %.',
    inputs:
      'Servers of one core, exponential work of 10 µs; a random split beside it, which is M/M/1. Nothing is calibrated.',
    secondsShort: 3,
  },
  (bench, { isShort, told }) => {
    const loads = isShort ? [0.7] : [0.5, 0.7, 0.9, 0.95]
    const seconds = isShort ? 0.004 : 0.016
    const ran = loads.map((load, i) => {
      told?.(i / loads.length)
      return { load, two: measured('power-of-two-choices', load, seconds), one: measured('random', load, seconds) }
    })
    for (const { two, one } of ran) bench.events += two.events + one.events
    const curve = (of: (load: number) => number): readonly (readonly [number, number])[] =>
      Array.from({ length: 19 }, (_, i) => [0.05 * (i + 1), of(0.05 * (i + 1))])
    return {
      rows: ran.flatMap(({ load, two, one }) => [
        ...rowsAt(load, two),
        shownRow(
          { label: `ρ = ${load}: random, mean latency`, unit: 'µs', expected: WORK_US / (1 - load) },
          one.us,
          'mechanism',
        ),
      ]),
      figures: [
        {
          xLabel: 'load',
          yLabel: 'mean latency, µs',
          xScale: 'linear',
          yScale: 'log',
          series: [
            line('two choices, theory', curve(supermarket)),
            dots(
              'two choices',
              ran.map(({ load, two }) => [load, two.us]),
            ),
            line(
              'random, theory',
              curve((load) => WORK_US / (1 - load)),
            ),
            dots(
              'random',
              ran.map(({ load, one }) => [load, one.us]),
            ),
          ],
        },
      ],
      notes: isShort ? ['Loads of 0.5, 0.9 and 0.95 run in the full form only.'] : [],
    }
  },
)
