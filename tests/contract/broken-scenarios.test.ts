import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { problemText } from '../../src/scenario/problems'
import { checkDocument, readScenario } from '../../src/scenario/read-scenario'
import { catalog } from '../../src/simulator/catalog'
import { brokenScenarios } from '../support/broken-scenarios/expected'

const folder = fileURLToPath(new URL('../support/broken-scenarios/', import.meta.url))
const textOf = (name: string): string => readFileSync(`${folder}${name}.json`, 'utf8')

test('every broken scenario has its messages in the table, and there are at least 20', () => {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'))
  expect(files.map((file) => file.replace('.json', '')).sort()).toEqual(Object.keys(brokenScenarios).sort())
  expect(files.length).toBeGreaterThanOrEqual(20)
})

test.each(Object.keys(brokenScenarios))('%s is refused with its messages', (name) => {
  const { scenario, problems } = readScenario(textOf(name), catalog)
  expect(problems.map(problemText)).toEqual(brokenScenarios[name])
  expect(problems.every((problem) => problem.severity === 'error')).toBe(true)
  expect(scenario).toBeNull()
})

test('a broken document is told the same things as its text', () => {
  for (const [name, expected] of Object.entries(brokenScenarios)) {
    if (expected.some((line) => line.startsWith('line '))) continue // not JSON, so there is no document
    const { problems } = checkDocument(JSON.parse(textOf(name)), catalog)
    expect(problems.map(problemText)).toEqual(expected)
  }
})
