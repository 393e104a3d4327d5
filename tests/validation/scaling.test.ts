import { describe, expect, test } from 'vitest'
import { outcomeOf } from '../../src/simulator/outcome'
import { createRun, type Run } from '../../src/simulator/run'
import { constant, cpuPool, documentOf, poisson, readDocument, type Fields } from '../support/scenarios'

/** Two-sided 99.9 % of a normal. */
const Z = 3.29

function finish(document: Parameters<typeof readDocument>[0]): Run {
  const run = createRun(readDocument(document))
  while (!run.advance(run.shape.endPs, 5_000_000));
  return run
}

function serverless(ratePerSecond: number, keepAliveMs: number, durationSeconds: number, more: Fields = {}): Run {
  return finish(
    documentOf({
      nodes: [cpuPool('cpu', 1, 4)],
      services: [
        {
          id: 'f',
          minReplicas: 0,
          ...more,
          operations: [{ id: 'go', steps: [{ do: 'compute', timeNs: constant(100) }] }],
        },
      ],
      sources: [poisson('f.go', ratePerSecond)],
      policies: { scaling: { use: 'keep-alive', keepAliveMs, controlPeriodMs: 1000 } },
      run: { seed: 23, warmupSeconds: 0, durationSeconds },
    }),
  )
}

/**
 * One instance, work and cold start short against the time between requests (here 0.1 µs and 0 against 60 ms and more):
 * a request starts one if nothing came for the keep-alive time, so each of n does with the chance exp(-rate * keep), on
 * its own: the number is binomial. Times are those of the table in the design's validation notes, a thousandth of them.
 */
describe.each([
  { everyMs: 60, keepMs: 600, seconds: 6000 },
  { everyMs: 600, keepMs: 600, seconds: 6000 },
  { everyMs: 3600, keepMs: 1200, seconds: 9000 },
])('a request every $everyMs ms, kept alive $keepMs ms', ({ everyMs, keepMs, seconds }) => {
  const load = keepMs / everyMs
  const chance = Math.exp(-load)
  const run = serverless(1000 / everyMs, keepMs, seconds)
  const { figures } = outcomeOf(run)
  const n = figures.get('requests_offered')!

  test('starts cold as often as the closed form says, within 99.9 %', () => {
    const cold = figures.get('cold_starts')!
    expect(n).toBeGreaterThan(0.9 * (seconds / everyMs) * 1000)
    // continuity correction for the first case, whose expectation is 4.5
    expect(Math.abs(cold - n * chance)).toBeLessThan(Z * Math.sqrt(n * chance * (1 - chance)) + 0.5)
  })

  test('is warm and idle for (1 - exp(-rate * keep)) / rate per request, within 99.9 %', () => {
    // min(gap, keep) has the mean (1 - e^-a) / rate and the second moment 2 (1 - e^-a (1 + a)) / rate^2
    const mean = 1 - chance
    const deviation = Math.sqrt(2 * (1 - chance * (1 + load)) - mean * mean)
    const perRequest = (figures.get('replicas_mean')! * seconds * 1000) / n / everyMs
    expect(Math.abs(perRequest - mean)).toBeLessThan((Z * deviation) / Math.sqrt(n))
  })
})

test('a request that finds no instance waits exactly for the cold start, and requests behind it for what is left', () => {
  const run = finish(
    documentOf({
      nodes: [cpuPool('cpu', 1, 4)],
      services: [
        {
          id: 'f',
          minReplicas: 0,
          coldStartMs: 7,
          operations: [{ id: 'go', steps: [{ do: 'compute', timeNs: constant(1000) }] }],
        },
      ],
      sources: [{ id: 'u', entry: 'f.go', arrivals: { process: 'trace', timesSeconds: [0.05, 0.052, 0.06, 0.2] } }],
      policies: { scaling: { use: 'keep-alive', keepAliveMs: 40, controlPeriodMs: 1000 } },
      run: { seed: 1, warmupSeconds: 0, durationSeconds: 0.5 },
    }),
  )
  const { latency } = run.machine.measures.requests
  // 7 ms, 5 ms, none, 7 ms, each with 1 µs of work
  expect(latency.total()).toBe(19e9 + 4e6)
  expect(latency.max).toBe(7e9 + 1e6)
  const rows = run.decisions.rows.filter((row) => row.kind === 'scaling')
  expect(rows.map((row) => [row.timeS, row.from, row.to])).toEqual([
    [0.04, '1 replica', '0 replicas'],
    [0.05, '0 replicas', '1 replica'],
    [0.100001, '1 replica', '0 replicas'],
    [0.2, '0 replicas', '1 replica'],
    [0.247001, '1 replica', '0 replicas'],
  ])
  const { devices, figures } = outcomeOf(run)
  expect(figures.get('cold_starts')).toBe(2)
  expect(figures.get('replicas_mean')).toBeCloseTo((40 + 43.001 + 40.001) / 500, 9)
  expect(devices[0].energyJoules).toBeGreaterThan(0)
})

/** Requests every 1 / rate, each of constant work: so many cores are busy, without a fluctuation. */
function steady(rate: number, workUs: number, scaling: Fields, more: Fields = {}): Run {
  return finish(
    documentOf({
      nodes: [cpuPool('cpu', 4, 16)],
      services: [
        {
          id: 'web',
          replicas: 2,
          minReplicas: 1,
          maxReplicas: 40,
          ...more,
          operations: [{ id: 'go', steps: [{ do: 'compute', timeNs: constant(workUs * 1000) }] }],
        },
      ],
      sources: [{ id: 'u', entry: 'web.go', arrivals: { process: 'constant', ratePerSecond: rate } }],
      policies: { placement: { use: 'spread' }, loadBalancing: { use: 'round-robin' }, scaling },
      run: { seed: 1, warmupSeconds: 0, durationSeconds: 1 },
    }),
  )
}

const upAtEnd = (run: Run): number => run.machine.lives.up.valueOf(0)

test.each([
  { rate: 8000, workUs: 400, target: 0.5 },
  { rate: 8000, workUs: 500, target: 0.8 },
  { rate: 5000, workUs: 900, target: 0.7 },
  { rate: 2000, workUs: 250, target: 0.8 },
])('target utilization is exact on a constant load: $rate/s of $workUs µs at $target', ({ rate, workUs, target }) => {
  const run = steady(rate, workUs, { use: 'target-utilization', target, controlPeriodMs: 20, stabilizationMs: 60 })
  const busy = (rate * workUs) / 1e6
  // the formula from two replicas; what it gives is within the tolerance of its target, so it stays
  const ratio = busy / 2 / target
  const wanted = Math.abs(ratio - 1) <= 0.1 ? 2 : Math.ceil(ratio * 2 - 1e-9)
  expect(upAtEnd(run)).toBe(wanted)
  const after = Math.abs(busy / wanted / target - 1)
  if (after <= 0.1)
    expect(run.decisions.rows.filter((row) => row.kind === 'scaling')).toHaveLength(wanted === 2 ? 0 : 1)
})

test('queue length: as many replicas as the requests in the house need', () => {
  // 4000/s that stay 1 ms: four in the house at any moment, as long as cores are free
  const run = steady(4000, 1000, { use: 'queue-length', requestsPerReplica: 1, controlPeriodMs: 20 })
  expect(upAtEnd(run)).toBe(4)
})

test('a cold start delays what scaling out is for, and nothing is lost meanwhile', () => {
  const scaling = { use: 'target-utilization', target: 0.5, controlPeriodMs: 20 }
  const warm = steady(8000, 700, scaling, { threads: 2 })
  const cold = steady(8000, 700, scaling, { threads: 2, coldStartMs: 100 })
  const mean = (run: Run): number => outcomeOf(run).figures.get('latency_mean_us')!
  expect(mean(cold)).toBeGreaterThan(2 * mean(warm))
  for (const run of [warm, cold]) expect(outcomeOf(run).figures.get('requests_failed')).toBe(0)
})

test('pre-warming learns a rhythm: an instance is there when the next request comes, and hardly longer', () => {
  const times = Array.from({ length: 100 }, (_, i) => 0.5 + i * 3)
  const run = (scaling: Fields): Run =>
    finish(
      documentOf({
        nodes: [cpuPool('cpu', 1, 4)],
        services: [
          {
            id: 'f',
            minReplicas: 0,
            coldStartMs: 50,
            operations: [{ id: 'go', steps: [{ do: 'compute', timeNs: constant(1000) }] }],
          },
        ],
        sources: [{ id: 'u', entry: 'f.go', arrivals: { process: 'trace', timesSeconds: times } }],
        policies: { scaling },
        run: { seed: 1, warmupSeconds: 90, durationSeconds: 210 },
      }),
    )
  const kept = outcomeOf(run({ use: 'keep-alive', keepAliveMs: 600 })).figures
  const warmed = outcomeOf(run({ use: 'pre-warming', keepAliveMs: 600 })).figures
  expect(kept.get('latency_max_us')).toBeCloseTo(50_001, 6)
  expect(warmed.get('latency_max_us')).toBeCloseTo(1, 6)
  // idle times just below 3 s are in the bin from 2.94 s, less a tenth: it is up from there until the request, then ends
  expect(warmed.get('replicas_mean')).toBeCloseTo((3 - 0.9 * 2.94) / 3, 4)
  expect(kept.get('replicas_mean')).toBeCloseTo(0.6 / 3, 4)
})
