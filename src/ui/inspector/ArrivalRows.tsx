import { useId } from 'react'
import { getAt, setAt, textOf } from '../../app/document-path'
import type { DocumentPath } from '../../app/document-path'
import { Field } from '../widgets/Field'
import { Select } from '../widgets/Select'
import { useDocument } from '../widgets/page-context'
import { DistributionRows } from './DistributionRows'
import { arrivalFields, newArrivals } from './form-fields'
import { PlaceRow } from './PlaceRow'
import { useApply } from './use-edit'

/** When requests of a source come. */
export function ArrivalRows({ path }: { readonly path: DocumentPath }) {
  const id = useId()
  const document = useDocument((state) => state.document)
  const apply = useApply()
  const process = textOf(getAt(document, [...path, 'process']), 'poisson')
  return (
    <>
      {(arrivalFields[process] ?? []).map((info) => (
        <PlaceRow key={info.name} info={{ ...info, default: null }} path={[...path, info.name]} />
      ))}
      <Field label="Arrivals" htmlFor={id}>
        <Select
          id={id}
          value={process}
          choices={Object.keys(arrivalFields).map((one) => ({ value: one, label: ARRIVAL_NAMES[one] ?? one }))}
          onChange={(next) => {
            const rate = getAt(document, [...path, 'ratePerSecond'])
            const begin = newArrivals[next] ?? { process: next }
            apply('change the arrivals', (before) =>
              setAt(
                before,
                path,
                'ratePerSecond' in begin && typeof rate === 'number' ? { ...begin, ratePerSecond: rate } : begin,
              ),
            )
          }}
        />
      </Field>
      {process === 'closed' ? <DistributionRows label="Think time" unit="ns" path={[...path, 'thinkTimeNs']} /> : null}
    </>
  )
}

const ARRIVAL_NAMES: { readonly [process: string]: string } = {
  constant: 'constant, evenly spaced',
  poisson: 'Poisson, independent',
  mmpp: 'bursty (MMPP)',
  trace: 'a trace of times',
  rates: 'rates over time',
  closed: 'closed, a number of users',
}
