import type { Catalog } from '../../scenario/catalog'
import { problemText } from '../../scenario/problems'
import { checkDocument } from '../../scenario/read-scenario'
import type { Json, Scenario, ScenarioDocument } from '../../scenario/scenario'
import { failureText, readScenarioParameter } from '../../share'

/** What a branch changes, as a document for a link: whole policies, and the whole list of orders or of faults. */
export function changeDocument(before: Scenario, after: Scenario): ScenarioDocument {
  const policies = differing(before.policies, after.policies)
  const { faults } = differing({ faults: before.faults }, { faults: after.faults })
  return {
    format: 'unrack-scenario',
    version: 1,
    ...(Object.keys(policies).length === 0 ? {} : { policies }),
    ...(faults === undefined ? {} : { faults }),
  }
}

/** The scenario of a run with a link's change in it, still to be checked; anything else in the change has no effect. */
export function changedDocument(before: Scenario, { policies, faults }: ScenarioDocument): ScenarioDocument {
  const document = before as unknown as ScenarioDocument // a scenario is a document that leaves nothing out
  return {
    ...document,
    policies: { ...(document.policies as JsonRecord), ...(isRecord(policies) ? policies : {}) },
    ...(faults === undefined ? {} : { faults }),
  }
}

export type LinkedScenario = { readonly changed: Scenario } | { readonly lines: readonly string[] }

/** What the run goes on with, by the change of a link; or why it cannot. */
export async function linkedScenario(before: Scenario, change: string, catalog: Catalog): Promise<LinkedScenario> {
  const content = await readScenarioParameter(change)
  if (content.kind === 'failure') {
    const { title, advice } = failureText(content.failure)
    return { lines: [title, advice] }
  }
  const { scenario, problems } = checkDocument(changedDocument(before, content.document), catalog)
  const errors = problems.filter((problem) => problem.severity === 'error')
  return scenario === null ? { lines: errors.map(problemText) } : { changed: scenario }
}

type JsonRecord = { readonly [name: string]: Json }

const isRecord = (value: Json | undefined): value is JsonRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The parts of `after` that are not those of `before`. */
function differing(before: object, after: object): JsonRecord {
  const known = new Map(Object.entries(before))
  const parts = Object.entries(after).filter(([name, part]) => JSON.stringify(part) !== JSON.stringify(known.get(name)))
  return Object.fromEntries<Json>(parts) // scenarios are plain data
}
