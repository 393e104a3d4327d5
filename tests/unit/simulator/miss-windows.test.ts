import { expect, test } from 'vitest'
import type { Distribution, Step } from '../../../src/scenario/scenario'
import { missWindows } from '../../../src/simulator/miss-windows'
import { scenarioOf } from '../../support/scenarios'

/** A step with one miss an instruction. */
function stepOf(instructions: Distribution): Step & { do: 'compute' } {
  const steps = [{ do: 'compute', instructions, missesPerKiloInstruction: 1000 }]
  const { application } = scenarioOf({
    nodes: [{ id: 'cpu', kind: 'cpu' }],
    services: [{ id: 's', operations: [{ id: 'o', steps }] }],
  })
  const [step] = application.services[0].operations[0].steps
  if (step.do !== 'compute') throw new Error('not a compute step')
  return step
}

test.each([
  [0, 0],
  [0.5, 0.5],
  [1, 1],
  [5, 1],
  [10, 1],
  [10.5, 1.5],
  [25, 3],
])('%d misses, ten at once, are %d windows', (value, windows) => {
  expect(missWindows(stepOf({ dist: 'constant', value }), 10)).toBeCloseTo(windows, 9)
})

test('misses of random number fill their windows as they come', () => {
  // Floor(x + u) of 1, 11, 21, … or more: (1 - e^-0.2) e^0.2 5 e^-0.2 / (1 - e^-2) = 1.048.
  expect(missWindows(stepOf({ dist: 'exponential', mean: 5 }), 10)).toBeCloseTo(1.048, 1)
  expect(missWindows(stepOf({ dist: 'exponential', mean: 5 }), 1)).toBeCloseTo(5, 6)
})
