import { describe, expect, test } from 'vitest'
import type { Scenario } from '../../src/scenario/scenario'
import { outcomeOf } from '../../src/simulator/outcome'
import type { Run } from '../../src/simulator/run'
import { expectExactly, replications } from '../support/queueing'
import { cpuPool, exponential, finishedRun, poisson, scenarioOf, type Fields } from '../support/scenarios'

/**
 * Requests that are asked more than once, without queueing: an answer takes an exponential 100 µs, and nobody is in
 * anybody's way. 20 replications, seeds and tolerances fixed before the first run.
 */
const meanPs = 100_000

function asked(attempts: Fields, seed: number): Scenario {
  return scenarioOf({
    nodes: [cpuPool('cpu', 1, 1)],
    services: [{ id: 's', operations: [{ id: 'o', steps: [{ do: 'delay', timeNs: exponential(meanPs) }] }] }],
    sources: [{ ...poisson('s.o', 20_000), attempts }],
    run: { seed, warmupSeconds: 0.01, durationSeconds: 2 },
  })
}

const share =
  (name: string) =>
  (run: Run): number => {
    const { figures } = outcomeOf(run)
    return figures.get(name)! / figures.get('requests_offered')!
  }

describe('requests that are asked more than once', { timeout: 300_000 }, () => {
  test('attempts that fail with probability p by a time-out are geometric in number', () => {
    const p = Math.exp(-1)
    const [retries, failed, timeouts] = replications(asked({ timeoutUs: 100, retries: 4 }, 72), 20, (run) => [
      share('retries')(run),
      share('requests_failed')(run),
      share('timeouts')(run),
    ])
    expectExactly(retries, p + p ** 2 + p ** 3 + p ** 4, 0.01)
    expectExactly(failed, p ** 5, 0.05)
    expectExactly(timeouts, p + p ** 2 + p ** 3 + p ** 4 + p ** 5, 0.01)
  })

  test('a retry budget lets that many further attempts be made per request', () => {
    // Deposits and withdrawals: beyond a fifth of the requests there are the 10 saved up at the start, and no more.
    const run = finishedRun(asked({ timeoutUs: 100, retries: 20, retryBudget: 0.2 }, 73))
    const { figures } = outcomeOf(run)
    expect(Math.abs(figures.get('retries')! - 0.2 * figures.get('requests_offered')!)).toBeLessThanOrEqual(11)
  })
})
