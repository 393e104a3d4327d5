import { compareText } from './span'

/** Adds to a count that starts at 0. */
export function increase(counts: Map<string, number>, key: string, by = 1): void {
  counts.set(key, (counts.get(key) ?? 0) + by)
}

/** Adds to a list that starts empty. */
export function append<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const known = lists.get(key)
  if (known === undefined) lists.set(key, [value])
  else known.push(value)
}

/** A map as an object, its keys in order of their code units. */
export function sortedRecord<T, R>(map: ReadonlyMap<string, T>, change: (value: T) => R): Readonly<Record<string, R>> {
  const entries = [...map].sort(([a], [b]) => compareText(a, b))
  return Object.fromEntries(entries.map(([key, value]) => [key, change(value)]))
}
