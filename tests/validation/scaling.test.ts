import { expect, test } from 'vitest'
import { outcomeOf } from '../../src/simulator/outcome'
import { createRun, type Run } from '../../src/simulator/run'
import { constant, cpuPool, documentOf, readDocument, type Fields } from '../support/scenarios'

function finish(document: Parameters<typeof readDocument>[0]): Run {
  const run = createRun(readDocument(document))
  while (!run.advance(run.shape.endPs, 5_000_000));
  return run
}

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
  const { devices, figures, services } = outcomeOf(run)
  expect(services[0]).toMatchObject({ instanceWaitMeanUs: 19_000 / 4, workerWaitMeanUs: 0 })
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
