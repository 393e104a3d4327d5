import type { Problem } from '../problems'
import { named, shown, suggestion } from '../words'

/** A JSON object that nobody has checked yet. */
export type Fields = Readonly<Record<string, unknown>>

const mostProblems = 1000

/** Everything found wrong or doubtful so far; past the first thousand they are only counted. */
export class Report {
  private readonly found: Problem[] = []
  private leftOut = 0
  /** Errors so far, so that a check can tell whether what it builds on is sound. */
  errors = 0

  /** Whether more problems would only be counted. */
  get isFull(): boolean {
    return this.found.length >= mostProblems
  }

  add(path: string, message: string, severity: Problem['severity']): void {
    if (severity === 'error') this.errors += 1
    if (this.isFull) this.leftOut += 1
    else this.found.push({ path, message, severity })
  }

  /** @param rank sorts the places; problems of one rank stay as they were found */
  problems(rank: (path: string) => number = () => 0): readonly Problem[] {
    const sorted = [...this.found].sort((one, other) => rank(one.path) - rank(other.path))
    if (this.leftOut === 0) return sorted
    return [...sorted, { path: '', message: `and ${this.leftOut} more problems`, severity: 'error' }]
  }
}

/** One value of the document together with its path, so that whatever reads it can say what is wrong and where. */
export class Place {
  constructor(
    readonly report: Report,
    readonly path: string,
    readonly value: unknown,
  ) {}

  error(message: string): void {
    this.report.add(this.path, message, 'error')
  }

  warn(message: string): void {
    this.report.add(this.path, message, 'warning')
  }

  /** `needs <requirement>; got <what stands here>`, about the thing that holds this value. */
  refuse(subject: string, requirement: string): void {
    this.error(`${subject} needs ${requirement}; got ${shown(this.value)}`)
  }

  /** A field of the object that stands here; its value is undefined where there is none. */
  field(name: string): Place {
    const fields = isFields(this.value) ? this.value : {}
    const path = this.path === '' ? name : `${this.path}.${name}`
    return new Place(this.report, path, Object.hasOwn(fields, name) ? fields[name] : undefined)
  }

  item(index: number): Place {
    const list: readonly unknown[] = Array.isArray(this.value) ? this.value : []
    return new Place(this.report, `${this.path}[${index}]`, list[index])
  }

  get isGiven(): boolean {
    return this.value !== undefined
  }
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether an object stands here; reports another thing, and every field that is not among the known ones. */
export function expectObject(place: Place, subject: string, known: readonly string[]): boolean {
  if (!isFields(place.value)) {
    place.error(`${subject} is written as an object { … }; got ${shown(place.value)}`)
    return false
  }
  for (const name of Object.keys(place.value)) {
    if (known.includes(name)) continue
    const hint = place.report.isFull ? '' : suggestion(name, known)
    place.error(`unknown field ${shown(name)}${hint === '' ? ` (${named('fields', known)})` : hint}`)
  }
  return true
}

/** The items of a list; none where it is left out. Reports another thing than a list, or too few items. */
export function listItems(place: Place, subject: string, atLeast = 0): readonly Place[] {
  const { value } = place
  if (!Array.isArray(value)) {
    if (value !== undefined || atLeast > 0) place.refuse(subject, 'a list [ … ]')
    return []
  }
  if (value.length < atLeast) place.refuse(subject, `a list of at least ${atLeast}`)
  return value.map((_, index) => place.item(index))
}
