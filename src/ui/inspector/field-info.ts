import type { FieldInfo } from '../../scenario/catalog'
import type { Json } from '../../scenario/scenario'

type Rest = Partial<Omit<FieldInfo, 'name' | 'label' | 'unit' | 'type' | 'default' | 'summary'>>

/** Makes fields of the scenario that are not hardware: what the forms of services, sources, steps and runs are made from. */
export const field =
  (type: FieldInfo['type']) =>
  (name: string, label: string, unit: string, value: Json, summary: string, rest: Rest = {}): FieldInfo => ({
    name,
    label,
    unit,
    type,
    default: value,
    summary,
    ...rest,
  })
export const number = field('number')
export const integer = field('integer')
export const choice = field('choice')
