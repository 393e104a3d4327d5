import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { problemText } from '../../src/scenario/problems'
import { readScenario } from '../../src/scenario/read-scenario'
import type { Scenario } from '../../src/scenario/scenario'
import { catalog } from '../../src/simulator/catalog'

const root = join(import.meta.dirname, '../..')

/** The gallery, which comes with the project. */
export const galleryFolder = join(root, 'public/scenarios')
/** Scenarios of the format's authors; not part of the project. */
export const contractFolder = join(root, '../shared/scenarios')

/** Names of the scenarios in a folder; none where there is no such folder. */
export function scenarioNames(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder).filter((name) => name.endsWith('.json') && name !== 'index.json')
}

/** @throws Error that says what is wrong with the file */
export function readScenarioFile(folder: string, name: string): Scenario {
  const { scenario, problems } = readScenario(readFileSync(join(folder, name), 'utf8'), catalog)
  if (!scenario) throw new Error(`${name}\n${problems.map(problemText).join('\n')}`)
  return scenario
}

/** What a summary says of a metric. @throws Error where it says nothing */
export function metric(summary: readonly { readonly metric: string; readonly value: number }[], name: string): number {
  const row = summary.find((each) => each.metric === name)
  if (!row) throw new Error(`no metric ${name}`)
  return row.value
}
