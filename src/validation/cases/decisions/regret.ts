import type { Outcome } from '../../../simulator/outcome'
import { decisionCase, dots, line } from '../../decision-case'
import { drawnFor } from '../../drawn'
import { boundRow, figure } from '../../measuring'
import type { Bench } from '../../once'
import { cpuPool, poisson, service, type Fields, type Parts } from '../../scenario-parts'

/** Offload policies against the best place in hindsight, on racks drawn by number. */

const STEPS = ['a', 'b', 'c'] as const

function parts(index: number, use: string, cv: number): Parts {
  const { number, whole } = drawnFor(index)
  const cores = whole('cores', 3, 6)
  const means = STEPS.map((name) => number(`${name} time`, 5000, 40_000))
  const steps = STEPS.map((name, i): Fields => ({
    do: 'compute',
    timeNs: { dist: 'lognormal', mean: means[i], cv },
    offload: ['cpu', 'nic', 'memory'],
    inputBytes: whole(`${name} in`, 500, 50_000),
    outputBytes: whole(`${name} out`, 100, 5000),
  }))
  const link = (from: string): Fields => ({
    id: from,
    from,
    to: 'tor',
    protocol: 'rdma',
    bandwidthGbps: number(`${from} rate`, 25, 400),
    propagationNs: number(`${from} way`, 50, 1000),
  })
  const pool = (id: string, kind: string, most: number, fastest: number): Fields => ({
    id,
    kind,
    spec: { cores: whole(id, 1, most), speed: number(`${id} speed`, 0.25, fastest) },
  })
  return {
    nodes: [
      cpuPool('cpu', 1, cores),
      pool('near', 'nic', 4, 1.5),
      pool('away', 'nic', 8, 2.5),
      pool('mem', 'memory', 4, 1),
      { id: 'tor', kind: 'switch' },
    ],
    links: ['cpu', 'near', 'away', 'mem'].map(link),
    services: [service('s', steps)],
    sources: [poisson('s.o', (number('load', 0.5, 1.1) * cores * 1e9) / means.reduce((sum, one) => sum + one, 0))],
    policies: { offload: { use } },
    run: { seed: 9200 + index, warmupSeconds: 0.02, durationSeconds: 0.2 },
  }
}

const actualUs = figure('offload_actual_mean_us')
const bestUs = figure('offload_best_mean_us')
const regret = (outcomes: readonly Outcome[]): number => {
  const sum = (of: (outcome: Outcome) => number): number => outcomes.reduce((total, one) => total + of(one), 0)
  return 100 * (sum(actualUs) / sum(bestUs) - 1)
}

export const offloadRegret = decisionCase(
  {
    id: 'D8',
    title: 'What the cost model and the bandit leave on the table',
    strictness: 'order',
    question: 'How much longer do offloaded steps take than in the best place, known afterwards?',
    source:
      'Hindsight as recorded in offloads.csv: every place reckoned again for the time of the decision with the work drawn (decision record 10)',
    tolerance:
      'Regret of the cost model below 5 % on every rack where the work is known, and over all racks where only its mean is (coefficient of variation 0.5); the bandit, which sees no estimate, at most 10 % behind the cost model on each rack.',
    inputs:
      'Racks drawn by number: speeds, cores, rates and ways of four places, three steps, load from 50 to 110 % of the host (full form: 10 racks; short: 3). Nothing is calibrated.',
    secondsShort: 6,
  },
  (bench: Bench, { isShort, told }) => {
    const count = isShort ? 3 : 10
    const ran = Array.from({ length: count }, (_, index) => {
      told?.(index / count)
      const [known, mean, bandit] = [
        ['cost-model', 0] as const,
        ['cost-model', 0.5] as const,
        ['bandit', 0.5] as const,
      ].map(([use, cv]) => bench.one(parts(index, use, cv)))
      return { known, mean, bandit }
    })
    const percent = { unit: '%', expected: 5 }
    return {
      rows: [
        ...ran.map(({ known }, i) =>
          boundRow({ label: `rack ${i + 1}: cost model, work known, regret`, ...percent }, regret([known]), 'at most'),
        ),
        boundRow(
          { label: 'all racks: cost model, mean known, regret', ...percent },
          regret(ran.map(({ mean }) => mean)),
          'at most',
        ),
        ...ran.map(({ mean, bandit }, i) =>
          boundRow(
            { label: `rack ${i + 1}: bandit over cost model`, unit: '×', expected: 1.1 },
            actualUs(bandit) / actualUs(mean),
            'at most',
          ),
        ),
      ],
      figures: [
        {
          xLabel: 'rack',
          yLabel: 'mean time of a decided step, µs',
          xScale: 'linear',
          yScale: 'log',
          series: [
            line(
              'best in hindsight',
              ran.map(({ mean }, i) => [i + 1, bestUs(mean)]),
            ),
            dots(
              'cost model',
              ran.map(({ mean }, i) => [i + 1, actualUs(mean)]),
            ),
            dots(
              'bandit',
              ran.map(({ bandit }, i) => [i + 1, actualUs(bandit)]),
            ),
          ],
        },
      ],
      notes: [
        'Hindsight is that of each decision alone, with everything else as it was: no policy can be better than it, and none need be able to reach it.',
      ],
    }
  },
)
