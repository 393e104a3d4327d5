/** The words that problems are made of. */

const longestShown = 40
const mostNames = 12

/** A value of the document as a message shows it: `"tor9"`, `0`, `null`, `a list`, `an object`, `nothing`. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (typeof value === 'string')
    return value.length > longestShown ? `${quoted(value.slice(0, longestShown))}…` : quoted(value)
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list'
  if (typeof value === 'object' && value !== null) return 'an object'
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return String(value)
  return `a ${typeof value}`
}

export function quoted(text: string): string {
  return JSON.stringify(text)
}

/**
 * `nodes: cpu, mem, tor`, or `there are no nodes`; long lists are cut.
 *
 * @param meant a name that is none of them; where one is close enough, `did you mean "tor"? ` comes first
 */
export function named(what: string, names: readonly string[], meant = ''): string {
  if (names.length === 0) return `there are no ${what}`
  const rest = names.length - mostNames
  const close = closest(meant, names)
  const hint = close === undefined ? '' : `did you mean ${quoted(close)}? `
  return `${hint}${what}: ${names.slice(0, mostNames).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
}

/** `"a", "b" or "c"` */
export function oneOf(names: readonly string[]): string {
  const texts = names.map(quoted)
  const last = texts.pop() ?? 'nothing'
  return texts.length === 0 ? last : `${texts.join(', ')} or ${last}`
}

/** ` (did you mean "cores"?)` where a name is close enough, else ''. */
export function suggestion(name: string, names: readonly string[]): string {
  const close = closest(name, names)
  return close === undefined ? '' : ` (did you mean ${quoted(close)}?)`
}

/** The name that takes the fewest changed letters, if they are few. */
export function closest(name: string, names: readonly string[]): string | undefined {
  let best: string | undefined
  let least = Math.min(name.length, Math.max(1, Math.floor(name.length / 3)) + 1)
  for (const candidate of name.length > longestShown ? [] : names) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase())
    if (distance < least) [best, least] = [candidate, distance]
  }
  return best
}

/** Letters added, left out, changed, or swapped with their neighbor to make one text of the other. */
function editDistance(from: string, to: string): number {
  let before: number[] = []
  let above = Array.from({ length: to.length + 1 }, (_, column) => column)
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= to.length; column += 1) {
      const changed = at(above, column - 1) + (from[row - 1] === to[column - 1] ? 0 : 1)
      const isSwap = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]
      const swapped = isSwap ? at(before, column - 2) + 1 : Infinity
      current.push(Math.min(changed, swapped, at(above, column) + 1, at(current, column - 1) + 1))
    }
    before = above
    above = current
  }
  return at(above, to.length)
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Infinity
}
