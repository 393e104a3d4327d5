import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { problemText } from '../../src/scenario/problems'
import { readScenario } from '../../src/scenario/read-scenario'
import { catalog } from '../../src/simulator/catalog'

/** Scenarios that other programs share with this one, where they are at hand: a folder beside the repository. */
const folder = fileURLToPath(new URL('../../../shared/scenarios/', import.meta.url))
const isThere = existsSync(folder)

test.skipIf(!isThere)('every shared scenario is read without a problem (skipped: no ../shared/scenarios)', () => {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
    const { scenario, problems } = readScenario(readFileSync(folder + file, 'utf8'), catalog)
    expect(problems.map(problemText)).toEqual([])
    expect(scenario).not.toBeNull()
  }
})
