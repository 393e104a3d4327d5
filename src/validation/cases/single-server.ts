import type { Scenario } from '../../scenario/scenario'
import { ln } from '../../simulator/engine/exact-math'
import { exactCase, mean, percentile, type System } from '../exact-case'
import { meanUs, p50Us, p99Us, utilizationOf } from '../measuring'
import { exponential, poisson, scenarioOf, service, stations, work, type Fields } from '../scenario-parts'
import type { Row } from '../validation-case'

/** One server, one queue, first come first served. */

/** Mean service time, ns. */
export const SERVICE_NS = 10_000

/** @param warmupSeconds some relaxation times, so that the empty start is forgotten */
export function singleStation(
  cores: number,
  ratePerSecond: number,
  timeNs: Fields,
  run: { readonly seed: number; readonly warmupSeconds: number },
  fields: Fields = {},
): (seconds: number) => Scenario {
  return (durationSeconds) =>
    scenarioOf(
      stations([cores], [service('s', [work(timeNs)], fields)], {
        sources: [poisson('s.o', ratePerSecond)],
        run: { ...run, durationSeconds },
      }),
    )
}

function exponentialSystem(load: number, seed: number, seconds: number): System {
  const mu = 1e9 / SERVICE_NS
  const sojournUs = 1e6 / (mu * (1 - load))
  return {
    name: `ρ = ${load}`,
    scenario: singleStation(1, load * mu, exponential(SERVICE_NS), { seed, warmupSeconds: seconds / 60 }),
    seconds,
    onlyFull: load > 0.9,
    quantities: [
      mean('mean latency', 'µs', sojournUs, meanUs),
      percentile('median', 'µs', -sojournUs * ln(0.5), p50Us),
      percentile('p99', 'µs', -sojournUs * ln(0.01), p99Us),
      mean('utilization', '', load, utilizationOf('cpu0')),
    ],
  }
}

function loadFigure(rows: readonly Row[]) {
  const loads = Array.from({ length: 46 }, (_, i) => 0.05 + i * 0.02)
  const points = rows
    .filter((row) => row.label.endsWith('mean latency'))
    .map((row) => [Number(/[\d.]+/.exec(row.label)?.[0]), row.simulated] as const)
  return [
    {
      xLabel: 'load ρ',
      yLabel: 'mean latency, µs',
      xScale: 'linear',
      yScale: 'log',
      series: [
        {
          name: '1 / (μ − λ)',
          kind: 'line',
          points: loads.map((load) => [load, SERVICE_NS / 1000 / (1 - load)] as const),
        },
        { name: 'simulated', kind: 'points', points },
      ],
    } as const,
  ]
}

export const markovSingle = exactCase(
  {
    id: 'B1',
    title: 'M/M/1',
    question:
      'Does one core with Poisson arrivals and exponential work have the mean, the median and the tail of theory?',
    source: 'L. Kleinrock, Queueing Systems, vol. 1 (1975), section 3.2',
    inputs: 'Mean work of 10 µs; nothing is calibrated.',
    secondsShort: 2,
  },
  [exponentialSystem(0.5, 101, 0.9), exponentialSystem(0.8, 102, 4), exponentialSystem(0.95, 103, 40)],
  loadFigure,
)
