import { describe, expect, test } from 'vitest'
import { meanInterval } from '../../src/simulator/statistics/confidence'
import {
  erlangB,
  expectExactly,
  harmonic,
  meanSojourn,
  meanUs,
  meanValueAnalysis,
  replications,
} from '../support/queueing'
import { cpuPool, exponential, poisson, scenarioOf, type Fields } from '../support/scenarios'

/**
 * Networks of queues against their closed forms, with a free fabric and free RPC: 20 replications, seeds fixed here before
 * the first run; the formula must lie in the 99.9 % t-interval, and the 95 % half-width be at most 3 %.
 */
const HALF_WIDTH = 0.03

/** One CPU pool per service, each of one device; all joined by a switch that takes no time. */
function network(cores: readonly number[], services: readonly Fields[], source: Fields, run: Fields) {
  const ids = cores.map((_, i) => `cpu${i}`)
  return scenarioOf({
    nodes: [
      ...ids.map((id, i) => cpuPool(id, 1, cores[i])),
      { id: 'tor', kind: 'switch', spec: { latencyNs: 0, bufferKiB: 1e6 } },
    ],
    links: ids.map((id) => ({ id, from: id, to: 'tor', protocol: 'ideal', bandwidthGbps: null, propagationNs: 0 })),
    services: services.map((service, i) => ({ on: ids[Math.min(i, ids.length - 1)], ...service })),
    sources: [source],
    run: { warmupSeconds: 0.2, ...run },
  })
}

const work = (meanNs: number): Fields => ({ do: 'compute', timeNs: exponential(meanNs) })
const call = (to: string): Fields => ({ do: 'call', to })
const service = (id: string, steps: readonly Fields[], fields: Fields = {}): Fields => ({
  id,
  operations: [{ id: 'o', steps }],
  ...fields,
})

describe('networks of queues give what theory says', { timeout: 600_000 }, () => {
  test('a tandem at 50, 62.5 and 83 %: 153.3 µs', () => {
    const scenario = network(
      [1, 1, 1],
      [
        service('a', [work(10_000), call('b.o')]),
        service('b', [work(12_500), call('c.o')]),
        service('c', [work(1e9 / 60_000)]),
      ],
      poisson('a.o', 50_000),
      { seed: 81, durationSeconds: 1 },
    )
    const [means] = replications(scenario, 20, (run) => [meanUs(run)])
    expectExactly(means, 20 + 1e6 / 30_000 + 100, HALF_WIDTH)
  })

  test('feedback with probability 0.2: 166.7 µs', () => {
    const again = {
      do: 'choose',
      options: [
        { probability: 0.2, steps: [call('a.o')] },
        { probability: 0.8, steps: [] },
      ],
    }
    const scenario = network([1], [service('a', [work(50_000), again])], poisson('a.o', 10_000), {
      seed: 82,
      durationSeconds: 2,
    })
    const [means] = replications(scenario, 20, (run) => [meanUs(run)])
    expectExactly(means, 500 / 3, HALF_WIDTH)
  })

  test('8, 8 and 4 cores at 25, 50 and 75 %: 529 µs', () => {
    const scenario = network(
      [8, 8, 4],
      [
        service('a', [work(100_000), call('b.o')]),
        service('b', [work(200_000), call('c.o')]),
        service('c', [work(150_000)]),
      ],
      poisson('a.o', 20_000),
      { seed: 83, durationSeconds: 0.6 },
    )
    const formula = meanSojourn(0.02, 100, 8) + meanSojourn(0.02, 200, 8) + meanSojourn(0.02, 150, 4)
    expect(formula).toBeGreaterThan(528)
    expect(formula).toBeLessThan(530)
    const [means] = replications(scenario, 20, (run) => [meanUs(run)])
    expectExactly(means, formula, HALF_WIDTH)
  })

  test('16 users who think 100 µs, at stations of 10 and 5 µs: mean value analysis', () => {
    const users = {
      id: 'users',
      entry: 'a.o',
      arrivals: { process: 'closed', users: 16, thinkTimeNs: exponential(100_000) },
    }
    const scenario = network([1, 1], [service('a', [work(10_000), call('b.o')]), service('b', [work(5_000)])], users, {
      seed: 84,
      durationSeconds: 0.2,
    })
    const { throughput, response } = meanValueAnalysis(16, 100, [10, 5])
    const [means, rates] = replications(scenario, 20, (run) => [
      meanUs(run),
      run.machine.measures.requests.completed / 0.2e6,
    ])
    expectExactly(means, response, HALF_WIDTH)
    expectExactly(rates, throughput, HALF_WIDTH)
  })

  test('two servers that both must end, at 50 %: (12 - rho) / 8 of one', () => {
    const both = { do: 'parallel', branches: [[call('b.o')], [call('c.o')]] }
    const scenario = network(
      [1, 1, 1],
      [service('a', [both]), service('b', [work(10_000)]), service('c', [work(10_000)])],
      poisson('a.o', 50_000),
      { seed: 85, durationSeconds: 0.3 },
    )
    const [means] = replications(scenario, 20, (run) => [meanUs(run)])
    expectExactly(means, 28.75, HALF_WIDTH)
  })

  test('eight exponential branches without queueing take H_8 means', () => {
    const branches = { do: 'parallel', branches: Array.from({ length: 8 }, () => [work(100_000)]) }
    const scenario = network([2000], [service('a', [branches])], poisson('a.o', 10_000), {
      seed: 86,
      durationSeconds: 0.3,
    })
    const [means] = replications(scenario, 20, (run) => [meanUs(run)])
    expectExactly(means, 100 * harmonic(8), HALF_WIDTH)
  })
})

describe('one service gives what theory says', { timeout: 600_000 }, () => {
  test('ten servers without a queue lose what Erlang B says', () => {
    const scenario = network(
      [10],
      [service('a', [work(100_000)], { threads: 10, queueLimit: 0 })],
      poisson('a.o', 80_000),
      { seed: 91, durationSeconds: 0.5 },
    )
    const [lost] = replications(scenario, 20, (run) => [
      run.machine.measures.requests.failed / run.machine.measures.offeredCount,
    ])
    expectExactly(lost, erlangB(8, 10), HALF_WIDTH)
  })

  test('a queue of at most ten loses and lasts what M/M/1/10 says', () => {
    const scenario = network(
      [1],
      [service('a', [work(100_000)], { threads: 1, queueLimit: 9 })],
      poisson('a.o', 8000),
      {
        seed: 92,
        durationSeconds: 6,
      },
    )
    const [lost, means] = replications(scenario, 20, (run) => [
      run.machine.measures.requests.failed / run.machine.measures.offeredCount,
      meanUs(run),
    ])
    expectExactly(means, 379.7098, HALF_WIDTH)
    expectExactly(lost, 0.02349286, 0.08)
  })

  test('lognormal times with a squared variation of 2, at 70 %: Pollaczek and Khinchine', () => {
    const timeNs = { dist: 'lognormal', mean: 100_000, cv: Math.SQRT2 }
    const scenario = network([1], [service('a', [{ do: 'compute', timeNs }])], poisson('a.o', 7000), {
      seed: 93,
      durationSeconds: 14,
    })
    const [means] = replications(scenario, 20, (run) => [meanUs(run)])
    expectExactly(means, 450, HALF_WIDTH)
  })

  test('utilization is arrival rate times work over cores', () => {
    const scenario = network([4], [service('a', [work(100_000)])], poisson('a.o', 24_000), {
      seed: 94,
      durationSeconds: 1,
    })
    const [busy] = replications(scenario, 20, (run) => {
      const from = run.warm!.busyCores[0]
      const { busyCores } = run.machine.cores
      const until = busyCores.integralAt(0, run.shape.endPs)
      return [(until - from) / (4 * 1e12)]
    })
    expectExactly(busy, 0.6, HALF_WIDTH)
  })

  test('one queue per worker takes longer than one for all', () => {
    const tandem = (dispatch: string) =>
      network(
        [8, 8, 4],
        [
          service('a', [work(100_000), call('b.o')], { threads: 8, dispatch }),
          service('b', [work(200_000), call('c.o')], { threads: 8, dispatch }),
          service('c', [work(150_000)], { threads: 4, dispatch }),
        ],
        poisson('a.o', 20_000),
        { seed: 95, durationSeconds: 0.5 },
      )
    const mean = (dispatch: string) =>
      meanInterval(replications(tandem(dispatch), 5, (run) => [meanUs(run)])[0], 0.95).mean
    expect(mean('round-robin')).toBeGreaterThan(mean('shared'))
  })
})
