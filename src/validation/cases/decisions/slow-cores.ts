import type { Outcome } from '../../../simulator/outcome'
import { decisionCase, line } from '../../decision-case'
import { boundRow, figure, p99Us } from '../../measuring'
import type { Bench } from '../../once'
import { constant, cpuPool, poisson, service, type Fields, type Parts } from '../../scenario-parts'

/** Slow cores that are asked for more than they can do. */

/** Four host cores at a load; two cores of 0.6 of their speed beside them. */
function parts(load: number, offload: Fields, seconds: number): Parts {
  const step = {
    do: 'compute',
    timeNs: constant(100_000),
    offload: ['cpu', 'nic'],
    inputBytes: 2000,
    outputBytes: 500,
  }
  return {
    nodes: [cpuPool('cpu', 1, 4), { id: 'dpu', kind: 'nic', spec: { cores: 2, speed: 0.6 } }],
    links: [{ id: 'l', from: 'cpu', to: 'dpu', protocol: 'pcie', bandwidthGbps: 128, propagationNs: 400 }],
    services: [service('s', [step])],
    sources: [poisson('s.o', load * 40_000)],
    policies: { offload },
    run: { seed: 9107, warmupSeconds: 0.1, durationSeconds: seconds },
  }
}

const LOADS = [0.2, 0.4, 0.6, 0.8] as const
const LOAD = 0.8

const POLICIES: readonly { readonly name: string; readonly use: Fields }[] = [
  { name: 'never', use: { use: 'never' } },
  { name: 'always', use: { use: 'always' } },
  { name: 'overload-aware, else always', use: { use: 'overload-aware', base: 'always' } },
  { name: 'overload-aware, else cost model', use: { use: 'overload-aware', base: 'cost-model' } },
]

export const slowCores = decisionCase(
  {
    id: 'D7',
    title: 'Slow cores that are asked for too much',
    strictness: 'order',
    question: 'Does offloading without looking make the tail explode, and does seeing saturation prevent it?',
    source: 'By construction: two cores of 0.6 of the speed can take 12,000 of 32,000 steps a second',
    tolerance:
      'p99 of always at least 100 times that of the host alone; overload-aware at most 1.05 times, and it does offload.',
    inputs:
      'Steps of 100 µs at 80 % of four host cores, for 1 s; other loads, for the figure, run 0.2 s. Nothing is calibrated.',
    secondsShort: 3,
  },
  (bench: Bench, { isShort }) => {
    const at = (use: Fields): Outcome => bench.one(parts(LOAD, use, 1))
    const [host, always, ...aware] = POLICIES.map(({ use }) => at(use))
    const rows = [
      boundRow(
        { label: 'always: p99 over the host’s', unit: '×', expected: 100 },
        p99Us(always) / p99Us(host),
        'at least',
      ),
      ...aware.flatMap((outcome, i) => {
        const { name } = POLICIES[2 + i]
        return [
          boundRow(
            { label: `${name}: p99 over the host’s`, unit: '×', expected: 1.05 },
            p99Us(outcome) / p99Us(host),
            'at most',
          ),
          boundRow({ label: `${name}: offloads`, unit: '', expected: 1 }, figure('offloads')(outcome), 'at least'),
        ]
      }),
    ]
    const loads = isShort ? LOADS.filter((_, i) => i % 2 === 1) : LOADS
    return {
      rows,
      figures: [
        {
          xLabel: 'load of the host’s cores',
          yLabel: 'p99, µs',
          xScale: 'linear',
          yScale: 'log',
          series: POLICIES.map(({ name, use }) =>
            line(
              name,
              loads.map((load) => [load, p99Us(bench.one(parts(load, use, 0.2)))]),
            ),
          ),
        },
      ],
      notes: ['How far the tail of always goes depends on how long the run is: the queue grows without end.'],
    }
  },
)
