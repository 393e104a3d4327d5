/** State that can be saved, sent between threads and put back: numbers, texts, typed arrays, lists and records of them. */
export type Plain =
  | number
  | string
  | boolean
  | null
  | Float64Array
  | Int32Array
  | Uint32Array
  | Int16Array
  | Uint8Array
  | readonly Plain[]
  | { readonly [key: string]: Plain }

export type Saved = { readonly [key: string]: Plain }

/** A deep copy; shares nothing with the original. */
export function copyPlain(value: Plain): Plain {
  if (value === null || typeof value !== 'object') return value
  if (ArrayBuffer.isView(value)) return value.slice()
  if (Array.isArray(value)) return value.map((item: Plain) => copyPlain(item))
  const copy: Record<string, Plain> = {}
  for (const [key, item] of Object.entries(value)) copy[key] = copyPlain(item)
  return copy
}

/** Copies the named fields of a component. */
export function capture<T extends object>(owner: T, fields: readonly (keyof T & string)[]): Saved {
  const saved: Record<string, Plain> = {}
  for (const field of fields) saved[field] = copyPlain(owner[field] as Plain)
  return saved
}

/** Puts captured fields back, by copy, so that one capture can be put back many times. */
export function reinstate<T extends object>(owner: T, fields: readonly (keyof T & string)[], saved: Saved): void {
  for (const field of fields) {
    const value = saved[field]
    if (!(field in saved)) throw new RangeError(`saved state has no field "${field}"`)
    owner[field] = copyPlain(value) as T[typeof field]
  }
}
