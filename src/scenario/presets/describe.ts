import type { FieldInfo } from '../catalog'

/** What differs from field to field beside name, label, unit, default and summary. */
type Rest = Partial<Omit<FieldInfo, 'name' | 'label' | 'unit' | 'type' | 'default' | 'summary'>>

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
  ...rest,
})

export const boolean = (name: string, label: string, value: boolean, summary: string): FieldInfo => ({
  name,
  label,
  unit: '',
  type: 'boolean',
  default: value,
  summary,
})

/** Power and price, which every device has; assumptions unless a preset says otherwise. */
export const powerAndCost = (idleWatts: number, busyWatts: number, costUsd: number): readonly FieldInfo[] => [
  number('idleWatts', 'Idle power', 'W', idleWatts, 'Power of one device with nothing to do.', { source: 'assumed' }),
  number(
    'busyWatts',
    'Busy power',
    'W',
    busyWatts,
    'Power of one device at full utilization; between the two it grows in proportion.',
    {
      source: 'assumed',
    },
  ),
  number('costUsd', 'Cost', 'USD', costUsd, 'Price of one device.', { source: 'assumed' }),
]
