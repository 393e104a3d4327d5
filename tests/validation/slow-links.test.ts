import { describe, expect, test } from 'vitest'
import { createRun, type Run } from '../../src/simulator/run'
import { outcomeOf } from '../../src/simulator/outcome'
import { constant, cpuPool, finishedRun, scenarioOf, type Fields } from '../support/scenarios'

/**
 * A link that a fault slows carries a line in that many times the time, in all fidelities alike: one core, one miss at a
 * time, a constant rate, against the closed form; and a saved run goes on at the rate of the moment.
 */

const GBPS = 64
const LINE_NS = ((64 + 4) * 8) / GBPS
const MISSES = 500
const FACTOR = 10

function rack(fidelity: string, faults: readonly Fields[]) {
  return scenarioOf({
    nodes: [
      cpuPool('cpu', 1, 1, { memoryParallelism: 1, baseCpi: 1 }),
      { id: 'mem', kind: 'memory', spec: { slabMiB: 8, channels: 8 } },
    ],
    links: [{ id: 'wire', from: 'cpu', to: 'mem', protocol: 'cxl', bandwidthGbps: GBPS, propagationNs: 20 }],
    services: [
      {
        ...{ id: 's', footprintMiB: 64, localShare: 0 },
        operations: [
          {
            id: 'o',
            steps: [{ do: 'compute', instructions: constant(MISSES * 1000), missesPerKiloInstruction: 1 }],
          },
        ],
      },
    ],
    sources: [{ id: 'users', entry: 's.o', arrivals: { process: 'constant', ratePerSecond: 500 } }],
    faults,
    run: { warmupSeconds: 0, durationSeconds: 0.1, fidelity },
  })
}

const slow: Fields = { target: { link: 'wire' }, effect: 'slow', factor: FACTOR, atSeconds: 0, forSeconds: 1 }
const meanUs = (run: Run): number => outcomeOf(run).operations[0].meanUs

describe.each(['line', 'burst', 'fluid'])('in %s', (fidelity) => {
  test('each miss takes the time that its flits take longer, both ways', () => {
    const whole = meanUs(finishedRun(rack(fidelity, [])))
    const slowed = meanUs(finishedRun(rack(fidelity, [slow])))
    const longerUs = (MISSES * 2 * (FACTOR - 1) * LINE_NS) / 1000
    expect(Math.abs((slowed - whole) / longerUs - 1)).toBeLessThan(0.005)
  })

  test('a saved run goes on as the run itself, before, during and after', () => {
    const scenario = rack(fidelity, [{ ...slow, atSeconds: 0.03, forSeconds: 0.04 }])
    for (const share of [0.2, 0.5, 0.8]) {
      const run = createRun(scenario)
      run.advance(Math.floor(share * run.shape.endPs), Infinity)
      const other = createRun(scenario)
      other.restore(run.save())
      run.advance(run.shape.endPs, Infinity)
      other.advance(other.shape.endPs, Infinity)
      expect(outcomeOf(other)).toEqual(outcomeOf(run))
    }
  })
})
