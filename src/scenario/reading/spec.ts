import type { Catalog, HardwareInfo } from '../catalog'
import type { NodeKind } from '../scenario'
import { named, quoted } from '../words'
import { readFields, type FieldRule, type Values } from './field'
import { expectObject, isFields, listItems, type Place } from './place'

/** How messages speak of each kind. */
export const subjectOf: Readonly<Record<NodeKind | 'link', string>> = {
  cpu: 'a CPU pool',
  memory: 'a memory pool',
  gpu: 'a GPU pool',
  nic: 'a NIC pool',
  switch: 'a switch',
  link: 'a link',
}

const engineRules: readonly FieldRule[] = [
  { name: 'work', type: 'choice', choices: ['serialization', 'compression', 'crypto'] },
  { name: 'bandwidthGBps', type: 'number', exclusiveMinimum: 0, maximum: 1e6 },
]

/** A preset's name, or an object of fields with perhaps a preset as its base. */
export function readSpec(place: Place, info: HardwareInfo): Values {
  const subject = subjectOf[info.kind]
  const fields = info.fields.map((field) => field.name)
  if (!place.isGiven) return readFields(place, subject, info.fields)
  if (typeof place.value === 'string') {
    const preset = readPreset(place, info)
    return { ...pick(preset, 'preset'), ...readFields(place, subject, info.fields, preset) }
  }
  if (!isFields(place.value)) {
    place.refuse(subject, 'the name of a preset or an object of fields')
    return readFields(place, subject, info.fields)
  }
  expectObject(place, subject, ['preset', ...fields])
  const engines = place.field('engines')
  if (info.kind === 'nic' && Array.isArray(engines.value))
    for (const engine of listItems(engines, subject)) readEngine(engine)
  const preset = readPreset(place.field('preset'), info)
  return { ...pick(preset, 'preset'), ...readFields(place, subject, info.fields, preset) }
}

/** Checks the shape of an engine. */
function readEngine(place: Place): void {
  if (
    expectObject(
      place,
      'an engine',
      engineRules.map((rule) => rule.name),
    )
  )
    readFields(place, 'an engine', engineRules)
}

/** `{ name: value }` where there is such a value. */
export function pick(values: Values, name: string): Values {
  const value = values[name]
  return value === undefined ? {} : { [name]: value }
}

/** The values of a preset, and `preset` with its name unless it is the plain one. */
export function readPreset(place: Place, info: HardwareInfo): Values {
  if (!place.isGiven) return {}
  const preset = info.presets.find((candidate) => candidate.name === place.value)
  if (preset === undefined) {
    const name = typeof place.value === 'string' ? quoted(place.value) : 'of that kind'
    const known = info.presets.map((each) => each.name)
    place.error(
      `no preset ${name} for ${subjectOf[info.kind]} (${named('presets', known, typeof place.value === 'string' ? place.value : '')})`,
    )
    return {}
  }
  return preset.name === 'plain' ? preset.values : { ...preset.values, preset: preset.name }
}

/** What the protocol of a link says about its fields. */
export function protocolValues(catalog: Catalog, name: unknown): Values {
  const protocol = catalog.protocols.find((candidate) => candidate.name === name)
  if (protocol === undefined) return {}
  const { bandwidthGbps, propagationNs, payloadBytes, headerBytes, lossless, access } = protocol
  return { bandwidthGbps, propagationNs, payloadBytes, headerBytes, lossless, access }
}
