import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Scenario, ScenarioDocument } from '../../src/scenario/scenario'
import { deriveSeed } from '../../src/simulator/engine/random'
import { createRun } from '../../src/simulator/run'
import { createSimulation } from '../../src/simulator/session'
import { simulate } from '../../src/simulator/simulate'
import { digest } from '../../src/formats/export'
import { busyRack } from '../support/busy-rack'
import { finishedInPieces } from '../support/finished-in-pieces'
import { resultOf, textOf } from '../support/result-texts'
import { arbitraryScenario } from '../support/scenario-arbitrary'
import { metric } from '../support/scenario-files'
import { finishedRun, readDocument } from '../support/scenarios'

/** The scenario drawn, with one replication. */
function single(document: ScenarioDocument): Scenario {
  return readDocument({ ...document, run: { ...(document.run as object), replications: 1 } })
}

/** A clock that a budget of `ms` lets tick about `ms` times. */
function steppingClock(): () => number {
  let now = 0
  return () => (now += 1)
}

test('a run gives the same bytes twice', () => {
  fc.assert(
    fc.property(arbitraryScenario, (document) => {
      const scenario = readDocument(document)
      const first = simulate(scenario)
      const second = simulate(scenario)
      expect(digest(second)).toBe(digest(first))
      expect(textOf(second)).toBe(textOf(first))
    }),
    { numRuns: 40 },
  )
})

test('the worker in any slices gives the bytes of the command line, whatever is looked at meanwhile', () => {
  fc.assert(
    fc.property(
      arbitraryScenario,
      fc.array(fc.record({ budget: fc.integer({ min: 0, max: 5 }), look: fc.integer({ min: 0, max: 3 }) }), {
        minLength: 1,
        maxLength: 20,
      }),
      (document, slices) => {
        const scenario = readDocument(document)
        const simulation = createSimulation(steppingClock())
        simulation.load(scenario)
        let progress = simulation.advance(0)
        for (let i = 0; !progress.done; i += 1) {
          const { budget, look } = slices[i % slices.length]
          if (look === 1) simulation.partialResult()
          if (look === 2) simulation.detail(progress.simulatedPs / 3, progress.simulatedPs / 2, 50)
          progress = simulation.advance(budget)
        }
        const result = simulation.result()
        const expected = simulate(scenario)
        expect(digest(result)).toBe(digest(expected))
        expect(textOf(result)).toBe(textOf(expected))
      },
    ),
    { numRuns: 60 },
  )
})

test('a run saved and put into a fresh one at any event gives the same bytes', () => {
  fc.assert(
    fc.property(
      arbitraryScenario,
      fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 5 }),
      (document, stretches) => {
        const scenario = single(document)
        const expected = finishedRun(scenario)
        const run = finishedInPieces(scenario, stretches, 500)
        expect(digest(resultOf(run))).toBe(digest(resultOf(expected)))
        expect(textOf(resultOf(run))).toBe(textOf(resultOf(expected)))
      },
    ),
    { numRuns: 120 },
  )
})

test('one saved state can be put back many times', () => {
  fc.assert(
    fc.property(arbitraryScenario, fc.integer({ min: 1, max: 2000 }), (document, events) => {
      const scenario = single(document)
      const run = createRun(scenario)
      run.advance(run.shape.endPs, events)
      const saved = run.save()
      const untouched = structuredClone(saved)
      const texts = [0, 1].map(() => {
        run.restore(saved)
        while (!run.advance(run.shape.endPs, 1_000_000));
        return textOf(resultOf(run))
      })
      expect(texts[1]).toBe(texts[0])
      expect(saved).toEqual(untouched)
    }),
    { numRuns: 60 },
  )
})

test('another seed gives other bytes', () => {
  const document: ScenarioDocument = {
    format: 'unrack-scenario',
    version: 1,
    topology: { nodes: [{ id: 'cpu', kind: 'cpu' }] },
    application: {
      services: [
        {
          id: 's',
          operations: [{ id: 'o', steps: [{ do: 'compute', timeNs: { dist: 'exponential', mean: 1e5 } }] }],
        },
      ],
    },
    workload: { sources: [{ id: 'u', entry: 's.o', arrivals: { process: 'poisson', ratePerSecond: 5000 } }] },
  }
  const digests = [1, 2, 3, 4, 5].map((seed) => digest(simulate(readDocument({ ...document, run: { seed } }))))
  expect(new Set(digests).size).toBe(5)
})

test('replications are runs of seeds of their own: counts are sums, times are means with their t-interval', () => {
  const scenario = readDocument({
    ...busyRack,
    run: { ...(busyRack.run as object), durationSeconds: 0.02, replications: 4 },
  })
  const { summary, decisions } = simulate(scenario)
  const runs = [0, 1, 2, 3].map((r) => finishedRun(scenario, deriveSeed(scenario.run.seed, r)))
  expect(deriveSeed(scenario.run.seed, 0)).toBe(scenario.run.seed)
  expect(decisions).toEqual(runs[0].decisions.rows)
  const offered = runs.map((run) => run.machine.measures.offeredCount)
  expect(metric(summary, 'requests_offered')).toBe(offered.reduce((sum, count) => sum + count, 0))
  const means = runs.map((run) => run.machine.measures.requests.latency.mean() / 1e6)
  const mean = means.reduce((sum, value) => sum + value, 0) / 4
  const deviation = Math.sqrt(means.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 3)
  const row = summary.find((each) => each.metric === 'latency_mean_us')!
  expect(row.value).toBeCloseTo(mean, 9)
  expect(row.ci95High - row.value).toBeCloseTo((3.182446305 * deviation) / 2, 6)
})
