import { isReservedKey, maximumDepth } from './json-text'
import type { Json, ScenarioDocument } from './scenario'
import { shown } from './words'

/** A path that is none, or that leads to nowhere; the message starts with the path. */
export class PathError extends Error {}

type Key = string | number
type JsonObject = { readonly [key: string]: Json }

/**
 * What stands at a path such as `topology.nodes[0].count`; undefined where nothing does.
 *
 * @throws PathError where the text is no path
 */
export function getPath(document: ScenarioDocument, path: string): Json | undefined {
  let here: Json | undefined = document
  for (const key of keysOf(path)) here = childOf(here, key)
  return here
}

/**
 * A document with another value at a path. Objects and lists on the way are made where they are missing, an index just
 * behind the end of a list adds to it, and a `spec` that is a preset's name becomes an object with that preset.
 *
 * @throws PathError where the text is no path, or leads through a value that has no fields or elements
 */
export function setPath(document: ScenarioDocument, path: string, value: Json): ScenarioDocument {
  const changed = changeAt(document, keysOf(path), '', path, () => value)
  return changed as ScenarioDocument // a path has at least one key, so the outermost stays an object
}

/**
 * A document without what stands at a path; the same document where nothing does.
 *
 * @throws PathError where the text is no path
 */
export function deletePath(document: ScenarioDocument, path: string): ScenarioDocument {
  if (getPath(document, path) === undefined) return document
  const changed = changeAt(document, keysOf(path), '', path, () => undefined)
  return changed as ScenarioDocument // as above
}

const keyPattern = /(?:^|\.)([^.[\]\s]+)|\[(\d{1,9})\]/y

function keysOf(path: string): readonly Key[] {
  const keys: Key[] = []
  keyPattern.lastIndex = 0
  while (keyPattern.lastIndex < path.length) {
    const match = keyPattern.exec(path)
    if (match === null) throw new PathError(`${shown(path)} is no path; expected one like topology.nodes[0].count`)
    const [, name, index] = match
    if (name !== undefined && isReservedKey(name)) throw new PathError(`${path}: the key ${shown(name)} is reserved`)
    keys.push(name ?? Number(index))
  }
  if (typeof keys[0] !== 'string')
    throw new PathError(`${shown(path)} is no path; expected one like topology.nodes[0].count`)
  if (keys.length > maximumDepth) throw new PathError(`${shown(path)}: a path has at most ${maximumDepth} keys`)
  return keys
}

function childOf(parent: Json | undefined, key: Key): Json | undefined {
  if (typeof key === 'number') return isList(parent) ? parent[key] : undefined
  return isObject(parent) && Object.hasOwn(parent, key) ? parent[key] : undefined
}

/** @param at path of `here`; `path` is the whole one, for messages */
function changeAt(
  here: Json | undefined,
  keys: readonly Key[],
  at: string,
  path: string,
  change: () => Json | undefined,
): Json | undefined {
  const [key, ...rest] = keys
  if (key === undefined) return change()
  const there = typeof key === 'number' ? `${at}[${key}]` : at === '' ? key : `${at}.${key}`
  const parent = parentFor(here, key, at, path)
  return withChild(parent, key, changeAt(childOf(parent, key), rest, there, path, change))
}

/** The object or list that a key needs. */
function parentFor(here: Json | undefined, key: Key, at: string, path: string): JsonObject | readonly Json[] {
  if (typeof key === 'string') {
    if (here === undefined) return {}
    if (isObject(here)) return here
    if (typeof here === 'string' && /(^|\.)spec$/.test(at)) return { preset: here }
    throw new PathError(`${path}: ${at} is ${shown(here)}, which has no field ${shown(key)}`)
  }
  const list = here ?? []
  if (!isList(list)) throw new PathError(`${path}: ${at} is ${shown(list)}, not a list`)
  if (key > list.length)
    throw new PathError(`${path}: ${at} has ${list.length} elements, so the next one is [${list.length}]`)
  return list
}

function withChild(parent: JsonObject | readonly Json[], key: Key, child: Json | undefined): Json {
  if (isList(parent)) {
    const index = Number(key)
    return [...parent.slice(0, index), ...(child === undefined ? [] : [child]), ...parent.slice(index + 1)]
  }
  if (child !== undefined) return { ...parent, [key]: child }
  return Object.fromEntries(Object.entries(parent).filter(([name]) => name !== key))
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !isList(value)
}
