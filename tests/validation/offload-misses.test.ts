import { describe, expect, test } from 'vitest'
import type { Fidelity } from '../../src/scenario/scenario'
import { outcomeOf } from '../../src/simulator/outcome'
import { constant, cpuPool, finishedRun, scenarioOf, trace, type Fields } from '../support/scenarios'

interface Case {
  readonly cores: number
  readonly instructions: number
  readonly missesPerKiloInstruction: number
  readonly timesUs: readonly number[]
  /** How many times slower the place is. */
  readonly slow?: number
  readonly fidelity?: Fidelity
}

const free = { id: 'l', from: 'cpu', protocol: 'ideal' }

/** A NIC with 110 ns to its memory, six misses at a time, or the near cores of a memory device. */
const places: Record<'nic' | 'memory', { readonly node: Fields; readonly service: Fields }> = {
  nic: {
    node: { frequencyGHz: 2, baseCpi: 1.4, memoryParallelism: 6, localLatencyNs: 110, localBandwidthGBps: 25.6 },
    service: {},
  },
  memory: {
    node: { capacityGiB: 64, channels: 1, frequencyGHz: 2, baseCpi: 1, channelBandwidthGBps: 6.4, nearLatencyNs: 7 },
    service: { footprintMiB: 1000, localShare: 0 },
  },
}

/** A step that is sent to a place; or (`isThere`) whose whole service is there. */
function run(kind: 'nic' | 'memory', isThere: boolean, of: Case) {
  const { node, service } = places[kind]
  const { cores, instructions, missesPerKiloInstruction, timesUs, slow, fidelity = 'line' } = of
  const work = { do: 'compute', instructions: constant(instructions), missesPerKiloInstruction }
  const step = isThere ? work : { ...work, offload: ['cpu', kind] }
  return outcomeOf(
    finishedRun(
      scenarioOf({
        nodes: [cpuPool('cpu', 1, 1000), { id: 'far', kind, spec: { ...node, cores } }],
        links: [{ ...free, to: 'far' }],
        services: [{ id: 's', ...(isThere ? { runsOn: [kind] } : service), operations: [{ id: 'o', steps: [step] }] }],
        sources: [trace('s.o', timesUs)],
        policies: isThere ? {} : { offload: { use: 'static', map: [{ operation: 's.o', step: 0, to: 'far' }] } },
        run: { durationSeconds: 0.05, fidelity },
        ...(slow === undefined || slow === 1
          ? {}
          : {
              faults: [
                { atSeconds: 0.0001, target: { node: 'far', device: 0 }, effect: 'slow', factor: slow, forSeconds: 1 },
              ],
            }),
      }),
    ),
  )
}

const at = (count: number, us: number): number[] => Array.from({ length: count }, () => us)

describe('an offloaded step meets memory there as a service there does', () => {
  const cases: [string, Case][] = [
    ['eight at once', { cores: 8, instructions: 1e6, missesPerKiloInstruction: 20, timesUs: at(8, 1000) }],
    ['two after one another', { cores: 1, instructions: 1e6, missesPerKiloInstruction: 20, timesUs: at(2, 1000) }],
    [
      'in burst',
      { cores: 8, instructions: 1e6, missesPerKiloInstruction: 20, timesUs: at(8, 1000), fidelity: 'burst' },
    ],
    [
      'less than a miss each',
      {
        cores: 1,
        instructions: 1500,
        missesPerKiloInstruction: 0.6,
        timesUs: at(1000, 1000).map((us, i) => us + 10 * i),
      },
    ],
    ['slowed', { cores: 1, instructions: 1e4, missesPerKiloInstruction: 6, timesUs: [1000], slow: 2 }],
  ]
  for (const [name, of] of cases)
    test(`on a NIC: ${name}`, () => {
      const [away, there] = [run('nic', false, of), run('nic', true, of)]
      expect(away.operations[0].maxUs).toBeCloseTo(there.operations[0].maxUs, 6)
      expect(away.operations[0].meanUs).toBeCloseTo(there.operations[0].meanUs, 6)
      expect(away.services[0].missesLocal).toBe(there.services[0].missesLocal)
      expect(away.services[0].cpiQueueing).toBeCloseTo(there.services[0].cpiQueueing, 9)
    })

  test('on near-memory cores: windows that follow one another do not wait for each other, and slowness counts once', () => {
    const of = { cores: 1, instructions: 6000, missesPerKiloInstruction: 1, timesUs: at(2, 1000) }
    for (const slow of [1, 2, 3]) {
      const [away, there] = [run('memory', false, { ...of, slow }), run('memory', true, { ...of, slow })]
      expect(away.operations[0].maxUs).toBeCloseTo(there.operations[0].maxUs, 6)
    }
  })
})

test('a fault of the place slows the cycles of a step that is there, not its stalls', () => {
  const of = { cores: 1, instructions: 1e4, missesPerKiloInstruction: 6, timesUs: [1000], slow: 2 }
  expect(run('nic', false, of).operations[0].maxUs).toBeCloseTo(2 * 7 + (60 / 6) * 0.11, 6)
})
