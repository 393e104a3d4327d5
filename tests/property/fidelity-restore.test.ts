import { expect, test } from 'vitest'
import { createRun } from '../../src/simulator/run'
import { coreScenarios } from '../support/core-scenarios'
import { resultOf, textOf } from '../support/result-texts'
import { finishedRun, readDocument } from '../support/scenarios'
import { memoryBound } from '../support/memory-bound'

const documents = {
  ...coreScenarios,
  ...Object.fromEntries(
    ['line', 'burst', 'fluid'].map((fidelity) => [
      `memory-bound-${fidelity}`,
      { ...memoryBound, run: { ...(memoryBound.run as object), fidelity, warmupSeconds: 0, durationSeconds: 0.002 } },
    ]),
  ),
  ...Object.fromEntries(
    ['line', 'burst', 'fluid'].map((fidelity) => [
      `slow-memory-${fidelity}`,
      {
        ...memoryBound,
        faults: [
          { atSeconds: 0.0005, target: { node: 'mem', device: 0 }, effect: 'slow', factor: 3, forSeconds: 0.001 },
          { atSeconds: 0.001, target: { node: 'mem', device: 0 }, effect: 'slow', factor: 2, forSeconds: 0.0008 },
        ],
        run: { ...(memoryBound.run as object), fidelity, warmupSeconds: 0, durationSeconds: 0.002 },
      },
    ]),
  ),
}
const restored = Object.entries(documents).filter(([name]) => /-(line|burst|fluid)$/.test(name))

test.each(restored)('%s goes on from what was saved as if nothing had been', (_, document) => {
  const scenario = readDocument(document)
  const whole = textOf(resultOf(finishedRun(scenario)))
  const first = createRun(scenario)
  first.advance(first.shape.endPs * 0.55, Infinity)
  const saved = structuredClone(first.save())
  // What was saved is put into a run that has gone on, so that nothing left over from later can help.
  while (!first.advance(first.shape.endPs, 1_000_000));
  const second = createRun(scenario)
  for (const run of [first, second]) {
    run.restore(saved)
    while (!run.advance(run.shape.endPs, 777));
    expect(textOf(resultOf(run))).toBe(whole)
  }
})
