import type { FootprintPhase } from '../scenario'
import { readFields, type FieldRule } from './field'
import { expectObject, listItems, type Place } from './place'

const subject = 'a phase of a footprint'
const rules: readonly FieldRule[] = [
  { name: 'atSeconds', type: 'number', minimum: 0, maximum: 1e9 },
  { name: 'footprintMiB', type: 'number', minimum: 0, maximum: 1e12 },
]

/** Times rise, and what is local stays so: a phase needs more than that. */
export function readFootprintPhases(service: Place): { readonly footprintPhases?: readonly FootprintPhase[] } {
  const place = service.field('footprintPhases')
  if (!place.isGiven) return {}
  const names = rules.map((rule) => rule.name)
  let before = -Infinity
  const footprintPhases = listItems(place, 'a service').map((item) => {
    expectObject(item, subject, names)
    const phase = readFields(item, subject, rules) as unknown as FootprintPhase // the rules name its fields
    if (phase.atSeconds <= before)
      item.field('atSeconds').error(`after the phase before, ${before}; got ${phase.atSeconds}`)
    before = phase.atSeconds
    const localMiB = asNumber(service, 'footprintMiB', 0) * asNumber(service, 'localShare', 1)
    if (phase.footprintMiB <= localMiB)
      item
        .field('footprintMiB')
        .error(`more than the local part of the service, ${localMiB}; got ${phase.footprintMiB}`)
    return phase
  })
  return { footprintPhases }
}

function asNumber(service: Place, name: string, fallback: number): number {
  const { value } = service.field(name)
  return typeof value === 'number' ? value : fallback
}
