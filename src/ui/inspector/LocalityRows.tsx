import { useId } from 'react'
import { isObject, textOf } from '../../app/document-path'
import type { DocumentPath } from '../../app/document-path'
import { Field } from '../widgets/Field'
import { Select } from '../widgets/Select'
import { PlaceRow } from './PlaceRow'
import { usePlace } from './use-edit'

/** How accesses are spread over a service's memory. */
export function LocalityRows({ path }: { readonly path: DocumentPath }) {
  const id = useId()
  const { value, set } = usePlace(path, 'locality')
  const model = isObject(value) ? textOf(value.model, 'uniform') : 'uniform'
  const begin: {
    readonly [model: string]: {
      readonly model: string
      readonly exponent?: number
      readonly points?: readonly (readonly number[])[]
    }
  } = {
    uniform: { model: 'uniform' },
    zipf: { model: 'zipf', exponent: 0.9 },
    curve: {
      model: 'curve',
      points: [
        [0, 0],
        [0.5, 0.8],
        [1, 1],
      ],
    },
  }
  return (
    <>
      <Field label="Locality" htmlFor={id} hint="How accesses are spread over the footprint.">
        <Select
          id={id}
          value={model}
          choices={['uniform', 'zipf', 'curve'].map((one) => ({ value: one, label: one }))}
          isPreset={value === undefined}
          onChange={(next) => {
            set(begin[next] ?? { model: next })
          }}
        />
      </Field>
      {model === 'zipf' ? (
        <PlaceRow
          info={{
            name: 'exponent',
            label: 'Exponent',
            unit: '',
            type: 'number',
            default: null,
            summary: 'Greater: fewer pages get most of the accesses.',
          }}
          path={[...path, 'exponent']}
        />
      ) : null}
      {model === 'curve' ? (
        <PlaceRow
          info={{
            name: 'points',
            label: 'Points',
            unit: '',
            type: 'list',
            default: null,
            summary: 'Local share and hit ratio, both 0 – 1.',
          }}
          path={[...path, 'points']}
        />
      ) : null}
    </>
  )
}
