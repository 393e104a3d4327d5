import type { CacheUse } from '../scenario'
import { shown } from '../words'
import { readFields, readVariant, type FieldRule } from './field'
import { expectObject, isFields, listItems, type Place } from './place'

const subject = 'the use of cache'
const mostMiB = 1e6

export const powerRules: readonly FieldRule[] = [
  { name: 'atMiB', type: 'number', exclusiveMinimum: 0, maximum: mostMiB },
  { name: 'exponent', type: 'number', minimum: 0, maximum: 3, default: 0.5 },
  { name: 'mostFactor', type: 'number', minimum: 1, maximum: 1e6, default: 10 },
  {
    name: 'workingSetMiB',
    type: 'number',
    exclusiveMinimum: 0,
    maximum: mostMiB,
    nullMeans: 'any cache is of use',
    default: null,
  },
]

/** `{ cache: … }` where a service says how its misses depend on last-level cache. */
export function readCache(place: Place): { readonly cache?: CacheUse } {
  if (!place.isGiven) return {}
  if (!isFields(place.value)) {
    place.refuse('a service', 'a use of cache { "model": … }')
    return {}
  }
  const model = readVariant(place.field('model'), subject, ['power', 'curve'] as const)
  if (model === null) return {}
  if (model === 'curve') {
    expectObject(place, `${subject} (curve)`, ['model', 'points'])
    return { cache: { model, points: readPoints(place.field('points')) } }
  }
  expectObject(place, `${subject} (power)`, ['model', ...powerRules.map((rule) => rule.name)])
  return { cache: { model, ...readFields(place, subject, powerRules) } as unknown as CacheUse } // the rules name its fields
}

function readPoints(place: Place): readonly (readonly [number, number])[] {
  const items = listItems(place, subject, 1)
  const points = items.map(readPoint)
  points.forEach(([mib, factor], i) => {
    const before = points[i - 1]
    if (before === undefined) return
    if (mib <= before[0]) items[i]?.error(`cache rises from point to point; got ${mib} after ${before[0]}`)
    else if (factor > before[1])
      items[i]?.error(`more cache gives no more misses; got a multiplier of ${factor} after ${before[1]}`)
  })
  return points
}

function readPoint(place: Place): readonly [number, number] {
  const { value } = place
  const isPair = Array.isArray(value) && value.length === 2
  if (isPair && value.every((number) => typeof number === 'number' && number >= 0 && number <= mostMiB))
    return [Number(value[0]) + 0, Number(value[1]) + 0]
  place.error(`a point is [MiB of cache, multiplier of misses], each 0 or more; got ${shown(value)}`)
  return [0, 0]
}
