import { describe, expect, test } from 'vitest'
import { outcomeOf } from '../../../../src/simulator/outcome'
import {
  call,
  constant,
  cpuPool,
  finishedRun,
  scenarioOf,
  service,
  trace,
  work,
  type Fields,
} from '../../../support/scenarios'

const slow = (device: number): Fields => ({
  ...{ atSeconds: 0, target: { node: 'cpu', device } },
  ...{ effect: 'slow', factor: 100 },
})

/** One request, asked in turn of two instances, each on a device of its own; they take 50 µs, 5 ms on a slow device. */
function figures(attempts: Fields, slowDevices: readonly number[]): ReadonlyMap<string, number> {
  const scenario = scenarioOf({
    nodes: [cpuPool('cpu', 2, 1)],
    services: [service('s', [work(constant(50_000))], { replicas: 2 })],
    sources: [trace('s.o', [0], { attempts })],
    policies: { placement: { use: 'spread' }, loadBalancing: { use: 'round-robin' } },
    faults: slowDevices.map(slow),
    run: { durationSeconds: 0.01 },
  })
  return outcomeOf(finishedRun(scenario)).figures
}

describe('a second attempt beside the first', () => {
  test('has its own time-out: it goes on where the first is given up', () => {
    const told = figures({ timeoutUs: 60, hedgeAfterUs: 20 }, [0])
    expect(told.get('latency_mean_us')).toBe(70)
    expect(told.get('timeouts')).toBe(1)
    expect(told.get('hedges_won')).toBe(1)
  })

  test('is given up by itself; the retry comes when none is under way, and has a second one too', () => {
    const told = figures({ timeoutUs: 60, hedgeAfterUs: 20, retries: 1 }, [0, 1])
    expect(told.get('requests_failed_timed_out')).toBe(1)
    expect(told.get('retries')).toBe(1)
    expect(told.get('hedges')).toBe(2)
    expect(told.get('timeouts')).toBe(4)
  })

  test('never starts when the first is given up no later', () => {
    const told = figures({ timeoutUs: 60, hedgeAfterUs: 60 }, [0])
    expect(told.get('hedges')).toBe(0)
    expect(told.get('requests_failed_timed_out')).toBe(1)
  })

  test('has won too when the first has failed before it answers', () => {
    // The first asks g at 50 µs, which is taken until 60 µs and keeps no queue; the second asks at 70 µs.
    const scenario = scenarioOf({
      nodes: [cpuPool('cpu', 1, 4)],
      services: [
        service('s', [{ do: 'delay', timeNs: constant(50_000) }, call('g.o')]),
        service('g', [work(constant(60_000))], { threads: 1, queueLimit: 0 }),
      ],
      sources: [trace('g.o', [0], { id: 'other' }), trace('s.o', [0], { attempts: { hedgeAfterUs: 20 } })],
      run: { durationSeconds: 0.01 },
    })
    const told = outcomeOf(finishedRun(scenario)).figures
    expect(told.get('requests_completed')).toBe(2)
    expect(told.get('hedges_won')).toBe(1)
  })
})
