import { isList, isObject, pathText } from '../../app/document-path'
import type { DocumentPath } from '../../app/document-path'
import type { FieldOrigin } from '../../app/field-origin'
import type { FieldInfo } from '../../scenario/catalog'
import type { Json } from '../../scenario/scenario'
import { Field, hintId } from '../widgets/Field'
import { NumberField } from '../widgets/NumberField'
import { showNumber } from '../widgets/number-text'
import { Select } from '../widgets/Select'
import { TextField } from '../widgets/TextField'
import { EnginesField } from './EnginesField'

interface FieldRowProps {
  readonly info: FieldInfo
  readonly path: DocumentPath
  readonly value: Json | undefined
  /** What holds when nothing is set. */
  readonly preset: Json
  readonly onChange: (value: Json | undefined) => void
  readonly problem?: string | undefined
  /** What is said of it is a doubt and no error. */
  readonly isDoubt?: boolean
  /** Where the preset's value comes from; of hardware only. */
  readonly origin?: FieldOrigin | undefined
}

const idOf = (path: DocumentPath): string => `f-${pathText(path)}`.replaceAll(/[^A-Za-z0-9_-]/g, '-')

/** One field of the catalog as a row of a form: unit beside it, the preset's value where nothing is set. */
export function FieldRow({ info, path, value, preset, onChange, problem, isDoubt = false, origin }: FieldRowProps) {
  const id = idOf(path)
  // What has no value of its own must be given; there is nothing to go back to.
  const isRequired = preset === null && info.nullMeans === undefined
  const isSet = value !== undefined && JSON.stringify(value) !== JSON.stringify(preset)
  const hint = [
    info.summary,
    isSet ? '' : (origin?.text ?? ''),
    info.unsupported === true ? 'Only this value is simulated yet.' : '',
  ]
    .filter((part) => part !== '')
    .join('\n')
  return (
    <Field
      label={info.label}
      htmlFor={id}
      isChanged={isSet && !isRequired}
      hint={hint}
      isAssumed={!isSet && origin?.kind === 'assumed'}
      problem={problem}
      isDoubt={isDoubt}
      onReset={() => {
        onChange(undefined)
      }}
    >
      <Control
        info={info}
        id={id}
        value={isSet ? value : undefined}
        preset={preset}
        onChange={onChange}
        isBad={problem !== undefined && !isDoubt}
        describedBy={
          [hint === '' ? '' : hintId(id), problem === undefined ? '' : `${id}-problem`].join(' ').trim() || undefined
        }
      />
    </Field>
  )
}

interface ControlProps {
  readonly info: FieldInfo
  readonly id: string
  readonly value: Json | undefined
  readonly preset: Json
  readonly onChange: (value: Json | undefined) => void
  readonly isBad: boolean
  readonly describedBy: string | undefined
}

function Control({ info, id, value, preset, onChange, isBad, describedBy }: ControlProps) {
  switch (info.type) {
    case 'number':
    case 'integer':
      return (
        <NumberField
          id={id}
          value={typeof value === 'number' || value === null ? value : undefined}
          onChange={(next) => {
            // What null means is what holds where nothing is set.
            onChange(next === null && preset === null ? undefined : next)
          }}
          unit={info.unit}
          placeholder={presetText(preset, info.nullMeans)}
          isInteger={info.type === 'integer'}
          nullMeans={info.nullMeans}
          minimum={info.minimum}
          isBad={isBad}
          describedBy={describedBy}
        />
      )
    case 'choice':
    case 'boolean': {
      const names = info.type === 'boolean' ? ['true', 'false'] : (info.choices ?? [])
      const words = (name: string): string => (info.type === 'boolean' ? (name === 'true' ? 'yes' : 'no') : name)
      return (
        <Select
          id={id}
          value={plainText(value ?? preset)}
          choices={names.map((name) => ({ value: name, label: words(name) }))}
          isPreset={value === undefined}
          isBad={isBad}
          describedBy={describedBy}
          onChange={(name) => {
            onChange(info.type === 'boolean' ? name === 'true' : name)
          }}
        />
      )
    }
    case 'text':
    case 'code':
      return (
        <TextField
          id={id}
          value={typeof value === 'string' ? value : ''}
          placeholder={typeof preset === 'string' ? preset : ''}
          onChange={(text) => {
            onChange(text === '' ? undefined : text)
          }}
        />
      )
    case 'object':
      return <JsonField id={id} value={value ?? preset} isRecord onChange={onChange} />
    case 'list':
      return info.name === 'engines' ? (
        <EnginesField id={id} value={value ?? preset} onChange={onChange} />
      ) : (
        <JsonField id={id} value={value ?? preset} onChange={onChange} />
      )
  }
}

/** A choice or a yes-no as the text of its option. */
const plainText = (value: Json): string =>
  typeof value === 'string' || typeof value === 'boolean' ? String(value) : ''

const presetText = (preset: Json, nullMeans = 'none'): string =>
  typeof preset === 'number' ? showNumber(preset) : preset === null ? nullMeans : ''

/** A list or an object as its JSON text, for what has no form of its own. */
function JsonField({
  id,
  value,
  isRecord = false,
  onChange,
}: {
  readonly id: string
  readonly value: Json
  readonly isRecord?: boolean
  readonly onChange: (value: Json) => void
}) {
  const read = (text: string): Json | undefined => {
    try {
      // What JSON.parse gives is JSON.
      return JSON.parse(text) as Json
    } catch {
      return undefined
    }
  }
  return (
    <TextField
      id={id}
      isMono
      isLate
      value={JSON.stringify(value)}
      check={(text) => {
        const next = read(text)
        if (isRecord) return isObject(next) ? '' : 'An object in JSON: { … }'
        return isList(next) ? '' : 'A list in JSON: [ … ]'
      }}
      onChange={(text) => {
        const next = read(text)
        if (next !== undefined) onChange(next)
      }}
    />
  )
}
