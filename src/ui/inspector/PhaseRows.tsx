import { appendAt, getAt, numberOf, objectsAt, setAt } from '../../app/document-path'
import type { DocumentPath } from '../../app/document-path'
import type { FieldInfo } from '../../scenario/catalog'
import { Button } from '../widgets/Button'
import { useDocument } from '../widgets/page-context'
import { number } from './field-info'
import { PlaceRow } from './PlaceRow'
import { useApply } from './use-edit'
import './map-rows.css'

const rows: readonly FieldInfo[] = [
  number('atSeconds', 'From', 's', null, 'Simulated time, the warm-up included.', { minimum: 0 }),
  number('footprintMiB', 'Footprint', 'MiB', null, 'Of one instance, from then on; its local part stays.', {
    minimum: 0,
  }),
]

/** How the footprint of a service changes while a run goes on: one phase after another. */
export function PhaseRows({ service }: { readonly service: DocumentPath }) {
  const document = useDocument((state) => state.document)
  const apply = useApply()
  const path = [...service, 'footprintPhases']
  const phases = objectsAt(document, path)
  const last = phases[phases.length - 1]
  return (
    <>
      {phases.map((_, i) => (
        <fieldset key={i} className="fields map-entry" aria-label={`Phase ${i + 1}`}>
          {rows.map((info) => (
            <PlaceRow key={info.name} info={info} path={[...path, i, info.name]} />
          ))}
          <Button
            size="small"
            look="quiet"
            icon="trash"
            className="start"
            onClick={() => {
              const rest = phases.length === 1 ? path : [...path, i]
              apply('delete a phase', (before) => setAt(before, rest, undefined))
            }}
          >
            Delete phase {i + 1}
          </Button>
        </fieldset>
      ))}
      <Button
        size="small"
        icon="plus"
        className="start"
        title="From some time on an instance needs more or less memory."
        onClick={() => {
          const footprint = Math.max(1, numberOf(getAt(document, [...service, 'footprintMiB']), 0))
          const next = { atSeconds: numberOf(last?.atSeconds, 0) + 0.1, footprintMiB: 2 * footprint }
          apply('add a phase', (before) => appendAt(before, path, next))
        }}
      >
        Phase of the footprint
      </Button>
    </>
  )
}
