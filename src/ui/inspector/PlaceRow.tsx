import { useId } from 'react'
import type { DocumentPath } from '../../app/document-path'
import type { FieldInfo } from '../../scenario/catalog'
import { Field } from '../widgets/Field'
import { Select } from '../widgets/Select'
import type { Choice } from '../widgets/Select'
import { TextField } from '../widgets/TextField'
import { FieldRow } from './FieldRow'
import { usePlace } from './use-edit'

/** A catalog field tied to its place in the document. */
export function PlaceRow({ info, path }: { readonly info: FieldInfo; readonly path: DocumentPath }) {
  const { value, set, problem } = usePlace(path, info.label.toLowerCase())
  return <FieldRow info={info} path={path} value={value} preset={info.default} onChange={set} problem={problem} />
}

/** A choice among things of the document, such as nodes or operations. */
export function ChoiceRow({
  label,
  path,
  choices,
  none,
}: {
  readonly label: string
  readonly path: DocumentPath
  readonly choices: readonly Choice[]
  readonly none?: string
}) {
  const id = useId()
  const { value, set, problem } = usePlace(path, label.toLowerCase())
  const all = none === undefined ? choices : [{ value: '', label: none }, ...choices]
  return (
    <Field label={label} htmlFor={id} problem={problem}>
      <Select
        id={id}
        value={typeof value === 'string' ? value : ''}
        choices={all}
        isBad={problem !== undefined}
        onChange={(next) => {
          set(next === '' ? null : next)
        }}
      />
    </Field>
  )
}

/** Free text, such as a label. */
export function TextRow({
  label,
  path,
  placeholder = '',
}: {
  readonly label: string
  readonly path: DocumentPath
  readonly placeholder?: string
}) {
  const id = useId()
  const { value, set, problem } = usePlace(path, label.toLowerCase())
  return (
    <Field label={label} htmlFor={id} problem={problem}>
      <TextField
        id={id}
        value={typeof value === 'string' ? value : ''}
        placeholder={placeholder}
        onChange={(text) => {
          set(text === '' ? undefined : text)
        }}
      />
    </Field>
  )
}

interface IdRowProps {
  readonly value: string
  /** Why a text cannot be the id; '' when it can. */
  readonly check: (text: string) => string
  readonly onRename: (id: string) => void
}

/** An id; everything that names it follows when it changes. */
export function IdRow({ value, check, onRename }: IdRowProps) {
  const id = useId()
  return (
    <Field label="Name" htmlFor={id} hint="How the files and the links name it. Everything that uses the name follows.">
      <TextField id={id} isLate isMono value={value} check={check} onChange={onRename} />
    </Field>
  )
}
