import type { FieldInfo } from '../catalog'
import type { Json } from '../scenario'
import { oneOf, quoted, shown, suggestion } from '../words'
import { isFields, type Place } from './place'

/** What the reader must know of a field; without a default it is required. */
export type FieldRule = Pick<FieldInfo, 'name' | 'type'> & Partial<FieldInfo>

/** Longest code of a policy, characters. */
const MOST_CODE = 65_536

/** Field values by name. */
export type Values = Readonly<Record<string, Json>>

/**
 * Reads the fields of an object that a table describes; a left-out one takes its value from `base`, else its default.
 *
 * @param subject the thing that has them, as in "a memory pool needs more than 0"
 */
export function readFields(place: Place, subject: string, rules: readonly FieldRule[], base: Values = {}): Values {
  return Object.fromEntries(
    rules.map((rule) => [rule.name, readField(place.field(rule.name), subject, rule, base[rule.name])]),
  )
}

/** One such field; what is wrong is reported and read as the default. */
export function readField(
  place: Place,
  subject: string,
  rule: FieldRule,
  fallback: Json | undefined = rule.default,
): Json {
  const { value } = place
  if (value === undefined && fallback !== undefined) return fallback
  if (!isAllowed(value, rule)) {
    const hint = typeof value === 'string' ? suggestion(value, rule.choices ?? []) : ''
    place.error(`${subject} needs ${requirement(value, rule)}; got ${shown(value)}${hint}`)
    return fallback ?? placeholder(rule)
  }
  const read = value === 0 ? 0 : value // -0 is 0
  if (!isSimulated(read, rule, fallback))
    place.error(`not supported yet: ${shown(read)} (supported: ${supported(rule, fallback)})`)
  return read
}

function isAllowed(value: unknown, rule: FieldRule): value is Json {
  if (value === null) return rule.nullMeans !== undefined
  switch (rule.type) {
    case 'number':
      return typeof value === 'number' && isWithin(value, rule)
    case 'integer':
      return Number.isSafeInteger(value) && isWithin(Number(value), rule)
    case 'choice':
      return typeof value === 'string' && (rule.choices ?? []).includes(value)
    case 'boolean':
      return typeof value === 'boolean'
    case 'text':
      return typeof value === 'string'
    case 'code':
      return typeof value === 'string' && value.trim() !== '' && value.length <= MOST_CODE
    case 'list':
      return Array.isArray(value)
    case 'object':
      return isFields(value)
  }
}

function isWithin(value: number, rule: FieldRule): boolean {
  const { minimum = -Infinity, maximum = Infinity, exclusiveMinimum = -Infinity } = rule
  return Number.isFinite(value) && value >= minimum && value <= maximum && value > exclusiveMinimum
}

function isSimulated(value: Json, rule: FieldRule, fallback: Json | undefined): boolean {
  if (typeof value === 'string' && rule.notYet?.includes(value) === true) return false
  if (rule.unsupported !== true) return true
  return Array.isArray(value) ? value.length === 0 : value === fallback || value === rule.default
}

function supported(rule: FieldRule, fallback: Json | undefined): string {
  if (rule.notYet === undefined) return shown(fallback)
  return (rule.choices ?? []).filter((choice) => rule.notYet?.includes(choice) !== true).join(', ')
}

/** Stands in for a required field that cannot be read, so that reading can go on. */
function placeholder(rule: FieldRule): Json {
  if (rule.type === 'number' || rule.type === 'integer') return rule.minimum ?? 1
  if (rule.type === 'list') return []
  if (rule.type === 'object') return {}
  return rule.type === 'boolean' ? false : (rule.choices?.[0] ?? '')
}

/** What a field needs, in words that fit what was found: the range alone for a number, the type with it otherwise. */
function requirement(value: unknown, rule: FieldRule): string {
  return typeWords(value, rule) + (rule.nullMeans === undefined ? '' : `, or null (${rule.nullMeans})`)
}

function typeWords(value: unknown, rule: FieldRule): string {
  const range = rangeWords(value, rule)
  switch (rule.type) {
    case 'number':
      if (typeof value === 'number' && range !== '') return range
      return range === '' ? 'a number' : `a number, ${range}`
    case 'integer':
      return range === '' ? 'a whole number' : `a whole number, ${range}`
    case 'choice':
      return oneOf(rule.choices ?? [])
    case 'boolean':
      return 'true or false'
    case 'text':
      return 'text'
    case 'code':
      return `code of 1 to ${MOST_CODE} characters`
    case 'list':
      return 'a list [ … ]'
    case 'object':
      return 'an object { … }'
  }
}

/** Both bounds of a share; of other ranges the one that was not kept, as the other is often far away. */
function rangeWords(value: unknown, rule: FieldRule): string {
  const { minimum, maximum, exclusiveMinimum } = rule
  if (maximum !== undefined && typeof value === 'number' && value > maximum && maximum > 1) return `at most ${maximum}`
  if (rule.type === 'integer' && Number.isInteger(value) && Number(value) > Number.MAX_SAFE_INTEGER)
    return `at most ${Number.MAX_SAFE_INTEGER}`
  if (exclusiveMinimum !== undefined) return `more than ${exclusiveMinimum}${maximum === 1 ? ' and at most 1' : ''}`
  if (minimum === undefined) return maximum === undefined ? '' : `at most ${maximum}`
  return maximum === 1 ? `${minimum} to 1` : `${minimum} or more`
}

/** Reads a list of numbers, each within the bounds of the rule. */
export function readNumbers(place: Place, subject: string, rule: FieldRule, atLeast = 1): readonly number[] {
  const list: readonly unknown[] = Array.isArray(place.value) ? place.value : []
  if (!Array.isArray(place.value) || list.length < atLeast) {
    place.refuse(
      subject,
      atLeast === 0 ? 'a list of numbers' : `a list of at least ${atLeast} number${atLeast === 1 ? '' : 's'}`,
    )
  }
  return list.map((value, index) => {
    if (isAllowed(value, rule)) return Number(value) + 0
    return Number(readField(place.item(index), subject, rule))
  })
}

/** Reports probabilities that do not add up to 1 within 1e-9. */
export function expectSumOfOne(place: Place, probabilities: readonly number[]): void {
  const sum = probabilities.reduce((total, probability) => total + probability, 0)
  if (Math.abs(sum - 1) > 1e-9) place.error(`probabilities add up to 1; got a sum of ${Number(sum.toPrecision(12))}`)
}

/** Reads required text; '' where it is missing or something else. */
export function readText(place: Place, subject: string, what: string): string {
  if (typeof place.value === 'string' && place.value !== '') return place.value
  place.refuse(subject, what)
  return ''
}

const idPattern = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/

/** The text that stands as the id of an object, right or wrong; '' where there is none. */
export function idOf(value: unknown): string {
  const id = isFields(value) ? value['id'] : undefined
  return typeof id === 'string' ? id : ''
}

/**
 * Reads an id; reports one that breaks the rule of ids or is taken already. What is text is returned in any case, so
 * that references to it are not reported as well.
 *
 * @param taken the path of the holder by id
 */
export function readId(holder: Place, subject: string, taken: Map<string, string>): string {
  const place = holder.field('id')
  const id = readText(place, subject, 'an id')
  if (id === '') return id
  if (!idPattern.test(id))
    place.error(`an id has 1 to 64 letters, digits, "_" and "-", the first a letter or digit; got ${shown(id)}`)
  const owner = taken.get(id)
  if (owner === undefined) taken.set(id, holder.path)
  else place.error(`${quoted(id)} is already the id of ${owner}`)
  return id
}

/** `{ label: … }` where an object has one, as free text. */
export function readLabel(holder: Place, subject: string): { readonly label?: string } {
  const place = holder.field('label')
  if (typeof place.value === 'string') return { label: place.value }
  if (place.isGiven) place.refuse(subject, 'text')
  return {}
}

/** The value of a choice that selects how an object goes on (`dist`, `process`, `do`); null where it is none of them. */
export function readVariant<Name extends string>(place: Place, subject: string, names: readonly Name[]): Name | null {
  const found = names.find((name) => name === place.value)
  if (found !== undefined) return found
  const hint = typeof place.value === 'string' ? suggestion(place.value, names) : ''
  place.error(`${subject} needs ${oneOf(names)}; got ${shown(place.value)}${hint}`)
  return null
}
