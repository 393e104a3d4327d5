import { describe, expect, test } from 'vitest'
import type { Scenario } from '../../../../src/scenario/scenario'
import { outcomeOf } from '../../../../src/simulator/outcome'
import { createRun } from '../../../../src/simulator/run'
import { constant, cpuPool, finishedRun, scenarioOf, type Fields } from '../../../support/scenarios'

/** One worker of one service that takes 100 µs a request; requests at given times, asked under a rule. */
function oneWorker(timesSeconds: readonly number[], attempts: Fields, service: Fields = {}): Scenario {
  return scenarioOf({
    nodes: [cpuPool('cpu', 1, 1)],
    services: [
      {
        id: 's',
        threads: 1,
        ...service,
        operations: [{ id: 'o', steps: [{ do: 'compute', timeNs: constant(100_000) }] }],
      },
    ],
    sources: [{ id: 'u', entry: 's.o', attempts, arrivals: { process: 'trace', timesSeconds: [...timesSeconds] } }],
    run: { durationSeconds: 0.01 },
  })
}

const figuresOf = (scenario: Scenario): ReadonlyMap<string, number> => outcomeOf(finishedRun(scenario)).figures

describe('what is asked more than once', () => {
  test('a late answer is given up, and the request fails for being late', () => {
    const figures = figuresOf(oneWorker([0.001], { timeoutUs: 60 }))
    expect(figures.get('requests_failed')).toBe(1)
    expect(figures.get('requests_failed_timed_out')).toBe(1)
    expect(figures.get('timeouts')).toBe(1)
  })

  test('each attempt draws its own place', () => {
    const scenario = scenarioOf({
      nodes: [cpuPool('cpu', 8, 2)],
      services: [
        { id: 's', replicas: 8, operations: [{ id: 'o', steps: [{ do: 'compute', timeNs: constant(10_000_000) }] }] },
      ],
      sources: [
        {
          id: 'u',
          entry: 's.o',
          attempts: { timeoutUs: 100, retries: 20, backoffUs: 0, retryBudget: null },
          arrivals: { process: 'trace', timesSeconds: [0.001] },
        },
      ],
      policies: { placement: { use: 'spread' }, loadBalancing: { use: 'random' } },
      run: { durationSeconds: 0.005 },
    })
    const { assigned } = finishedRun(scenario).machine.instances
    expect(assigned.reduce((sum, count) => sum + count, 0)).toBe(21)
    // Of 8 places 21 draws leave out more than 3 with a chance of less than one in 10,000.
    expect(assigned.filter((count) => count > 0).length).toBeGreaterThanOrEqual(5)
  })

  test('an orphan keeps its worker: the retry waits behind it', () => {
    const figures = figuresOf(oneWorker([0.001], { timeoutUs: 150, retries: 1, backoffUs: 0 }))
    expect(figures.get('latency_mean_us')).toBe(100)
    const late = figuresOf(oneWorker([0.001, 0.001], { timeoutUs: 190, retries: 1 }))
    // The second is given up at 190 µs, 10 before its answer; the retry waits for the end of that and takes 100 more.
    expect(late.get('requests_completed')).toBe(2)
    expect(late.get('latency_max_us')).toBe(300)
    expect(late.get('retries')).toBe(1)
  })

  test('a retry waits as long as its backoff, and a fifth more or less', () => {
    const figures = figuresOf(oneWorker([0.001, 0.001], { retries: 1, backoffUs: 1000 }, { queueLimit: 0 }))
    expect(figures.get('requests_completed')).toBe(2)
    expect(figures.get('latency_max_us')).toBeGreaterThanOrEqual(100 + 800)
    expect(figures.get('latency_max_us')).toBeLessThanOrEqual(100 + 1200)
  })

  test('who finds the queue full, and no retry left, fails for that', () => {
    const figures = figuresOf(oneWorker([0.001, 0.001], { retries: 2, backoffUs: 1 }, { queueLimit: 0 }))
    expect(figures.get('requests_failed_full')).toBe(1)
    expect(figures.get('retries')).toBe(2)
  })

  test('a service sheds what comes while the first in line has waited for too long', () => {
    const times = [0.001, 0.00101, 0.00105, 0.00107]
    const figures = figuresOf(oneWorker(times, {}, { shedAfterMs: 0.05 }))
    expect(figures.get('requests_failed_shed')).toBe(1)
    expect(figures.get('requests_completed')).toBe(3)
  })

  test('the second of two instances answers for a slow first one', () => {
    const scenario = scenarioOf({
      nodes: [cpuPool('cpu', 2, 1)],
      services: [
        {
          id: 's',
          replicas: 2,
          operations: [{ id: 'o', steps: [{ do: 'compute', timeNs: constant(100_000) }] }],
        },
      ],
      sources: [
        {
          id: 'u',
          entry: 's.o',
          attempts: { hedgeAfterUs: 150 },
          arrivals: { process: 'trace', timesSeconds: [0.001] },
        },
      ],
      policies: { placement: { use: 'spread' } },
      faults: [{ atSeconds: 0, target: { node: 'cpu', device: 0 }, effect: 'slow', factor: 10 }],
      run: { durationSeconds: 0.01 },
    })
    const figures = figuresOf(scenario)
    expect(figures.get('latency_mean_us')).toBe(250)
    expect(figures.get('hedges_won')).toBe(1)
  })

  test('a failed call is asked again by its caller', () => {
    const scenario = scenarioOf({
      nodes: [cpuPool('cpu', 1, 2)],
      services: [
        {
          id: 'front',
          operations: [
            { id: 'o', steps: [{ do: 'call', to: 'back.o', attempts: { retries: 3, backoffUs: 60, timeoutUs: 500 } }] },
          ],
        },
        {
          id: 'back',
          threads: 1,
          queueLimit: 0,
          operations: [{ id: 'o', steps: [{ do: 'compute', timeNs: constant(100_000) }] }],
        },
      ],
      sources: [{ id: 'u', entry: 'front.o', arrivals: { process: 'trace', timesSeconds: [0.001, 0.001] } }],
      run: { durationSeconds: 0.01 },
    })
    const figures = figuresOf(scenario)
    expect(figures.get('requests_completed')).toBe(2)
    expect(figures.get('retries')).toBeGreaterThanOrEqual(1)
  })

  test('a run restored in the middle of its attempts goes on as the unbroken one', () => {
    const times = Array.from({ length: 60 }, (_, i) => 0.0001 * i)
    const scenario = oneWorker(times, {
      timeoutUs: 130,
      retries: 2,
      backoffUs: 40,
      retryBudget: 0.3,
      hedgeAfterUs: 90,
    })
    const unbroken = finishedRun(scenario)
    const broken = createRun(scenario)
    broken.advance(3_000_000_000, Infinity)
    const saved = broken.save()
    const other = createRun(scenario)
    other.restore(saved)
    other.advance(other.shape.endPs, Infinity)
    expect(outcomeOf(other).figures).toEqual(outcomeOf(unbroken).figures)
    expect(outcomeOf(unbroken).figures.get('hedges')).toBeGreaterThan(0)
  })
})
