import { figure, relativeRow } from '../measuring'
import { plainCase } from '../plain-case'
import { constant, cpuPool, service, work } from '../scenario-parts'

/** Power and what a request takes of it. */

const POWERS = [
  { idle: 100, busy: 400, use: 0.2, rate: 50_000 },
  { idle: 100, busy: 400, use: 0.8, rate: 200_000 },
  { idle: 25, busy: 75, use: 0.6, rate: 60_000 },
] as const

export const energy = plainCase(
  {
    id: 'B25',
    title: 'Energy',
    question: 'Is power idle power plus the rest in proportion to utilization, and energy per request what follows?',
    source: 'X. Fan, W.-D. Weber, L. A. Barroso, ISCA 2007 (linear model)',
    tolerance: 'Within 0.01 %: arrivals are regular.',
    inputs: 'Regular arrivals of constant work at the given utilization; nothing is calibrated.',
  },
  (bench) =>
    POWERS.flatMap(({ idle, busy, use, rate }) => {
      const outcome = bench.one({
        nodes: [cpuPool('cpu', 1, 1, { idleWatts: idle, busyWatts: busy })],
        services: [service('s', [work(constant((use * 1e9) / rate))])],
        sources: [{ id: 'users', entry: 's.o', arrivals: { process: 'constant', ratePerSecond: rate } }],
        run: { warmupSeconds: 0.1, durationSeconds: 1 },
      })
      const watts = idle + (busy - idle) * use
      const joules = figure('energy_joules')(outcome)
      const name = `${idle}/${busy} W at ${100 * use} %`
      return [
        relativeRow({ label: `${name}: energy in 1 s`, unit: 'J', expected: watts }, joules, 1e-4, 'mechanism'),
        relativeRow(
          { label: `${name}: per request`, unit: 'µJ', expected: (1e6 * watts) / rate },
          (1e6 * joules) / figure('requests_offered')(outcome),
          1e-4,
          'mechanism',
        ),
      ]
    }),
)
