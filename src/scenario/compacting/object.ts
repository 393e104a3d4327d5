import type { Json } from '../scenario'

export type JsonObject = { readonly [key: string]: Json }
type Change = (value: Json) => Json

/** How an object is written shortest. */
export interface Shape {
  /** Fields in the order of the format; others follow as they stood. */
  readonly order: readonly string[]
  /** Values that are left out. */
  readonly defaults: JsonObject
  /** How the values of some fields are shortened before they are compared. */
  readonly inner?: Readonly<Record<string, Change>>
}

/** An object without what equals its default; anything but an object as it is. */
export function compactObject(value: Json, shape: Shape): Json {
  if (!isObject(value)) return value
  const short: Record<string, Json> = {}
  for (const name of [...shape.order, ...Object.keys(value).filter((key) => !shape.order.includes(key))]) {
    const field = Object.hasOwn(value, name) ? value[name] : undefined
    if (field === undefined) continue
    const written = shape.inner?.[name]?.(field) ?? field
    if (!isSame(written, shape.defaults[name])) short[name] = written
  }
  return short
}

/** Shortens every item of a list; anything but a list stays as it is. */
export function eachItem(change: Change): Change {
  return (value) => (isList(value) ? value.map(change) : value)
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !isList(value)
}

/** A text field of an object; '' where it is none. */
export function textOf(object: Json, name: string): string {
  const value = isObject(object) ? object[name] : undefined
  return typeof value === 'string' ? value : ''
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}

function isSame(value: Json, other: Json | undefined): boolean {
  if (typeof value !== 'object' || value === null) return value === other
  if (isList(value))
    return isList(other) && value.length === other.length && value.every((item, index) => isSame(item, other[index]))
  const keys = Object.keys(value)
  if (!isObject(other) || keys.length !== Object.keys(other).length) return false
  return keys.every((key) => isSame(value[key] ?? null, other[key]))
}
