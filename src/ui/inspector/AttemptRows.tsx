import { useId } from 'react'
import { isObject } from '../../app/document-path'
import type { DocumentPath } from '../../app/document-path'
import { Field } from '../widgets/Field'
import { Select } from '../widgets/Select'
import { attemptFields } from './form-fields'
import { PlaceRow } from './PlaceRow'
import { usePlace } from './use-edit'

/** How somebody who asks goes about it when the answer fails or is late. */
export function AttemptRows({ path }: { readonly path: DocumentPath }) {
  const id = useId()
  const { value, set, problem } = usePlace(path, 'attempts')
  const isGiven = isObject(value)
  return (
    <>
      <Field label="Attempts" htmlFor={id} problem={problem} hint="What is done when the answer fails or is late.">
        <Select
          id={id}
          value={isGiven ? 'several' : ''}
          isPreset={!isGiven}
          choices={[
            { value: '', label: 'one, waits for ever' },
            { value: 'several', label: 'time-out, retries, hedge' },
          ]}
          onChange={(next) => {
            set(next === '' ? undefined : { timeoutUs: 10000, retries: 1 })
          }}
        />
      </Field>
      {isGiven
        ? attemptFields.map((info) => <PlaceRow key={info.name} info={info} path={[...path, info.name]} />)
        : null}
    </>
  )
}
