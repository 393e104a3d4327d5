import type { Json, ScenarioDocument } from '../scenario/scenario'
import { getAt, isObject, mapObjects, setAt, textOf } from './document-path'
import type { JsonObject } from './document-path'
import { operationPath, serviceIndex, sourceIndex } from './edit-application'
import { linkPath, nodePath, rackPath } from './edit-topology'

const ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/

/** Why a text cannot be an id; '' when it can. */
export function idProblem(text: string): string {
  return ID.test(text) ? '' : 'Letters, digits, _ and -, beginning with a letter or digit, at most 64.'
}

/** Gives a node another id, wherever it is named. */
export function renameNode(document: ScenarioDocument, id: string, to: string): ScenarioDocument {
  const renamed = setAt(document, [...nodePath(document, id), 'id'], to)
  return changeReferences(renamed, (object) => swap(object, ['from', 'to', 'via', 'node', 'on'], id, to))
}

/** Gives a service another id; its operations keep their random streams. */
export function renameService(document: ScenarioDocument, id: string, to: string): ScenarioDocument {
  const path = ['application', 'services', serviceIndex(document, id)]
  const operations = getAt(document, [...path, 'operations'])
  const kept = (Array.isArray(operations) ? (operations as readonly Json[]) : []).map((operation) =>
    isObject(operation)
      ? { ...operation, stream: textOf(operation.stream, `${id}.${textOf(operation.id)}`) }
      : operation,
  )
  const renamed = setAt(setAt(document, [...path, 'operations'], kept), [...path, 'id'], to)
  const moved = (value: Json | undefined): Json | undefined =>
    typeof value === 'string' && value.startsWith(`${id}.`) ? `${to}.${value.slice(id.length + 1)}` : value
  return changeReferences(renamed, (object) =>
    swapWith(swap(object, ['service'], id, to), ['entry', 'to', 'operation'], moved),
  )
}

/** Gives an operation another id; it keeps its random stream. */
export function renameOperation(document: ScenarioDocument, name: string, to: string): ScenarioDocument {
  const path = operationPath(document, name)
  if (path === null) return document
  const next = `${name.split('.')[0] ?? ''}.${to}`
  const stream = textOf(getAt(document, [...path, 'stream']), name)
  const renamed = setAt(setAt(document, [...path, 'id'], to), [...path, 'stream'], stream)
  return changeReferences(renamed, (object) => swap(object, ['entry', 'to', 'operation'], name, next))
}

/** Gives a source another id; it keeps its random stream. */
export function renameSource(document: ScenarioDocument, id: string, to: string): ScenarioDocument {
  const path = ['workload', 'sources', sourceIndex(document, id)]
  return setAt(
    setAt(document, [...path, 'stream'], textOf(getAt(document, [...path, 'stream']), id)),
    [...path, 'id'],
    to,
  )
}

export function renameLink(document: ScenarioDocument, id: string, to: string): ScenarioDocument {
  return setAt(document, [...linkPath(document, id), 'id'], to)
}

export function renameRack(document: ScenarioDocument, id: string, to: string): ScenarioDocument {
  const renamed = setAt(document, [...rackPath(document, id), 'id'], to)
  return changeReferences(renamed, (object) => ('kind' in object ? swap(object, ['rack'], id, to) : object))
}

function changeReferences(document: ScenarioDocument, change: (object: JsonObject) => JsonObject): ScenarioDocument {
  const next = mapObjects(document, change)
  return isObject(next) ? next : document
}

const swap = (object: JsonObject, keys: readonly string[], from: string, to: string): JsonObject =>
  swapWith(object, keys, (value) => (value === from ? to : value))

function swapWith(
  object: JsonObject,
  keys: readonly string[],
  change: (value: Json | undefined) => Json | undefined,
): JsonObject {
  const changed = keys.filter((key) => key in object && change(object[key]) !== object[key])
  if (changed.length === 0) return object
  return { ...object, ...Object.fromEntries(changed.map((key) => [key, change(object[key]) ?? null])) }
}
