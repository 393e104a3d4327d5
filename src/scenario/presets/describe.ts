import type { Citation, FieldInfo, PresetInfo } from '../catalog'

/** What differs from field to field beside name, label, unit, default and summary. */
type Rest = Partial<Omit<FieldInfo, 'name' | 'label' | 'unit' | 'type' | 'default' | 'summary'>>

/** Of a default that nobody published: a round figure of a plain device, or of a policy. */
export const assumption = 'assumed'

/** Of a default that says what a document means where it says nothing. */
const byFormat = 'the scenario format'

/** Describes fields in one line each, so that a table of them reads like a table. */
export const number = (
  name: string,
  label: string,
  unit: string,
  value: number | null,
  summary: string,
  rest: Rest = {},
): FieldInfo => ({
  name,
  label,
  unit,
  type: 'number',
  default: value,
  summary,
  minimum: 0,
  source: assumption,
  ...rest,
})

export const positive = (
  name: string,
  label: string,
  unit: string,
  value: number | null,
  summary: string,
  rest: Rest = {},
): FieldInfo => ({
  name,
  label,
  unit,
  type: 'number',
  default: value,
  summary,
  exclusiveMinimum: 0,
  source: assumption,
  ...rest,
})

export const integer = (
  name: string,
  label: string,
  unit: string,
  value: number | null,
  summary: string,
  rest: Rest = {},
): FieldInfo => ({
  name,
  label,
  unit,
  type: 'integer',
  default: value,
  summary,
  minimum: 0,
  source: assumption,
  ...rest,
})

export const choice = (
  name: string,
  label: string,
  choices: readonly string[],
  summary: string,
  rest: Rest = {},
): FieldInfo => ({
  name,
  label,
  unit: '',
  type: 'choice',
  default: choices[0] ?? null,
  choices,
  summary,
  source: byFormat,
  ...rest,
})

export const boolean = (name: string, label: string, value: boolean, summary: string): FieldInfo => ({
  name,
  label,
  unit: '',
  type: 'boolean',
  default: value,
  summary,
  source: byFormat,
})

/** Where the loaded latency comes from. */
export const loadedFit =
  'Fits of Memory Latency Checker logs (gjbex/Code-optimization): a of 6.6 to 37.7 ns, c of 1.07 to 1.48; none by default'

/** Where the loaded latency has its pole, of local DRAM and of a pool alike. */
export const loadedPole = number(
  'loadedLatencyPole',
  'Loaded latency pole',
  '× bandwidth',
  1.1,
  'c in a × u / (c - u): where the loaded latency would grow without bound.',
  { minimum: 1.001, maximum: 100, source: loadedFit },
)

/** Power and price, which every device has; assumptions unless a preset says otherwise. */
export const powerAndCost = (idleWatts: number, busyWatts: number, costUsd: number): readonly FieldInfo[] => [
  number('idleWatts', 'Idle power', 'W', idleWatts, 'Power of one device with nothing to do.'),
  number(
    'busyWatts',
    'Busy power',
    'W',
    busyWatts,
    'Power of one device at full utilization; between the two it grows in proportion.',
  ),
  number('costUsd', 'Cost', 'USD', costUsd, 'Price of one device.'),
]

/** What a source gives of a preset. */
export const cite = (source: string, ...fields: readonly string[]): Citation => ({ source, fields })

/** A device or link by its name. @param remark where figures come from that count as assumed all the same */
export function preset(given: Omit<PresetInfo, 'source'> & { readonly remark?: string }): PresetInfo {
  const { remark, ...rest } = given
  const sources = [...rest.cited.map(({ source }) => source), ...(remark === undefined ? [] : [remark])]
  const text = sources.length === 0 ? 'from memory, every figure assumed' : sources.join('; ')
  return { ...rest, source: `${text.slice(0, 1).toUpperCase()}${text.slice(1)}` }
}

/** The code of a policy that a scenario brings along. */
export const ownCode = (template: string): FieldInfo => ({
  name: 'code',
  label: 'Code',
  unit: '',
  type: 'code',
  default: template,
  summary: 'The function that decides, and what it needs, in JavaScript; a short rule to start from.',
  source: byFormat,
})

/** What such a policy is given beside what it sees. */
export const ownParameters: FieldInfo = {
  name: 'parameters',
  label: 'Parameters',
  unit: '',
  type: 'object',
  default: {},
  summary: 'What the code finds under the name parameters, such as { "limit": 0.8 }.',
  source: byFormat,
}
