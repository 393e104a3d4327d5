import { expect, test } from 'vitest'
import { digest, exportFiles, sha256Hex } from '../../src/formats/export'
import type { Scenario } from '../../src/scenario/scenario'
import { simulate } from '../../src/simulator/simulate'
import { coreScenarios } from '../support/core-scenarios'
import { galleryFolder, readScenarioFile, scenarioNames } from '../support/scenario-files'
import { readDocument } from '../support/scenarios'

/**
 * The whole runs of the gallery, and of three small scenarios that use what the gallery may not. When one moves on
 * purpose, `npx vitest run tests/golden --update` writes the new digests, and the commit says why.
 */

/** A digest per file, so that a difference says where to look. */
function digestsOf(scenario: Scenario): string {
  const result = simulate(scenario)
  const files = exportFiles(result).map((file) => `${sha256Hex(file.text)}  ${file.name}`)
  return `${[`${digest(result)}  digest`, ...files].join('\n')}\n`
}

async function expectAsBefore(name: string, scenario: Scenario): Promise<void> {
  await expect(digestsOf(scenario)).toMatchFileSnapshot(`digests/${name}.txt`)
}

test.each(scenarioNames(galleryFolder))('%s of the gallery gives the results that it gave before', async (name) => {
  await expectAsBefore(name.replace('.json', ''), readScenarioFile(galleryFolder, name))
})

test.each(Object.keys(coreScenarios))('%s gives the results that it gave before', async (name) => {
  await expectAsBefore(name, readDocument(coreScenarios[name]))
})

test('there are scenarios to run', () => {
  expect(scenarioNames(galleryFolder).length).toBeGreaterThanOrEqual(4)
})
