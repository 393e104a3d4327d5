import type { FieldInfo, HardwareInfo } from '../scenario/catalog'

/** Where the value comes from that holds while a field is not set. */
export interface FieldOrigin {
  /** assumed: nobody published it. rule: what a document means that says nothing. */
  readonly kind: 'cited' | 'assumed' | 'rule'
  /** One sentence, with the source where there is one. */
  readonly text: string
}

/** What `source` says of a default that nobody published. */
const assumption = 'assumed'

export function fieldOrigin(hardware: HardwareInfo, field: FieldInfo, presetName: string): FieldOrigin {
  if (field.type !== 'number' && field.type !== 'integer') return { kind: 'rule', text: '' }
  const preset = hardware.presets.find((one) => one.name === presetName)
  if (preset?.assumed.includes(field.name) === true) {
    return { kind: 'assumed', text: `Assumed for ${preset.label}, not a published figure. ${ended(preset.source)}` }
  }
  const citation = preset?.cited.find((one) => one.fields.includes(field.name))
  if (citation !== undefined) return { kind: 'cited', text: `Source: ${ended(citation.source)}` }
  if (field.source === assumption) return { kind: 'assumed', text: 'Assumed: a round figure of a plain device.' }
  if (field.source === undefined) return { kind: 'rule', text: '' }
  return { kind: 'cited', text: `Source: ${ended(field.source)}` }
}

const ended = (text: string): string => (text.endsWith('.') ? text : `${text}.`)
