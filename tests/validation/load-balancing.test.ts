import { expect, test } from 'vitest'
import { createRun, type Run } from '../../src/simulator/run'
import { exponential, poisson, scenarioOf, service, work } from '../support/scenarios'

/** Servers of one core, one instance each; exponential work of 10 µs. */
function servers(count: number, load: number, use: string, seconds: number, seed: number): Run {
  return createRun(
    scenarioOf({
      nodes: [{ id: 'cpu', kind: 'cpu', count, spec: { cores: 1, frequencyGHz: 1000 } }],
      services: [service('s', [work(exponential(10_000))], { replicas: count })],
      sources: [poisson('s.o', (load * count) / 10e-6)],
      policies: { placement: { use: 'round-robin' }, loadBalancing: { use } },
      run: { seed, warmupSeconds: 0.002, durationSeconds: seconds },
    }),
  )
}

function finish(run: Run): Run {
  while (!run.advance(run.shape.endPs, 1_000_000));
  return run
}

const meanUs = (run: Run): number => run.machine.measures.requests.latency.mean() / 1e6

test('a random split makes independent queues M/M/1: mean within 3 %, 99th percentile within 5 %, split within four deviations', () => {
  const run = finish(servers(5, 0.7, 'random', 1, 3109))
  const mean = 10 / (1 - 0.7)
  expect(Math.abs(meanUs(run) / mean - 1)).toBeLessThan(0.03)
  const p99 = run.machine.measures.requests.latency.percentile(0.99) / 1e6
  expect(Math.abs(p99 / (mean * Math.log(100)) - 1)).toBeLessThan(0.05)
  const { served } = run.machine.cores
  const all = served.reduce((sum, count) => sum + count, 0)
  for (const count of served) expect(Math.abs(count - all / 5)).toBeLessThan(4 * Math.sqrt(all * 0.2 * 0.8))
})

test('what is drawn belongs to the request: round robin before it, or another load, changes none of the draws', () => {
  const instancesOf = (load: number): number[] => {
    const run = servers(5, load, 'random', 0.001, 3111)
    const chosen: number[] = []
    const { instances } = run.machine
    const assign = instances.assign.bind(instances)
    instances.assign = (instance, change) => {
      if (change > 0) chosen.push(instance)
      assign(instance, change)
    }
    finish(run)
    return chosen
  }
  const [slow, fast] = [instancesOf(0.2), instancesOf(0.9)]
  expect(slow.length).toBeGreaterThan(200)
  expect(fast.length).toBeGreaterThan(2 * slow.length)
  expect(fast.slice(0, slow.length)).toEqual(slow)
})
