import { isReservedKey } from '../scenario/json-text'
import type { Json, ScenarioDocument } from '../scenario/scenario'
import type { LinkFailure } from './link-failure'

/** Lists and objects inside each other that a link may hold, the outermost counted. */
const DEEPEST = 32

/** Newest scenario version that this page reads. */
const KNOWN_VERSION = 1

export type SafeContent =
  | { readonly kind: 'content'; readonly document: ScenarioDocument }
  | { readonly kind: 'failure'; readonly failure: LinkFailure }

/** A value from a link as scenario document, unless it is unsafe, something else, or from the future. */
export function scenarioIn(value: Json): SafeContent {
  const danger = dangerIn(value)
  if (danger !== null) return failed({ kind: 'unsafe', what: danger })
  if (!isRecord(value)) return failed({ kind: 'not-a-scenario', what: Array.isArray(value) ? 'a list' : typeof value })
  if (value['format'] !== 'unrack-scenario') return failed({ kind: 'not-a-scenario', what: formatFound(value) })
  const version = value['version']
  if (typeof version === 'number' && version > KNOWN_VERSION) {
    return failed({ kind: 'too-new', what: `scenario version ${version}` })
  }
  return { kind: 'content', document: value }
}

/** Words for what must not be in a link; null where nothing is. */
function dangerIn(value: Json): string | null {
  let level: readonly Json[] = [value]
  for (let depth = 0; level.length > 0; depth += 1) {
    const nested = level.filter((item) => typeof item === 'object').filter((item) => item !== null)
    if (nested.length > 0 && depth >= DEEPEST) return `more than ${DEEPEST} lists and objects inside each other`
    const reserved = nested.flatMap((item) => Object.keys(item)).find(isReservedKey)
    if (reserved !== undefined) return `the reserved name "${reserved}"`
    level = nested.flatMap((item): readonly Json[] => Object.values(item))
  }
  return null
}

function formatFound(value: ScenarioDocument): string {
  const format = value['format']
  return typeof format === 'string' ? `a document of format "${format.slice(0, 40)}"` : 'a document without a format'
}

function isRecord(value: Json): value is ScenarioDocument {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function failed(failure: LinkFailure): SafeContent {
  return { kind: 'failure', failure }
}
