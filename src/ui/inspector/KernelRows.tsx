import { useId } from 'react'
import { isObject, numberOf } from '../../app/document-path'
import type { DocumentPath, JsonObject } from '../../app/document-path'
import { Field } from '../widgets/Field'
import { Select } from '../widgets/Select'
import { DistributionRows } from './DistributionRows'
import { kernelBatchFields, kernelRepeatField } from './form-fields'
import { PlaceRow } from './PlaceRow'
import { usePlace } from './use-edit'

interface KernelRowsProps {
  readonly path: DocumentPath
  readonly step: JsonObject
}

/** How often a kernel runs in a row, and with how many others at once. */
export function KernelRows({ path, step }: KernelRowsProps) {
  const batch = numberOf(step.batchSize, 1)
  return (
    <>
      <RepeatRows path={[...path, 'repeat']} />
      {kernelBatchFields.map((info) =>
        info.name === 'batchSize' || batch > 1 || step[info.name] !== undefined ? (
          <PlaceRow key={info.name} info={info} path={[...path, info.name]} />
        ) : null,
      )}
    </>
  )
}

/** A whole number, or one that is drawn anew for every request, such as how many tokens an answer has. */
function RepeatRows({ path }: { readonly path: DocumentPath }) {
  const id = useId()
  const { value, set, problem } = usePlace(path, 'repeats')
  const isDrawn = isObject(value)
  return (
    <>
      <Field label="Repeats" htmlFor={id} problem={isDrawn ? problem : undefined} hint={kernelRepeatField.summary}>
        <Select
          id={id}
          value={isDrawn ? 'drawn' : 'fixed'}
          choices={[
            { value: 'fixed', label: 'a fixed number' },
            { value: 'drawn', label: 'drawn per request' },
          ]}
          onChange={(next) => {
            const mean = isDrawn ? numberOf(value.mean, numberOf(value.value, 1)) : numberOf(value, 1)
            set(
              next === 'drawn'
                ? { dist: 'lognormal', mean: Math.max(2, mean), cv: 0.5 }
                : Math.max(1, Math.round(mean)),
            )
          }}
        />
      </Field>
      {isDrawn ? (
        <DistributionRows label="How often" unit="" path={path} />
      ) : (
        <PlaceRow info={kernelRepeatField} path={path} />
      )}
    </>
  )
}
