import { describe, expect, test } from 'vitest'
import { outcomeOf } from '../../src/simulator/outcome'
import type { Run } from '../../src/simulator/run'
import { constant, cpuPool, finishedRun, poisson, scenarioOf, trace, type Fields } from '../support/scenarios'

const figure = (run: Run, name: string): number => outcomeOf(run).figures.get(name)!

/**
 * Accelerometer's form of offloading that is waited for (B17): with a share `a` of `C` cycles in `n` kernels, an accelerator
 * `A` times faster and an overhead of `o` cycles per call
 *
 *     speed-up = 1 / ((1 - a) + a / A + (n / C) o)        break-even at n = a (1 - 1 / A) C / o
 */
interface Case {
  readonly share: number
  readonly times: number
  readonly cycles: number
  readonly overhead: number
}
const speedUp = ({ share, times, cycles, overhead }: Case, n: number): number =>
  1 / (1 - share + share / times + (n / cycles) * overhead)

/** At 2 GHz; the overhead is the way there and back, which nothing else uses. */
function measured({ share, times, cycles, overhead }: Case, n: number, use: string): Run {
  const ns = (part: number): Fields => constant(part / 2)
  const call: Fields[] = [
    { do: 'compute', timeNs: ns((cycles * (1 - share)) / n) },
    { do: 'compute', timeNs: ns((cycles * share) / n), offload: ['cpu', 'nic'] },
  ]
  const gap = (4 * cycles) / 2e9
  const instants = [1, 2, 3].map((i) => i * gap * 1e6)
  return finishedRun(
    scenarioOf({
      nodes: [cpuPool('cpu', 1, 1), { id: 'nic', kind: 'nic', spec: { cores: 1, speed: times } }],
      links: [{ id: 'l', from: 'cpu', to: 'nic', protocol: 'ideal', propagationNs: overhead / 4 }],
      services: [{ id: 's', operations: [{ id: 'o', steps: Array.from({ length: n }, () => call).flat() }] }],
      sources: [trace('s.o', instants)],
      policies: { offload: { use } },
      run: { durationSeconds: gap * 6 },
    }),
  )
}
const meanUs = (run: Run): number => run.machine.measures.requests.latency.mean() / 1e6

describe('offloading pays up to as many calls per kernel as the closed form says (B17)', () => {
  const first: Case = { share: 0.3, times: 5, cycles: 20_000, overhead: 500 }

  test.each([1, 5, 10, 16])('speed-up with %i kernels, within 3 %', (n) => {
    const ratio = meanUs(measured(first, n, 'never')) / meanUs(measured(first, n, 'always'))
    expect(Math.abs(ratio / speedUp(first, n) - 1)).toBeLessThan(0.03)
  })

  test('it crosses 1 at 9.6 kernels, within 3 %', () => {
    const ratios = [8, 9, 10, 11].map((n) => meanUs(measured(first, n, 'never')) / meanUs(measured(first, n, 'always')))
    const after = ratios.findIndex((ratio) => ratio < 1)
    expect(after).toBeGreaterThan(0)
    const crossing = 7 + after + (ratios[after - 1] - 1) / (ratios[after - 1] - ratios[after])
    expect(Math.abs(crossing / 9.6 - 1)).toBeLessThan(0.03)
  })

  test('calls of 6690 cycles with 4500 of overhead lose by as much as it says', () => {
    const fine: Case = { share: 0.15, times: 20, cycles: 2e9 / 298_951, overhead: 4500 }
    const ratio = meanUs(measured(fine, 1, 'never')) / meanUs(measured(fine, 1, 'always'))
    expect(Math.abs(ratio / 0.653535 - 1)).toBeLessThan(0.03)
  })

  test('the cost model offloads below the break-even and stays above it, so that it never loses', () => {
    for (const n of [1, 5, 9, 10, 16]) {
      const run = measured(first, n, 'cost-model')
      expect(figure(run, 'offloads')).toBe(n < 9.6 ? 3 * n : 0)
      expect(meanUs(run)).toBeLessThanOrEqual(meanUs(measured(first, n, 'never')) * 1.000001)
      expect(figure(run, 'offload_regret_percent')).toBeCloseTo(0, 6)
      expect(figure(run, 'offload_estimate_error_us')).toBeLessThan(0.001)
    }
  })
})

describe('slow cores that are asked for too much', () => {
  /** 80 % of four host cores; two DPU cores of 0.6 of their speed could take 12,000 of the 32,000 steps a second. */
  const run = (offload: Fields): Run =>
    finishedRun(
      scenarioOf({
        nodes: [cpuPool('cpu', 1, 4), { id: 'dpu', kind: 'nic', spec: { cores: 2, speed: 0.6 } }],
        links: [{ id: 'l', from: 'cpu', to: 'dpu', protocol: 'pcie', bandwidthGbps: 128, propagationNs: 400 }],
        services: [
          {
            id: 's',
            operations: [
              {
                id: 'o',
                steps: [
                  {
                    do: 'compute',
                    timeNs: constant(100_000),
                    offload: ['cpu', 'nic'],
                    inputBytes: 2000,
                    outputBytes: 500,
                  },
                ],
              },
            ],
          },
        ],
        sources: [poisson('s.o', 32_000)],
        policies: { offload },
        run: { seed: 3, warmupSeconds: 0.1, durationSeconds: 1 },
      }),
    )
  const p99 = (offload: Fields): number => figure(run(offload), 'latency_p99_us')
  const host = p99({ use: 'never' })

  test('make the tail explode where nobody looks', () => {
    expect(p99({ use: 'always' })).toBeGreaterThan(100 * host)
  })

  test.each([{ base: 'always' }, { base: 'cost-model' }])(
    'keep it within 5 percent of the host where saturation is seen: base $base',
    (more) => {
      const all = run({ use: 'overload-aware', ...more })
      expect(figure(all, 'latency_p99_us')).toBeLessThan(1.05 * host)
      expect(figure(all, 'offloads')).toBeGreaterThan(0)
    },
  )
})

describe('places drawn at random', () => {
  /** Of `index` and `name` a number in [low, high), spread evenly over its logarithm. */
  const drawn = (index: number, name: string, low: number, high: number): number => {
    let hash = 2166136261
    for (const letter of `${index}:${name}`) hash = Math.imul(hash ^ letter.charCodeAt(0), 16777619)
    hash = Math.imul(hash ^ (hash >>> 15), 2246822507)
    const uniform = ((hash ^ (hash >>> 13)) >>> 0) / 4294967296
    return Math.exp(Math.log(low) + uniform * Math.log(high / low))
  }

  function runOf(index: number, use: string, cv = 0.5): Run {
    const of = (name: string, low: number, high: number): number => drawn(index, name, low, high)
    const whole = (name: string, low: number, high: number): number => Math.floor(of(name, low, high + 1))
    const cores = whole('cores', 3, 6)
    const steps = ['a', 'b', 'c'].map((name): Fields => ({
      do: 'compute',
      timeNs: { dist: 'lognormal', mean: of(`${name} time`, 5000, 40_000), cv },
      offload: ['cpu', 'nic', 'memory'],
      inputBytes: whole(`${name} in`, 500, 50_000),
      outputBytes: whole(`${name} out`, 100, 5000),
    }))
    const meanNs = steps.reduce((sum, step) => sum + (step['timeNs'] as { mean: number }).mean, 0)
    const link = (from: string): Fields => ({
      id: from,
      from,
      to: 'tor',
      protocol: 'rdma',
      bandwidthGbps: of(`${from} rate`, 25, 400),
      propagationNs: of(`${from} way`, 50, 1000),
    })
    return finishedRun(
      scenarioOf({
        nodes: [
          cpuPool('cpu', 1, cores),
          { id: 'near', kind: 'nic', spec: { cores: whole('near', 1, 4), speed: of('near speed', 0.3, 1.5) } },
          { id: 'away', kind: 'nic', spec: { cores: whole('away', 2, 8), speed: of('away speed', 0.3, 2.5) } },
          { id: 'mem', kind: 'memory', spec: { cores: whole('mem', 1, 4), speed: of('mem speed', 0.2, 1) } },
          { id: 'tor', kind: 'switch' },
        ],
        links: ['cpu', 'near', 'away', 'mem'].map(link),
        services: [{ id: 's', operations: [{ id: 'o', steps }] }],
        sources: [poisson('s.o', (of('load', 0.5, 1.1) * cores * 1e9) / meanNs)],
        policies: { offload: { use } },
        run: { seed: 100 + index, warmupSeconds: 0.02, durationSeconds: 0.2 },
      }),
    )
  }
  const indexes = [0, 1, 2, 3, 4, 5]

  test('the cost model regrets less than 5 % where the work of steps is known', () => {
    for (const index of indexes) expect(figure(runOf(index, 'cost-model', 0), 'offload_regret_percent')).toBeLessThan(5)
  })

  test('and over all of these racks where only its mean is, with a coefficient of variation of 0.5', () => {
    const runs = indexes.map((index) => runOf(index, 'cost-model'))
    const sum = (name: string): number => runs.reduce((total, run) => total + figure(run, name), 0)
    expect((sum('offload_actual_mean_us') / sum('offload_best_mean_us') - 1) * 100).toBeLessThan(5)
  })

  test.each(indexes)('the bandit, which sees no estimate, comes near the cost model on rack %i', (index) => {
    const learnt = figure(runOf(index, 'bandit'), 'offload_actual_mean_us')
    expect(learnt).toBeLessThan(1.1 * figure(runOf(index, 'cost-model'), 'offload_actual_mean_us'))
  })
})
