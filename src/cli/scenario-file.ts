import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { readJsonText } from '../scenario/json-text'
import { problemText, type Problem } from '../scenario/problems'
import { checkDocument, readScenario, type ReadResult } from '../scenario/read-scenario'
import type { Scenario, ScenarioDocument } from '../scenario/scenario'
import { setPath } from '../scenario/set-path'
import { catalog } from '../simulator/catalog'
import { derive } from '../simulator/derive'
import { reasonOf, refused } from './command-failure'
import type { Override } from './overrides'
import type { Terminal } from './terminal'

/** A scenario from a file, with overrides; warnings are told. @throws CommandFailure with every problem */
export async function loadScenario(
  terminal: Terminal,
  name: string,
  overrides: readonly Override[],
): Promise<Scenario> {
  const text = await readNamedFile(terminal, name)
  const { scenario, problems } = overrides.length === 0 ? readScenario(text, catalog) : readOverridden(text, overrides)
  for (const problem of withSeverity(problems, 'warning')) terminal.tell(`warning: ${problemText(problem)}\n`)
  if (scenario === null) throw refused(...withSeverity(problems, 'error').map(problemText))
  for (const problem of derive(scenario).warnings) terminal.tell(`warning: ${problemText(problem)}\n`)
  return scenario
}

/** The text of a file that somebody named. @throws CommandFailure where it cannot be read */
export async function readNamedFile(terminal: Terminal, name: string): Promise<string> {
  try {
    return await readFile(resolve(terminal.folder, name), 'utf8')
  } catch (error) {
    throw refused(`cannot read ${name}: ${unreadable(error)}`)
  }
}

/** Words for a file that cannot be read. */
export function unreadable(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'ENOENT') return 'no such file'
  if (code === 'EISDIR') return 'found a folder, expected a file'
  if (code === 'EACCES') return 'permission denied'
  return reasonOf(error)
}

/** A text that is no object is reported as it stands: there is nothing to override in it. */
function readOverridden(text: string, overrides: readonly Override[]): ReadResult {
  const { mistakes } = readJsonText(text)
  const { document, ...read } = readScenario(text, catalog)
  if (document === null || mistakes.length > 0) return { document, ...read }
  return checkDocument(overrides.reduce(overridden, document), catalog)
}

function overridden(document: ScenarioDocument, { path, value, source }: Override): ScenarioDocument {
  try {
    return setPath(document, path, value)
  } catch (error) {
    throw refused(`${source}: ${reasonOf(error)}`)
  }
}

function withSeverity(problems: readonly Problem[], severity: Problem['severity']): readonly Problem[] {
  return problems.filter((problem) => problem.severity === severity)
}
