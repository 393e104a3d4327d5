import { useId } from 'react'
import { textOf } from '../../app/document-path'
import type { DocumentPath } from '../../app/document-path'
import { Field } from '../widgets/Field'
import { Select } from '../widgets/Select'
import { engineBytesField } from './form-fields'
import { ENGINE_WORKS } from './EnginesField'
import { PlaceRow } from './PlaceRow'
import { usePlace } from './use-edit'

/** What a NIC's engine could do of a compute step in place of a core, and for how many bytes. */
export function EngineWorkRows({ path }: { readonly path: DocumentPath }) {
  const id = useId()
  const { value, set, problem } = usePlace([...path, 'work'], 'work for an engine')
  const work = textOf(value)
  return (
    <>
      <Field
        label="Engine for"
        htmlFor={id}
        problem={problem}
        hint="A NIC with an engine for this does the step there, at the engine’s bandwidth."
      >
        <Select
          id={id}
          value={work}
          choices={[
            { value: '', label: 'none: cores only' },
            ...ENGINE_WORKS.map((name) => ({ value: name, label: name })),
          ]}
          isBad={problem !== undefined}
          onChange={(next) => {
            set(next === '' ? undefined : next)
          }}
        />
      </Field>
      {work === '' ? null : <PlaceRow info={engineBytesField} path={[...path, 'workBytes']} />}
    </>
  )
}
