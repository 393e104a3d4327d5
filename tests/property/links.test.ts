import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compactDocument } from '../../src/scenario/compact'
import { readScenario } from '../../src/scenario/read-scenario'
import { readScenarioParameter, scenarioParameter } from '../../src/share'
import { catalog } from '../../src/simulator/catalog'
import { arbitraryScenario } from '../support/scenario-arbitrary'

test('a scenario that goes through a link is the same scenario, defaults and all', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryScenario, async (document) => {
      const before = readScenario(JSON.stringify(document), catalog)
      expect(before.scenario).not.toBeNull()
      const read = await readScenarioParameter(await scenarioParameter(compactDocument(document, catalog)))
      if (read.kind !== 'content') throw new Error(read.failure.kind)
      expect(readScenario(read.text, catalog).scenario).toEqual(before.scenario)
    }),
    { numRuns: 60 },
  )
})

test('whatever stands in a link, the answer is a document or a failure, never an exception', async () => {
  const anything = fc.oneof(
    fc.string(),
    fc.base64String().map((data) => `d1.${data}.00000000`),
    fc.json().map((text) => `j1.${Buffer.from(text).toString('base64url')}`),
  )
  await fc.assert(
    fc.asyncProperty(anything, async (parameter) => {
      expect((await readScenarioParameter(parameter)).kind).toMatch(/^(content|failure)$/)
    }),
    { numRuns: 300 },
  )
})
