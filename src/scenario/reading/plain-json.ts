import { isReservedKey, maximumDepth } from '../json-text'
import type { Json } from '../scenario'
import { shown } from '../words'
import type { Report } from './place'

/**
 * A copy of any value as JSON, so that the rest of the reader meets nothing else: no cycles, no functions, no values
 * that are read twice and differ. What JSON cannot say is reported and read as null.
 */
export function plainJson(value: unknown, report: Report): Json {
  try {
    return copy(value, '', 1, report)
  } catch {
    report.add('', 'the document cannot be read, as reading a value of it failed', 'error')
    return null
  }
}

function copy(value: unknown, path: string, depth: number, report: Report): Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number' && Number.isFinite(value)) return value
  if (typeof value === 'object' && depth > maximumDepth) {
    return refuse(report, path, `at most ${maximumDepth} lists and objects stand inside each other`)
  }
  if (Array.isArray(value))
    return Array.from(value, (item: unknown, index) => copy(item, `${path}[${index}]`, depth + 1, report))
  if (typeof value === 'object') return copyObject(value, path, depth, report)
  return refuse(
    report,
    path,
    `JSON has no such value; got ${typeof value === 'number' ? String(value) : `a value of type ${typeof value}`}`,
  )
}

function copyObject(value: object, path: string, depth: number, report: Report): Json {
  const object: Record<string, Json> = {}
  for (const [key, field] of Object.entries(value)) {
    if (field === undefined) continue // as in JSON text
    if (isReservedKey(key)) report.add(path, `the key ${shown(key)} is reserved`, 'error')
    else object[key] = copy(field, path === '' ? key : `${path}.${key}`, depth + 1, report)
  }
  return object
}

function refuse(report: Report, path: string, message: string): null {
  report.add(path, message, 'error')
  return null
}
