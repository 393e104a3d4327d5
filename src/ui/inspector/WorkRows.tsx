import { useId } from 'react'
import { isObject, setAt } from '../../app/document-path'
import type { DocumentPath, JsonObject } from '../../app/document-path'
import { Field } from '../widgets/Field'
import { Select } from '../widgets/Select'
import { DistributionRows } from './DistributionRows'
import { useApply } from './use-edit'

/** Work of a compute step: as time on the reference core, or as instructions. */
export function WorkRows({ path, step }: { readonly path: DocumentPath; readonly step: JsonObject }) {
  const id = useId()
  const apply = useApply()
  const isTime = isObject(step.timeNs)
  return (
    <>
      <Field label="Work" htmlFor={id}>
        <Select
          id={id}
          value={isTime ? 'timeNs' : 'instructions'}
          choices={[
            { value: 'timeNs', label: 'time on a reference core' },
            { value: 'instructions', label: 'instructions' },
          ]}
          onChange={(next) => {
            const value =
              next === 'timeNs' ? { dist: 'exponential', mean: 100000 } : { dist: 'constant', value: 200000 }
            apply('change the work', (document) =>
              setAt(
                setAt(document, [...path, next], value),
                [...path, next === 'timeNs' ? 'instructions' : 'timeNs'],
                undefined,
              ),
            )
          }}
        />
      </Field>
      <DistributionRows
        label={isTime ? 'Time' : 'Instructions'}
        unit={isTime ? 'ns' : ''}
        path={[...path, isTime ? 'timeNs' : 'instructions']}
      />
    </>
  )
}
