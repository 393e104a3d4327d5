import type { Json } from './scenario'

/**
 * Where two documents differ, as paths in the words of the scenario format: `policies.migration.use`.
 *
 * @param limit stops looking after so many
 */
export function changedPaths(before: Json | undefined, after: Json | undefined, limit = 50): string[] {
  const found: string[] = []
  walk(before, after, '', found, limit)
  return found
}

function walk(before: Json | undefined, after: Json | undefined, path: string, found: string[], limit: number): void {
  if (before === after || found.length >= limit) return
  if (isArray(before) && isArray(after) && before.length === after.length) {
    before.forEach((value, index) => {
      walk(value, after[index], `${path}[${index}]`, found, limit)
    })
    return
  }
  if (isRecord(before) && isRecord(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      walk(before[key], after[key], path === '' ? key : `${path}.${key}`, found, limit)
    }
    return
  }
  if (JSON.stringify(before) !== JSON.stringify(after)) found.push(path)
}

const isArray = (value: Json | undefined): value is readonly Json[] => Array.isArray(value)
const isRecord = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
