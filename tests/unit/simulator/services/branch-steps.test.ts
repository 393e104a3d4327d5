import { expect, test } from 'vitest'
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

const delay: Fields = { do: 'delay', timeNs: constant(10_000) }
const inner = (...branches: Fields[][]): Fields => ({ do: 'parallel', branches })

/** The first branch asks b, which is taken and keeps no queue; returns the core time of `a`, µs, which has failed. */
function coreTime(branch: readonly Fields[]): number {
  const scenario = scenarioOf({
    nodes: [cpuPool('cpu', 1, 4)],
    services: [
      service('a', [{ do: 'parallel', branches: [[call('b.o')], branch] }]),
      service('b', [work(constant(300_000))], { threads: 1, queueLimit: 0 }),
    ],
    sources: [trace('b.o', [0], { id: 'other' }), trace('a.o', [1])],
    run: { durationSeconds: 0.01 },
  })
  const [a] = outcomeOf(finishedRun(scenario)).services
  expect(a).toMatchObject({ completed: 0, failed: 1 })
  return a.coreMeanUs
}

test('a branch runs to its end though one beside it has failed, with branches of its own or without', () => {
  expect(coreTime([delay, work(constant(50_000))])).toBe(50)
  expect(coreTime([inner([delay]), work(constant(50_000))])).toBe(50)
})

test('a branch of which an inner branch has failed ends where they join', () => {
  expect(coreTime([inner([delay], [call('b.o')]), work(constant(50_000))])).toBe(0)
})
