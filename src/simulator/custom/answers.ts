/** Words for an answer of the wrong shape. */
export function wrongAnswer(answer: unknown, sort: string, expected: string): Error {
  return new Error(`it returned ${shown(answer, sort)}, expected ${expected}`)
}

const MOST_SHOWN = 120

function shown(answer: unknown, sort: string): string {
  if (sort === 'undefined') return 'nothing'
  if (answer === undefined || sort === 'a promise') return sort.startsWith('a ') ? sort : `a ${sort}`
  const text = JSON.stringify(answer)
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text
}

export type Fields = Readonly<Record<string, unknown>>

export function fieldsOf(answer: unknown): Fields | null {
  return typeof answer === 'object' && answer !== null && !Array.isArray(answer) ? (answer as Fields) : null
}

/** What may be counted from 0 or called by its name; -1 for neither. */
export function indexIn(names: readonly string[], value: unknown): number {
  if (typeof value === 'string') return names.indexOf(value)
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < names.length ? value : -1
}

const MOST_REASON = 300

/** A reason in one line; what a rule leaves out is said in its place. */
export function reasonOf(fields: Fields, otherwise: string): string {
  const { reason } = fields
  if (reason === undefined || reason === '') return otherwise
  const text = typeof reason === 'string' ? reason : JSON.stringify(reason)
  return text.replaceAll(/\s+/g, ' ').slice(0, MOST_REASON)
}
