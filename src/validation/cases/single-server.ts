import type { Scenario } from '../../scenario/scenario'
import { ln, pow } from '../../simulator/engine/exact-math'
import { constantServiceSojournQuantile, pollaczekKhinchine } from '../closed-forms'
import { exactCase, mean, percentile, type System } from '../exact-case'
import { meanUs, p50Us, p99Us, utilizationOf } from '../measuring'
import { constant, exponential, poisson, scenarioOf, service, stations, work, type Fields } from '../scenario-parts'
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
  spec: Fields = {},
): (seconds: number) => Scenario {
  return (durationSeconds) =>
    scenarioOf(
      stations(
        [cores],
        [service('s', [work(timeNs)], fields)],
        {
          sources: [poisson('s.o', ratePerSecond)],
          run: { ...run, durationSeconds },
        },
        spec,
      ),
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
    inputs:
      'Mean work of 10 µs; nothing is calibrated. A first full run left the intervals of two p99 2.1 and 2.2 % wide where 2 % are demanded; those two systems run a third longer since.',
    secondsShort: 2,
  },
  [exponentialSystem(0.5, 101, 1.2), exponentialSystem(0.8, 102, 4), exponentialSystem(0.95, 103, 56)],
  loadFigure,
)

const LOAD = 0.7

/** 99 % of 5 µs and 1 % of 505 µs: mean 10 µs, squared variation 24.75. */
const bimodal: Fields = { dist: 'empirical', values: [5000, 505_000], weights: [99, 1] }

const SHAPE = 2.5
const LEAST = 4000
const MOST = 400_000

/** The n-th moment of the bounded Pareto distribution, ns to the n. */
function paretoMoment(n: number): number {
  const scale = (SHAPE * pow(LEAST, SHAPE)) / (1 - pow(LEAST / MOST, SHAPE))
  return (scale * (pow(LEAST, n - SHAPE) - pow(MOST, n - SHAPE))) / (SHAPE - n)
}

function generalSystem(
  name: string,
  timeNs: Fields,
  meanNs: number,
  scv: number,
  seed: number,
  seconds: number,
): System {
  const rate = (LOAD * 1e9) / meanNs
  return {
    name,
    scenario: singleStation(1, rate, timeNs, { seed, warmupSeconds: seconds / 60 }),
    seconds,
    quantities: [
      mean('mean latency', 'µs', pollaczekKhinchine(LOAD, meanNs / 1000, scv), meanUs),
      mean('utilization', '', LOAD, utilizationOf('cpu0')),
    ],
  }
}

export const generalSingle = exactCase(
  {
    id: 'B5',
    title: 'M/G/1, first come first served',
    question: 'Does the variation of the work cost what Pollaczek and Khinchine say, from none to heavy tails?',
    source: 'L. Kleinrock, Queueing Systems, vol. 1 (1975), section 5.6',
    inputs:
      'Load 70 %; constant, lognormal, two-valued and bounded Pareto work, moments exact; nothing is calibrated. The two heavy-tailed runs were made longer (same seeds) after a first run whose half-widths were over the limit, the Pareto work also bounded closer; in that run the formula was inside every interval of the full form, and outside one of the short.',
    secondsShort: 6,
  },
  [
    generalSystem('constant', constant(SERVICE_NS), SERVICE_NS, 0, 501, 0.8),
    generalSystem('lognormal, scv 2', { dist: 'lognormal', mean: SERVICE_NS, cv: Math.SQRT2 }, SERVICE_NS, 2, 502, 6),
    generalSystem('99 % 5 µs, 1 % 505 µs', bimodal, SERVICE_NS, 24.75, 503, 26),
    generalSystem(
      'bounded Pareto, shape 2.5',
      { dist: 'pareto', shape: SHAPE, min: LEAST, max: MOST },
      paretoMoment(1),
      paretoMoment(2) / (paretoMoment(1) * paretoMoment(1)) - 1,
      504,
      9,
    ),
  ],
)

function constantSystem(load: number, seed: number, seconds: number): System {
  const tail = load > 0.8 ? [] : [percentile('p99', 'µs', 10 * constantServiceSojournQuantile(load, 0.99), p99Us)]
  return {
    name: `ρ = ${load}`,
    scenario: singleStation(1, (load * 1e9) / SERVICE_NS, constant(SERVICE_NS), { seed, warmupSeconds: seconds / 60 }),
    seconds,
    onlyFull: load > 0.9,
    quantities: [mean('mean latency', 'µs', pollaczekKhinchine(load, 10, 0), meanUs), ...tail],
  }
}

export const constantSingle = exactCase(
  {
    id: 'B7',
    title: 'M/D/1',
    question: 'Does constant work wait half as long as exponential work, with the tail that Erlang derived?',
    source: 'A. K. Erlang (1909); L. Kleinrock, Queueing Systems, vol. 1 (1975), section 5.6',
    inputs: 'Work of 10 µs; nothing is calibrated.',
    secondsShort: 3,
  },
  [constantSystem(0.5, 701, 0.6), constantSystem(0.8, 702, 2.6), constantSystem(0.95, 703, 20)],
)

function sharedSystem(name: string, timeNs: Fields, load: number, seed: number, seconds: number): System {
  return {
    name: `${name}, ρ = ${load}`,
    scenario: singleStation(
      1,
      (load * 1e9) / SERVICE_NS,
      timeNs,
      { seed, warmupSeconds: seconds / 60 },
      {},
      { quantumUs: 0.5, contextSwitchNs: 0 },
    ),
    seconds,
    quantities: [mean('mean latency', 'µs', SERVICE_NS / 1000 / (1 - load), meanUs)],
  }
}

/** Mean 10 µs, squared variation 2.03; no multiple of the quantum. */
const spread: Fields = { dist: 'empirical', values: [5250, 52_750], weights: [90, 10] }

export const processorSharing = exactCase(
  {
    id: 'B6',
    title: 'M/G/1, processor sharing',
    question: 'Does round robin with a small quantum make the mean latency insensitive to the variation of the work?',
    source: 'L. Kleinrock, Queueing Systems, vol. 2 (1976), section 4.4',
    inputs:
      'A quantum of 0.5 µs, a twentieth of the mean work, and free switches; nothing is calibrated. Processor sharing is the limit of a quantum of 0: work that is a multiple of the quantum ends about (N - 1)/2 quanta earlier, and a first run with constant work of 20 quanta showed that (32.1 instead of 33.3 µs), so no work here is such a multiple.',
    secondsShort: 6,
  },
  [
    sharedSystem('exponential', exponential(SERVICE_NS), 0.5, 601, 0.7),
    sharedSystem('exponential', exponential(SERVICE_NS), 0.7, 602, 1.6),
    sharedSystem('90 % 5.25 µs, 10 % 52.75 µs', spread, 0.7, 604, 4),
  ],
)
