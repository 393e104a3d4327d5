/**
 * Canonical text of a scenario or document: keys in their order, two spaces per level, lists of plain values in one
 * line, a line feed at the end. Equal documents give equal texts.
 *
 * @throws RangeError for a number that JSON cannot say
 */
export function scenarioText(document: object): string {
  return `${valueText(document, '')}\n`
}

function valueText(value: unknown, indent: string): string {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new RangeError(`JSON has no number ${value}`)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  return Array.isArray(value) ? listText(value, indent) : objectText(value, indent)
}

function listText(list: readonly unknown[], indent: string): string {
  if (list.every((item) => typeof item !== 'object' || item === null)) {
    return `[${list.map((item) => valueText(item, indent)).join(', ')}]`
  }
  return wrapped(
    '[',
    list.map((item) => valueText(item, `${indent}  `)),
    ']',
    indent,
  )
}

function objectText(object: object, indent: string): string {
  const members = Object.entries(object).filter(([, value]) => value !== undefined)
  if (members.length === 0) return '{}'
  const lines = members.map(([key, value]) => `${JSON.stringify(key)}: ${valueText(value, `${indent}  `)}`)
  return wrapped('{', lines, '}', indent)
}

function wrapped(open: string, lines: readonly string[], close: string, indent: string): string {
  return `${open}\n${lines.map((line) => `${indent}  ${line}`).join(',\n')}\n${indent}${close}`
}
