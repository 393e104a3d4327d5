import { pow } from '../../../simulator/engine/exact-math'
import { deriveSeed } from '../../../simulator/engine/random'
import type { Outcome } from '../../../simulator/outcome'
import { createRun } from '../../../simulator/run'
import type { Scenario } from '../../../scenario/scenario'
import { agreement } from '../../decision-case'
import { exactCase, mean, type Quantity, type System } from '../../exact-case'
import { figure, intervalRow, resultOf } from '../../measuring'
import { constant, cpuPool, poisson, scenarioOf, type Fields } from '../../scenario-parts'
import type { Row, ValidationCase } from '../../validation-case'

/** Devices that fail and are repaired at random: who is up, and who is answered. */

const [MTTF, MTTR] = [1, 0.05]
const UP = MTTF / (MTTF + MTTR)
const REPLICATIONS = 20

interface Rack {
  readonly devices: number
  readonly replicas: number
  readonly recovery: Fields
  readonly seed: number
}

function failing({ devices, replicas, recovery, seed }: Rack, durationSeconds: number): Scenario {
  return scenarioOf({
    nodes: [cpuPool('cpu', devices, 1)],
    services: [{ id: 's', replicas, operations: [{ id: 'o', steps: [{ do: 'compute', timeNs: constant(1000) }] }] }],
    sources: [poisson('s.o', 200)],
    policies: { placement: { use: 'spread' }, recovery },
    faults: [{ target: 'cpu', effect: 'down', mtbfSeconds: MTTF, mttrSeconds: MTTR }],
    run: { seed, warmupSeconds: 5, durationSeconds },
  })
}

const unanswered = (outcome: Outcome): number =>
  1 - figure('requests_completed')(outcome) / figure('requests_offered')(outcome)

/** A share of requests that nobody answers: small, so its intervals are wider. */
const lost = (formula: number, halfWidth: number): Quantity => ({
  ...mean('requests not answered', '', formula, unanswered),
  halfWidth,
})

const system = (name: string, rack: Rack, seconds: number, quantities: readonly Quantity[]): System => ({
  name,
  scenario: (duration) => failing(rack, duration),
  seconds,
  quantities,
})

/** One instance with memory on one of two devices, or a copy on each; lost copies are made anew in no time. */
function remembered(copies: number, seed: number, durationSeconds: number): Scenario {
  return scenarioOf({
    nodes: [
      cpuPool('cpu', 1, 1),
      { id: 'mem', kind: 'memory', count: 2, spec: { capacityGiB: 1, slabMiB: 1 } },
      { id: 'tor', kind: 'switch' },
    ],
    links: ['cpu', 'mem'].map((from) => ({ id: from, from, to: 'tor', protocol: 'ideal' })),
    services: [{ id: 's', footprintMiB: 1, localShare: 0, coldStartMs: 0, operations: [{ id: 'o', steps: [] }] }],
    sources: [poisson('s.o', 1)],
    policies: { memory: { copies }, recovery: { use: 'restart', detectMs: 0 } },
    faults: [{ target: 'mem', effect: 'down', mtbfSeconds: MTTF, mttrSeconds: MTTR }],
    run: { seed, warmupSeconds: 5, durationSeconds },
  })
}

/** Nobody is up while both devices are down; with one copy half of the failures hit it, with two only those that find the other down. */
const memoryLost = (share: number, halfWidth: number): readonly Quantity[] => [
  {
    ...lost((1 - UP) * (1 - UP), 0.1),
    label: 'time without an instance',
    read: (outcome) => 1 - figure('replicas_mean')(outcome),
  },
  {
    ...lost(share, halfWidth),
    label: 'failures that cost an instance its memory',
    read: (outcome) => figure('cold_starts')(outcome) / figure('device_failures')(outcome),
  },
]

const wait = { use: 'wait' }
const requests = exactCase(
  {
    id: 'B24',
    title: 'Availability of k of n',
    question:
      'Do devices that fail at random leave requests unanswered, and instances without memory, as often as theory says?',
    source:
      'R. Barlow, F. Proschan, Mathematical Theory of Reliability (1965): a unit is up MTTF / (MTTF + MTTR) of the time, units independently',
    inputs:
      'Mean time to failure 1 s, to repair 50 ms, both exponential: more than 10,000 failures of each device in the full form. Real devices fail less often by seven orders; only the ratio enters. Nothing is calibrated.',
    secondsShort: 5,
  },
  [
    system('1 of 1, waits for its device', { devices: 1, replicas: 1, recovery: wait, seed: 2401 }, 700, [
      lost(1 - UP, 0.03),
    ]),
    system('1 of 2', { devices: 2, replicas: 2, recovery: wait, seed: 2402 }, 1400, [lost((1 - UP) * (1 - UP), 0.1)]),
    system(
      'started again elsewhere after 50 ms',
      { devices: 6, replicas: 1, recovery: { use: 'restart', detectMs: 50 }, seed: 2403 },
      700,
      [lost(0.05 / 1.05, 0.03)],
    ),
    {
      name: '2 memory devices, 1 copy',
      scenario: (seconds) => remembered(1, 2405, seconds),
      seconds: 1400,
      quantities: memoryLost(1 - UP / 2, 0.03),
    },
    {
      name: '2 memory devices, 2 copies',
      scenario: (seconds) => remembered(2, 2406, seconds),
      seconds: 1400,
      quantities: memoryLost(1 - UP, 0.1),
    },
  ],
)

/** Share of the moments, a tenth of a second apart, at which so many of all devices are up. */
function shareUp(scenario: Scenario, least: number, moments: number) {
  let events = 0
  const shares = Array.from({ length: REPLICATIONS }, (_, r) => {
    const run = createRun(scenario, { seed: deriveSeed(scenario.run.seed, r) })
    let good = 0
    for (let moment = 1; moment <= moments; moment += 1) {
      run.advance(moment * 0.1e12, Infinity)
      good += run.machine.health.down.filter((faults) => faults === 0).length >= least ? 1 : 0
    }
    events += run.events
    return good / moments
  })
  return { shares, events }
}

export const availability: ValidationCase = {
  ...requests,
  tolerance: `${requests.tolerance} Shares of failures, which are small, to 3 % (1 of 2, and both of 2 memory devices: to 10 %).`,
  run(options) {
    const result = requests.run({ ...options, told: (share) => options.told?.(0.8 * share) })
    const isShort = options.form === 'short'
    const seconds = isShort ? 700 / 9 : 700
    const { shares, events } = shareUp(
      failing({ devices: 5, replicas: 1, recovery: wait, seed: 2404 }, seconds),
      4,
      Math.floor(seconds / 0.1),
    )
    const down = intervalRow(
      { label: '4 of 5: time with fewer up', unit: '', expected: 1 - pow(UP, 5) - 5 * pow(UP, 4) * (1 - UP) },
      shares.map((share) => 1 - share),
      isShort ? 0.3 : 0.1,
    )
    const rows: readonly Row[] = [...result.rows, down]
    return resultOf('B24', rows, {
      figures: [agreement('time or requests lost, share', rows)],
      events: result.events + events,
      notes: result.notes,
    })
  },
}
