import { useId } from 'react'
import { isObject, numberOf, textOf } from '../../app/document-path'
import type { DocumentPath, JsonObject } from '../../app/document-path'
import { Field } from '../widgets/Field'
import { Select } from '../widgets/Select'
import { FieldRow } from './FieldRow'
import { distributionFields } from './form-fields'
import { usePlace } from './use-edit'

interface DistributionRowsProps {
  readonly label: string
  readonly unit: string
  readonly path: DocumentPath
  /** A mean to begin with. */
  readonly begin?: number
  /** Distribution that a mere number stands for, with that mean; '' where a number is none. */
  readonly plain?: string
}

/** A random quantity: its distribution and that distribution's parameters. */
export function DistributionRows({ label, unit, path, begin = 100000, plain = '' }: DistributionRowsProps) {
  const id = useId()
  const { value, set, problem } = usePlace(path, label.toLowerCase())
  const isPlain = plain !== '' && typeof value === 'number'
  const own: JsonObject = isObject(value) ? value : isPlain ? { dist: plain, mean: value } : {}
  const name = textOf(own.dist, 'constant')
  const fields = distributionFields[name] ?? []
  return (
    <>
      <Field label={label} htmlFor={id} problem={problem}>
        <Select
          id={id}
          value={name}
          choices={Object.keys(distributionFields).map((one) => ({ value: one, label: one }))}
          onChange={(next) => {
            set(converted(own, next, begin))
          }}
        />
      </Field>
      {fields.map((field) => (
        <PartRow
          key={field.name}
          path={isPlain ? path : [...path, field.name]}
          label={field.label}
          unit={field.isPlain === true ? '' : unit}
          isList={field.isList === true}
        />
      ))}
    </>
  )
}

function PartRow({
  path,
  label,
  unit,
  isList,
}: {
  readonly path: DocumentPath
  readonly label: string
  readonly unit: string
  readonly isList: boolean
}) {
  const { value, set, problem } = usePlace(path, label.toLowerCase())
  const info = {
    name: label,
    label,
    unit,
    type: isList ? ('list' as const) : ('number' as const),
    default: null,
    summary: '',
  }
  return <FieldRow info={info} path={path} value={value} preset={null} onChange={set} problem={problem} />
}

/** The parameters of another distribution with, where it makes sense, the same mean. */
function converted(own: JsonObject, name: string, begin: number): JsonObject {
  const mean = numberOf(own.mean, numberOf(own.value, begin))
  const fields = (distributionFields[name] ?? []).map((field) => {
    const scales = typeof field.initial === 'number' && field.isPlain !== true
    return [field.name, scales ? (mean * field.initial) / 100000 : field.initial] as const
  })
  return { dist: name, ...Object.fromEntries(fields) }
}
