import type { Attempts } from '../scenario'
import { readFields, type FieldRule } from './field'
import { expectObject, type Place } from './place'

const subject = 'a rule of attempts'
const mostUs = 1e12

export const attemptRules: readonly FieldRule[] = [
  {
    name: 'timeoutUs',
    type: 'number',
    exclusiveMinimum: 0,
    maximum: mostUs,
    nullMeans: 'waits for ever',
    default: null,
  },
  { name: 'retries', type: 'integer', minimum: 0, maximum: 20, default: 0 },
  { name: 'backoffUs', type: 'number', minimum: 0, maximum: 1e9, default: 0 },
  { name: 'retryBudget', type: 'number', minimum: 0, maximum: 100, nullMeans: 'no limit', default: null },
  {
    name: 'hedgeAfterUs',
    type: 'number',
    exclusiveMinimum: 0,
    maximum: mostUs,
    nullMeans: 'no second one',
    default: null,
  },
]

/** `{ attempts: … }` where a source or a call says how it asks when an answer fails or is late. */
export function readAttempts(place: Place): { readonly attempts?: Attempts } {
  if (!place.isGiven) return {}
  const isRead = expectObject(
    place,
    subject,
    attemptRules.map((rule) => rule.name),
  )
  if (!isRead) return {}
  return { attempts: readFields(place, subject, attemptRules) as unknown as Attempts } // the rules name its fields
}
