import { getAt, isObject, objectsAt, parsePath, setAt, textOf } from '../../app/document-path'
import { addService, addSource, operationNames } from '../../app/edit-application'
import { addLink } from '../../app/edit-topology'
import type { Problem } from '../../scenario/problems'
import type { ScenarioDocument } from '../../scenario/scenario'
import type { Selection } from '../../stores/view-store'

/** A way out of a problem: the button's words and the document it makes. */
export interface Fix {
  readonly words: string
  readonly apply: (document: ScenarioDocument) => ScenarioDocument
  /** What is selected afterwards, with its first field in focus. */
  readonly then?: Selection
}

/** Obvious ways out of a problem; none for most. */
export function fixesFor(document: ScenarioDocument, problem: Problem): Fix[] {
  const path = parsePath(problem.path)
  const [part, list, index, field] = path
  if (part === 'topology' && list === 'links' && typeof index === 'number') return linkFixes(document, index, field)
  if (part === 'workload' && (list === undefined || (list === 'sources' && index === undefined)))
    return isEmpty(document, ['workload', 'sources']) ? [sourceFix(document)] : []
  if (part === 'workload' && typeof index === 'number') return sourceFixes(document, index, field)
  if (part === 'application' && (list === undefined || (list === 'services' && index === undefined)))
    return isEmpty(document, ['application', 'services']) ? [serviceFix(document)] : []
  if (part === 'policies' && list === 'orders' && typeof index === 'number')
    return [{ words: 'Remove order', apply: (before) => setAt(before, ['policies', 'orders', index], undefined) }]
  if (part === 'faults' && typeof list === 'number')
    return [{ words: 'Remove fault', apply: (before) => setAt(before, ['faults', list], undefined) }]
  if (/not supported yet|unknown field/i.test(problem.message))
    return [{ words: 'Use the default', apply: (before) => setAt(before, path, undefined) }]
  if (part === 'topology' && list === 'nodes' && typeof index === 'number') return nodeFixes(document, index)
  return []
}

/** Another one helps only where there is none. */
const isEmpty = (document: ScenarioDocument, path: readonly string[]) => objectsAt(document, path).length === 0

function linkFixes(document: ScenarioDocument, index: number, field: string | number | undefined): Fix[] {
  const path = ['topology', 'links', index]
  const remove: Fix = { words: 'Remove link', apply: (before) => setAt(before, path, undefined) }
  const link = getAt(document, path)
  if ((field !== 'to' && field !== 'from') || !isObject(link)) return [remove]
  const nodes = objectsAt(document, ['topology', 'nodes'])
  const other = textOf(field === 'to' ? link.from : link.to)
  const wanted = textOf(link[field])
  const open = nodes.filter((node) => node.id !== other)
  const near =
    open.find((node) => node.kind === 'switch' && wanted.startsWith(textOf(node.id))) ??
    open.find((node) => node.kind === 'switch') ??
    open[0]
  if (near === undefined) return [remove]
  return [
    { words: `Connect to ${textOf(near.id)}`, apply: (before) => setAt(before, [...path, field], textOf(near.id)) },
    remove,
  ]
}

function sourceFix(document: ScenarioDocument): Fix {
  const { id } = addSource(document)
  return { words: 'Add a source', apply: (before) => addSource(before).document, then: { type: 'source', id } }
}

function serviceFix(document: ScenarioDocument): Fix {
  const { id } = addService(document)
  return { words: 'Add a service', apply: (before) => addService(before).document, then: { type: 'service', id } }
}

function sourceFixes(document: ScenarioDocument, index: number, field: string | number | undefined): Fix[] {
  const path = ['workload', 'sources', index]
  const remove: Fix = { words: 'Remove source', apply: (before) => setAt(before, path, undefined) }
  const operation = operationNames(document)[0]
  if (field === 'entry' && operation !== undefined)
    return [{ words: `Ask for ${operation}`, apply: (before) => setAt(before, [...path, 'entry'], operation) }, remove]
  return field === 'via' ? [...viaFixes(document, [...path, 'via']), remove] : [remove]
}

/** By a NIC that there is; where that one reaches nothing, by a link of its own or by none. */
function viaFixes(document: ScenarioDocument, path: readonly (string | number)[]): Fix[] {
  const nodes = objectsAt(document, ['topology', 'nodes'])
  const via = getAt(document, path)
  const nic = nodes.find((node) => node.kind === 'nic')
  const isNic = nodes.some((node) => node.kind === 'nic' && node.id === via)
  if (nic !== undefined && !isNic)
    return [{ words: `Come in by ${textOf(nic.id)}`, apply: (before) => setAt(before, path, textOf(nic.id)) }]
  const none: Fix = { words: 'Use no NIC', apply: (before) => setAt(before, path, null) }
  const at = nodes.findIndex((node) => node.id === via)
  return at < 0 ? [none] : [...nodeFixes(document, at), none]
}

/** A pool without a link: to the first switch. */
function nodeFixes(document: ScenarioDocument, index: number): Fix[] {
  const node = getAt(document, ['topology', 'nodes', index])
  if (!isObject(node)) return []
  const id = textOf(node.id)
  const isLinked = objectsAt(document, ['topology', 'links']).some((link) => link.from === id || link.to === id)
  const near = objectsAt(document, ['topology', 'nodes']).find((one) => one.kind === 'switch' && one.id !== id)
  if (isLinked || near === undefined) return []
  return [{ words: `Link to ${textOf(near.id)}`, apply: (before) => addLink(before, id, textOf(near.id)).document }]
}
