import { exp } from '../../../simulator/engine/exact-math'
import type { Outcome } from '../../../simulator/outcome'
import { agreement } from '../../decision-case'
import { exactCase, mean, type System } from '../../exact-case'
import { figure } from '../../measuring'
import { constant, cpuPool, poisson, scenarioOf } from '../../scenario-parts'

/** Instances that stay for a while after their last request. */

interface Rhythm {
  /** Between requests on average, ms. */
  readonly everyMs: number
  readonly keepMs: number
  readonly seed: number
  /** Of one replication of the full form. */
  readonly seconds: number
  /** Most half-width of the share of cold starts, which may be very small. */
  readonly halfWidth: number
}

const RHYTHMS: readonly Rhythm[] = [
  { everyMs: 60, keepMs: 300, seed: 2301, seconds: 3000, halfWidth: 0.05 },
  { everyMs: 600, keepMs: 600, seed: 2302, seconds: 1800, halfWidth: 0.02 },
  { everyMs: 3600, keepMs: 1200, seed: 2303, seconds: 5400, halfWidth: 0.02 },
]

const cold = (outcome: Outcome): number => figure('cold_starts')(outcome) / figure('requests_offered')(outcome)

function keptAlive({ everyMs, keepMs, seed, seconds, halfWidth }: Rhythm): System {
  const chance = exp(-keepMs / everyMs)
  const measured = (outcome: Outcome): number => figure('simulated_seconds')(outcome) - WARMUP
  return {
    name: `every ${everyMs} ms, kept ${keepMs} ms`,
    scenario: (durationSeconds) =>
      scenarioOf({
        nodes: [cpuPool('cpu', 1, 4)],
        services: [
          {
            id: 'f',
            minReplicas: 0,
            operations: [{ id: 'go', steps: [{ do: 'compute', timeNs: constant(100) }] }],
          },
        ],
        sources: [poisson('f.go', 1000 / everyMs)],
        policies: { scaling: { use: 'keep-alive', keepAliveMs: keepMs, controlPeriodMs: 1000 } },
        run: { seed, warmupSeconds: WARMUP, durationSeconds },
      }),
    seconds,
    quantities: [
      { ...mean('requests that start cold', '', chance, cold), halfWidth },
      mean('warm and idle, per request', 'ms', everyMs * (1 - chance), (outcome) => {
        return (1000 * figure('replicas_mean')(outcome) * measured(outcome)) / figure('requests_offered')(outcome)
      }),
    ],
  }
}

const WARMUP = 10

export const keepAlive = exactCase(
  {
    id: 'B23',
    title: 'Cold starts with a fixed keep-alive',
    question:
      'Does a request start cold as often as nothing came for the keep-alive time, and does an instance idle as long as that implies?',
    source: 'M. Shahrad et al., Serverless in the Wild, USENIX ATC 2020 (keep-alive); exp(-λτ) is arithmetic',
    inputs:
      'Poisson requests, work of 0.1 µs, no time to start: times are a thousandth of those of functions, and the first keep-alive is halved so that cold starts happen at all. Nothing is calibrated.',
    secondsShort: 2,
  },
  RHYTHMS.map(keptAlive),
  (rows) => [
    agreement(
      'requests that start cold, share',
      rows.filter(({ unit }) => unit === ''),
    ),
  ],
)
