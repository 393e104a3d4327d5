import type { Problem } from '../scenario/problems'
import type { ScenarioDocument } from '../scenario/scenario'
import type { Selection } from '../stores/view-store'
import { getAt, parsePath, textOf } from './document-path'

/** What a problem is about, by its path. */
export function subjectOf(document: ScenarioDocument, problem: Problem): Selection | null {
  const [part, list, index, fourth, fifth] = parsePath(problem.path)
  const idAt = (path: readonly (string | number)[]): string => textOf(getAt(document, [...path, 'id']))
  if (part === 'topology' && typeof index === 'number') {
    const types: { readonly [list: string]: Selection['type'] } = { nodes: 'node', links: 'link', racks: 'rack' }
    const type = types[String(list)]
    return type === undefined ? null : { type, id: idAt(['topology', String(list), index]) }
  }
  if (part === 'application' && list === 'services' && typeof index === 'number') {
    const service = idAt(['application', 'services', index])
    if (fourth === 'operations' && typeof fifth === 'number')
      return { type: 'operation', id: `${service}.${idAt(['application', 'services', index, 'operations', fifth])}` }
    return { type: 'service', id: service }
  }
  if (part === 'workload' && typeof index === 'number')
    return { type: 'source', id: idAt(['workload', 'sources', index]) }
  if (part === 'policies' && list === 'orders' && typeof index === 'number') return { type: 'order', id: String(index) }
  if (part === 'policies' && typeof list === 'string') return { type: 'policies', id: list }
  if (part === 'faults' && typeof list === 'number') return { type: 'fault', id: String(list) }
  return part === 'run' ? { type: 'run', id: '' } : null
}
