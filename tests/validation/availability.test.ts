import { describe, expect, test } from 'vitest'
import type { Scenario } from '../../src/scenario/scenario'
import { deriveSeed } from '../../src/simulator/engine/random'
import { outcomeOf } from '../../src/simulator/outcome'
import { createRun, type Run } from '../../src/simulator/run'
import { expectExactly, replications } from '../support/queueing'
import { constant, cpuPool, poisson, scenarioOf, type Fields } from '../support/scenarios'

/**
 * Availability as k-of-n theory has it (B24), with times scaled to a mean time to failure of 1 s and to repair of 50 ms.
 * 20 replications of 525 s: about 10,000 failures of each device. Seeds and tolerances fixed before the first run.
 */
const [mttf, mttr] = [1, 0.05]
const up = mttf / (mttf + mttr)

function failing(devices: number, replicas: number, recovery: Fields, seed: number, seconds = 525): Scenario {
  return scenarioOf({
    nodes: [cpuPool('cpu', devices, 1)],
    services: [{ id: 's', replicas, operations: [{ id: 'o', steps: [{ do: 'compute', timeNs: constant(1000) }] }] }],
    sources: [poisson('s.o', 200)],
    policies: { placement: { use: 'spread' }, recovery },
    faults: [{ target: 'cpu', effect: 'down', mtbfSeconds: mttf, mttrSeconds: mttr }],
    run: { seed, warmupSeconds: 5, durationSeconds: seconds },
  })
}

const answered = (run: Run): number => {
  const { figures } = outcomeOf(run)
  return figures.get('requests_completed')! / figures.get('requests_offered')!
}
const failures = (run: Run): number => outcomeOf(run).figures.get('device_failures')!

describe('requests are answered as often as theory says', { timeout: 600_000 }, () => {
  test('one instance that waits for its device: MTTF / (MTTF + MTTR)', () => {
    const [shares, counts] = replications(failing(1, 1, { use: 'wait' }, 81), 20, (run) => [
      answered(run),
      failures(run),
    ])
    expectExactly(shares, up, 0.01)
    expect(counts.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(9500)
  })

  test('one of two replicas: 1 − (1 − A)²', () => {
    const [shares] = replications(failing(2, 2, { use: 'wait' }, 82, 1050), 20, (run) => [answered(run)])
    expectExactly(
      shares.map((share) => 1 - share),
      (1 - up) ** 2,
      0.1,
    )
  })

  test('an instance that starts again elsewhere is away for the detection time', () => {
    const [shares] = replications(failing(6, 1, { use: 'restart', detectMs: 50 }, 83), 20, (run) => [answered(run)])
    expectExactly(
      shares.map((share) => 1 - share),
      0.05 / 1.05,
      0.03,
    )
  })
})

test('four of five devices are up as often as theory says', { timeout: 600_000 }, () => {
  const shares = Array.from({ length: 20 }, (_, r) => {
    const scenario = failing(5, 1, { use: 'wait' }, 84)
    const run = createRun(scenario, { seed: deriveSeed(scenario.run.seed, r) })
    let good = 0
    const looks = 4000
    for (let look = 1; look <= looks; look += 1) {
      run.advance(look * 0.1e12, Infinity)
      good += run.machine.health.down.reduce((sum, faults) => sum + (faults === 0 ? 1 : 0), 0) >= 4 ? 1 : 0
    }
    return good / looks
  })
  expectExactly(shares, up ** 5 + 5 * up ** 4 * (1 - up), 0.01)
})
