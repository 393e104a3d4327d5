import { problemText } from '../scenario/problems'
import { checkDocument } from '../scenario/read-scenario'
import type { Json, Scenario, ScenarioDocument } from '../scenario/scenario'
import { deletePath, getPath, setPath } from '../scenario/set-path'
import { catalog } from '../simulator/catalog'
import { reasonOf, refused } from './command-failure'
import type { Override } from './overrides'

/** One change of a scenario that runs already; `add` puts a value at the end of the list at a path. */
export interface Change extends Override {
  readonly do: 'set' | 'drop' | 'add'
}

/**
 * The scenario as run, defaults filled in, with changes. A policy that is exchanged loses the parameters that the new one
 * does not have.
 *
 * @throws CommandFailure with every problem
 */
export function changedScenario(scenario: Scenario, changes: readonly Change[]): Scenario {
  const document = changes.reduce(applied, scenario as unknown as ScenarioDocument)
  const read = checkDocument(document, catalog)
  if (read.scenario !== null) return read.scenario
  throw refused(...read.problems.filter((problem) => problem.severity === 'error').map(problemText))
}

function applied(document: ScenarioDocument, change: Change): ScenarioDocument {
  const { path, value, source } = change
  try {
    switch (change.do) {
      case 'set':
        return setPath(withoutForeign(document, change), path, value)
      case 'add':
        return setPath(document, `${path}[${lengthAt(document, path)}]`, value)
      case 'drop':
        if (getPath(document, path) === undefined) throw new Error(`${path}: nothing is there`)
        return deletePath(document, path)
    }
  } catch (error) {
    throw refused(`${source}: ${reasonOf(error)}`)
  }
}

function lengthAt(document: ScenarioDocument, path: string): number {
  const list = getPath(document, path)
  return Array.isArray(list) ? list.length : 0
}

/** Before `policies.KIND.use` is set: without the parameters that the new policy does not have. */
function withoutForeign(document: ScenarioDocument, { path, value }: Change): ScenarioDocument {
  const kind = /^policies\.(\w+)\.use$/.exec(path)?.[1]
  const policies = Object.entries(catalog.policies).find(([name]) => name === kind)?.[1]
  const policy = policies?.find((each) => each.name === value)
  const now: Json | undefined = kind === undefined ? undefined : getPath(document, `policies.${kind}`)
  if (policy === undefined || now === undefined) return document
  const kept = new Set(['use', ...policy.parameters.map((parameter) => parameter.name)])
  return Object.keys(now as object)
    .filter((name) => !kept.has(name))
    .reduce((changed, name) => deletePath(changed, `policies.${kind}.${name}`), document)
}
