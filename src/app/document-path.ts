import type { Json, ScenarioDocument } from '../scenario/scenario'

/** A place in a document: `['topology', 'nodes', 2, 'count']`. */
export type DocumentPath = readonly (string | number)[]
export type JsonObject = { readonly [key: string]: Json }

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
export const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value)

/** The path as authors and the command line write it: `topology.nodes[2].count`. */
export function pathText(path: DocumentPath): string {
  return path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? key : `${text}.${key}`),
    '',
  )
}

/** The other way: `topology.links[2].to` becomes its keys. */
export function parsePath(text: string): DocumentPath {
  return [...text.matchAll(/\[(\d+)\]|([^.[\]]+)/g)].map((match) =>
    match[1] === undefined ? (match[2] ?? '') : Number(match[1]),
  )
}

/** What is at a place; undefined when nothing is. */
export function getAt(value: Json | undefined, path: DocumentPath): Json | undefined {
  let here = value
  for (const key of path) {
    if (typeof key === 'number') here = isList(here) ? here[key] : undefined
    else here = isObject(here) && Object.hasOwn(here, key) ? here[key] : undefined
  }
  return here
}

/** The objects of a list; anything else in it is left out. */
export function objectsAt(value: Json | undefined, path: DocumentPath): readonly JsonObject[] {
  const list = getAt(value, path)
  return isList(list) ? list.filter(isObject) : []
}

export const textOf = (value: Json | undefined, otherwise = ''): string =>
  typeof value === 'string' ? value : otherwise
export const numberOf = (value: Json | undefined, otherwise: number): number =>
  typeof value === 'number' ? value : otherwise

/** A document with another value at a place; `undefined` takes the field or element away. Missing parents are made. */
export function setAt(document: ScenarioDocument, path: DocumentPath, value: Json | undefined): ScenarioDocument {
  const next = replace(document, path, value)
  return isObject(next) ? next : document
}

function replace(here: Json | undefined, path: DocumentPath, value: Json | undefined): Json | undefined {
  const [key, ...rest] = path
  if (key === undefined) return value
  if (typeof key === 'number') {
    const list = isList(here) ? [...here] : []
    const next = replace(list[key], rest, value)
    if (next === undefined) list.splice(key, 1)
    else list[key] = next
    return list
  }
  const object = isObject(here) ? here : {}
  const next = replace(object[key], rest, value)
  if (next !== undefined) return { ...object, [key]: next }
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key))
}

/** A document with one more element at the end of a list. */
export function appendAt(document: ScenarioDocument, path: DocumentPath, value: Json): ScenarioDocument {
  const list = getAt(document, path)
  return setAt(document, path, [...(isList(list) ? list : []), value])
}

/** A document in which an element of a list has moved to another position. */
export function moveAt(document: ScenarioDocument, path: DocumentPath, from: number, to: number): ScenarioDocument {
  const list = getAt(document, path)
  const moved = isList(list) ? list[from] : undefined
  if (!isList(list) || moved === undefined || to < 0 || to >= list.length) return document
  const rest = list.filter((_, i) => i !== from)
  return setAt(document, path, [...rest.slice(0, to), moved, ...rest.slice(to)])
}

/** A document in which every object that `change` answers is replaced, wherever it stands. */
export function mapObjects(value: Json, change: (object: JsonObject) => JsonObject): Json {
  if (isList(value)) return value.map((item) => mapObjects(item, change))
  if (!isObject(value)) return value
  return change(Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapObjects(item, change)])))
}

/** A free id: the wish itself, or with the least number behind it. */
export function freeId(wish: string, taken: readonly string[]): string {
  if (!taken.includes(wish)) return wish
  let n = 2
  while (taken.includes(`${wish}${n}`)) n += 1
  return `${wish}${n}`
}
