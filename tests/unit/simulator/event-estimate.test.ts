import { expect, test } from 'vitest'
import { derive } from '../../../src/simulator/derive'
import type { ScenarioDocument } from '../../../src/scenario/scenario'
import { memoryBound } from '../../support/memory-bound'
import { documentOf, exponential, finishedRun, poisson, readDocument } from '../../support/scenarios'

const queue: ScenarioDocument = documentOf({
  nodes: [{ id: 'cpu', kind: 'cpu', count: 1, spec: { cores: 1 } }],
  services: [{ id: 'web', operations: [{ id: 'get', steps: [{ do: 'compute', timeNs: exponential(1e5) }] }] }],
  sources: [poisson('web.get', 5000)],
  run: { seed: 1, warmupSeconds: 0, durationSeconds: 20 },
})

function withRun(document: ScenarioDocument, run: object): ScenarioDocument {
  return { ...document, run: { ...(document['run'] as object), ...run } }
}

test('what is run to its end on the side is counted', () => {
  const scenario = readDocument(withRun(queue, { durationSeconds: 0.5, replications: 3 }))
  expect(derive(scenario).estimatedEvents).toBe(3 * finishedRun(scenario).events)
})

test('longer runs are told from their first events, to a twentieth', () => {
  const scenario = readDocument(queue)
  const ratio = derive(scenario).estimatedEvents / finishedRun(scenario).events
  expect(Math.abs(ratio - 1)).toBeLessThan(0.05)
})

test.each(['line', 'burst', 'fluid'])('events of misses are told as they are in %s', (fidelity) => {
  const scenario = readDocument(withRun(memoryBound, { fidelity }))
  const ratio = derive(scenario).estimatedEvents / finishedRun(scenario).events
  expect(ratio).toBeGreaterThan(0.7)
  expect(ratio).toBeLessThan(1.4)
})

test('where code places, nobody can tell before it runs', () => {
  const code = 'function place(instance, candidates) { return candidates[0] }'
  const scenario = readDocument({ ...queue, policies: { placement: { use: 'custom', code } } })
  expect(derive(scenario).estimatedEvents).toBeNaN()
})

test('code that moves or offloads is left out', () => {
  const code = 'function decide() { throw new Error("asked") }'
  const policies = { migration: { use: 'custom', code, mechanism: 'pre-copy' } }
  const short = readDocument({ ...withRun(queue, { durationSeconds: 0.5 }), policies })
  expect(derive(short).estimatedEvents).toBe(finishedRun(readDocument(withRun(queue, { durationSeconds: 0.5 }))).events)
})
