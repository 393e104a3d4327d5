import { describe, expect, test } from 'vitest'
import type { Run } from '../../src/simulator/run'
import { figure } from '../support/asked-of-runs'
import { constant, cpuPool, finishedRun, scenarioOf, trace, type Fields } from '../support/scenarios'

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
