import { renewalSojourn, stationary, twoClassAnalysis, type Transition } from '../closed-forms'
import { exp } from '../../simulator/engine/exact-math'
import type { Outcome } from '../../simulator/outcome'
import { exactCase, mean, percentile, type System } from '../exact-case'
import { failedShare, meanUs } from '../measuring'
import {
  call,
  closed,
  exponential,
  poisson,
  scenarioOf,
  service,
  stations,
  work,
  type Fields,
  type Parts,
} from '../scenario-parts'

/** Systems beyond the usual list, each with an exact answer: they try parts that the others do not. */

function systemOf(parts: Omit<Parts, 'run'>, seed: number): System['scenario'] {
  return (durationSeconds) =>
    scenarioOf({ ...parts, run: { seed, warmupSeconds: Math.max(durationSeconds / 50, 0.005), durationSeconds } })
}

function operationMean(name: string): (outcome: Outcome) => number {
  return (outcome) => outcome.operations.find((row) => `${row.service}.${row.operation}` === name)?.meanUs ?? NaN
}

const timer: System = {
  name: 'D/M/1 at 80 %',
  scenario: systemOf(
    stations([1], [service('s', [work(exponential(10_000))])], {
      sources: [{ id: 'users', entry: 's.o', arrivals: { process: 'constant', ratePerSecond: 80_000 } }],
    }),
    2001,
  ),
  seconds: 2.5,
  quantities: [mean('mean latency', 'µs', 10 * renewalSojourn((s) => exp(-s / 0.8)), meanUs)],
}

/** Every second arrival goes to the same replica: Erlang-2 between arrivals. */
const turns: System = {
  name: 'two replicas in turn (E2/M/1) at 80 %',
  scenario: systemOf(
    {
      nodes: [{ id: 'cpu', kind: 'cpu', count: 2, spec: { cores: 1, frequencyGHz: 1000 } }],
      services: [service('s', [work(exponential(10_000))], { replicas: 2 })],
      sources: [poisson('s.o', 160_000)],
      policies: { placement: { use: 'spread' }, loadBalancing: { use: 'round-robin' } },
    },
    2002,
  ),
  seconds: 1.6,
  quantities: [mean('mean latency', 'µs', 10 * renewalSojourn((s) => (1.6 / (1.6 + s)) * (1.6 / (1.6 + s))), meanUs)],
}

export const renewalQueues = exactCase(
  {
    id: 'X1',
    title: 'GI/M/1: a timer, and replicas in turn',
    question:
      'Are regular arrivals, and the arrivals that round robin leaves to each replica, less bursty by the right amount?',
    source: 'L. Kleinrock, Queueing Systems, vol. 1 (1975), section 6.4',
    inputs: 'Exponential work of 10 µs; nothing is calibrated.',
    secondsShort: 3,
  },
  [timer, turns],
)

const MOST_WAITING = 60

/** Mean sojourn, in service times, at two servers of which the emptier is joined: the chain cut off at 60 in either queue. */
function shortestQueueSojourn(load: number): number {
  const index = (a: number, b: number): number => a * (MOST_WAITING + 1) + b
  const transitions: Transition[] = []
  for (let a = 0; a <= MOST_WAITING; a += 1)
    for (let b = 0; b <= MOST_WAITING; b += 1) {
      const from = index(a, b)
      const joins = (one: number, other: number): number => (one < other ? 2 * load : one === other ? load : 0)
      if (a < MOST_WAITING) transitions.push({ from, to: index(a + 1, b), rate: joins(a, b) })
      if (b < MOST_WAITING) transitions.push({ from, to: index(a, b + 1), rate: joins(b, a) })
      if (a > 0) transitions.push({ from, to: index(a - 1, b), rate: 1 })
      if (b > 0) transitions.push({ from, to: index(a, b - 1), rate: 1 })
    }
  const states = (MOST_WAITING + 1) * (MOST_WAITING + 1)
  const chance = stationary(states, transitions, 800)
  let held = 0
  for (let a = 0; a <= MOST_WAITING; a += 1)
    for (let b = 0; b <= MOST_WAITING; b += 1) held += (a + b) * chance[index(a, b)]
  return held / (2 * load)
}

export const shortestQueue = exactCase(
  {
    id: 'X2',
    title: 'Join the shortest of two queues',
    question: 'Does least-loaded balancing give the latency of the Markov chain of joining the shorter queue?',
    source: 'F. A. Haight, Biometrika 45, 1958; solved here as a chain cut off at 60 requests a server',
    inputs: 'Two devices of one core, exponential work of 10 µs; nothing is calibrated.',
    secondsShort: 3,
  },
  [0.5, 0.8].map((load, i) => ({
    name: `ρ = ${load}`,
    scenario: systemOf(
      {
        nodes: [{ id: 'cpu', kind: 'cpu', count: 2, spec: { cores: 1, frequencyGHz: 1000 } }],
        services: [service('s', [work(exponential(10_000))], { replicas: 2 })],
        sources: [poisson('s.o', load * 200_000)],
        policies: { placement: { use: 'spread' }, loadBalancing: { use: 'least-loaded' } },
      },
      2011 + i,
    ),
    seconds: i === 0 ? 0.3 : 1.2,
    quantities: [mean('mean latency', 'µs', 10 * shortestQueueSojourn(load), meanUs)],
  })),
)

const BATCH = 4

/** One request sends four jobs at once and waits for none: M^[4]/M/1. */
const batches: System = {
  name: 'jobs four at a time, at 60 %',
  scenario: systemOf(
    stations(
      [1, 1],
      [
        service(
          'a',
          Array.from({ length: BATCH }, (): Fields => ({ do: 'send', to: 'b.o' })),
        ),
        service('b', [work(exponential(10_000))]),
      ],
      { sources: [poisson('a.o', 15_000)] },
    ),
    2021,
  ),
  seconds: 4.5,
  quantities: [mean('mean latency of a job', 'µs', (10 * (1 + BATCH)) / (2 * (1 - 0.6)), operationMean('b.o'))],
}

export const batchArrivals = exactCase(
  {
    id: 'X3',
    title: 'Jobs that arrive in batches',
    question: 'Do messages sent without waiting queue at their target as batch arrivals do?',
    source:
      'L. Kleinrock, Queueing Systems, vol. 1 (1975), section 4.5: L = ρ(1 + b) / (2(1 - ρ)) for constant batches of b',
    inputs: 'Batches of 4, exponential work of 10 µs; nothing is calibrated.',
    secondsShort: 3,
  },
  [batches],
)

const ROOM = [5, 4] as const

/** Two finite queues in a row, solved as a chain: loss at either, and the mean latency of what passes both. */
function lossTandem(arrivals: number, rates: readonly [number, number]) {
  const width = ROOM[1] + 1
  const transitions: Transition[] = []
  for (let a = 0; a <= ROOM[0]; a += 1)
    for (let b = 0; b <= ROOM[1]; b += 1) {
      const from = a * width + b
      if (a < ROOM[0]) transitions.push({ from, to: (a + 1) * width + b, rate: arrivals })
      if (a > 0) transitions.push({ from, to: (a - 1) * width + Math.min(b + 1, ROOM[1]), rate: rates[0] })
      if (b > 0) transitions.push({ from, to: a * width + b - 1, rate: rates[1] })
    }
  const chance = stationary((ROOM[0] + 1) * width, transitions, 4000)
  let done = 0
  for (let a = 0; a <= ROOM[0]; a += 1) for (let b = 1; b <= ROOM[1]; b += 1) done += chance[a * width + b] * rates[1]
  return { lost: 1 - done / arrivals }
}

const tandem: System = {
  name: 'room for 5, then for 4',
  scenario: systemOf(
    stations(
      [1, 1, 1],
      [
        service('f', [call('a.o'), call('b.o')]),
        service('a', [work(exponential(10_000))], { threads: 1, queueLimit: ROOM[0] - 1 }),
        service('b', [work(exponential(11_000))], { threads: 1, queueLimit: ROOM[1] - 1 }),
      ],
      { sources: [poisson('f.o', 80_000)] },
    ),
    2031,
  ),
  seconds: 0.7,
  quantities: [percentile('lost', '', lossTandem(0.8, [1, 10 / 11]).lost, failedShare)],
}

export const finiteTandem = exactCase(
  {
    id: 'X4',
    title: 'Two finite queues in a row',
    question: 'Do requests fail as often as the Markov chain of two bounded queues says, the second fed by the first?',
    source: 'Solved here as a Markov chain of 30 states',
    inputs: 'Exponential work of 10 and 11 µs, arrivals at 80 % of the first; nothing is calibrated.',
    secondsShort: 2,
  },
  [tandem],
)

const CLASSES = { users: [6, 10], thinkUs: [50, 100] } as const
const TWO = twoClassAnalysis(CLASSES.users, CLASSES.thinkUs, [
  [10, 10],
  [5, 0],
])

function twoClasses(seconds: number): System {
  return {
    name: '6 users of both stations, 10 of one',
    scenario: systemOf(
      stations(
        [1, 1],
        [
          {
            id: 'a',
            operations: [
              { id: 'both', steps: [work(exponential(10_000)), call('b.o')] },
              { id: 'one', steps: [work(exponential(10_000))] },
            ],
          },
          service('b', [work(exponential(5000))]),
        ],
        {
          sources: [
            closed('a.both', CLASSES.users[0], exponential(50_000), { id: 'first' }),
            closed('a.one', CLASSES.users[1], exponential(100_000), { id: 'second' }),
          ],
        },
      ),
      2041,
    ),
    seconds,
    quantities: [
      mean('mean response, first class', 'µs', CLASSES.users[0] / TWO[0] - 50, operationMean('a.both')),
      mean('mean response, second class', 'µs', CLASSES.users[1] / TWO[1] - 100, operationMean('a.one')),
    ],
  }
}

export const twoClassNetwork = exactCase(
  {
    id: 'X5',
    title: 'A closed network with two classes',
    question: 'Do two kinds of users share stations as exact mean value analysis of two classes says?',
    source: 'F. Baskett, K. M. Chandy, R. R. Muntz, F. G. Palacios, J. ACM 22(2), 1975',
    inputs: 'Exponential work of 10 and 5 µs, think times of 50 and 100 µs; nothing is calibrated.',
    secondsShort: 2,
  },
  [twoClasses(0.5)],
)

/** Arrivals switch between 90,000 and 20,000 a second, 1 ms each on average. */
const PHASES = [
  { ratePerSecond: 90_000, meanSeconds: 0.001 },
  { ratePerSecond: 20_000, meanSeconds: 0.001 },
] as const

/** Mean sojourn of MMPP/M/1 in µs, as a chain cut off at 1000 requests. */
function switchedSojourn(): number {
  const most = 1000
  const transitions: Transition[] = []
  for (let n = 0; n <= most; n += 1)
    for (let phase = 0; phase < 2; phase += 1) {
      const from = 2 * n + phase
      const { ratePerSecond, meanSeconds } = PHASES[phase]
      transitions.push({ from, to: 2 * n + (1 - phase), rate: 1e-6 / meanSeconds })
      if (n < most) transitions.push({ from, to: 2 * (n + 1) + phase, rate: ratePerSecond / 1e6 })
      if (n > 0) transitions.push({ from, to: 2 * (n - 1) + phase, rate: 0.1 })
    }
  const chance = stationary(2 * (most + 1), transitions, 6000)
  const held = chance.reduce((sum, share, state) => sum + Math.floor(state / 2) * share, 0)
  return held / 0.055
}

export const switchedArrivals = exactCase(
  {
    id: 'X6',
    title: 'Arrivals that come in bursts (MMPP/M/1)',
    question: 'Do arrivals that switch between a high and a low rate queue as their Markov chain says?',
    source:
      'W. Fischer, K. Meier-Hellstern, Performance Evaluation 18(2), 1993; solved here as a chain cut off at 1,000 requests',
    inputs: '90,000 and 20,000 a second, 1 ms each on average, exponential work of 10 µs; nothing is calibrated.',
    secondsShort: 4,
  },
  [
    {
      name: '90 and 20 % in turn',
      scenario: systemOf(
        stations([1], [service('s', [work(exponential(10_000))])], {
          sources: [
            { id: 'users', entry: 's.o', arrivals: { process: 'mmpp', states: PHASES.map((phase) => ({ ...phase })) } },
          ],
        }),
        2051,
      ),
      seconds: 6,
      quantities: [mean('mean latency', 'µs', switchedSojourn(), meanUs)],
    },
  ],
)
