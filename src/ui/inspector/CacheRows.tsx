import { useId } from 'react'
import { isObject, textOf } from '../../app/document-path'
import type { DocumentPath } from '../../app/document-path'
import type { Json } from '../../scenario/scenario'
import { Field } from '../widgets/Field'
import { Select } from '../widgets/Select'
import { cacheFields } from './form-fields'
import { PlaceRow } from './PlaceRow'
import { usePlace } from './use-edit'

const begin: { readonly [model: string]: Json } = {
  power: { model: 'power', atMiB: 16, exponent: 0.5 },
  curve: {
    model: 'curve',
    points: [
      [4, 2],
      [16, 1],
      [64, 0.5],
    ],
  },
}

/** How a service's misses depend on its share of the last-level cache. */
export function CacheRows({ path }: { readonly path: DocumentPath }) {
  const id = useId()
  const { value, set, problem } = usePlace(path, 'use of the cache')
  const model = isObject(value) ? textOf(value.model) : ''
  return (
    <>
      <Field
        label="Use of cache"
        htmlFor={id}
        problem={problem}
        hint="How its misses depend on its share of the last-level cache, which what runs on one CPU divides."
      >
        <Select
          id={id}
          value={model}
          isPreset={model === ''}
          choices={[
            { value: '', label: 'misses do not depend on it' },
            { value: 'power', label: 'power law' },
            { value: 'curve', label: 'curve' },
          ]}
          onChange={(next) => {
            set(begin[next])
          }}
        />
      </Field>
      {(cacheFields[model] ?? []).map((info) => (
        <PlaceRow key={info.name} info={info} path={[...path, info.name]} />
      ))}
    </>
  )
}
