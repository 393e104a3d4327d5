import { getAt, isObject, numberOf, objectsAt, setAt, textOf } from '../../app/document-path'
import type { DocumentPath } from '../../app/document-path'
import { operationNames } from '../../app/edit-application'
import type { FieldInfo } from '../../scenario/catalog'
import { Button } from '../widgets/Button'
import { useDocument } from '../widgets/page-context'
import { ChoiceRow, PlaceRow, TextRow } from './PlaceRow'
import { useApply } from './use-edit'
import './map-rows.css'

const stepField: FieldInfo = {
  name: 'step',
  label: 'Step',
  unit: '',
  type: 'integer',
  default: 0,
  minimum: 0,
  summary: 'Counted from 0.',
}

/** Which steps run where: one entry of a static map after another. */
export function OffloadMapRows({ path }: { readonly path: DocumentPath }) {
  const document = useDocument((state) => state.document)
  const apply = useApply()
  const operations = operationNames(document).map((name) => ({ value: name, label: name }))
  const pools = objectsAt(document, ['topology', 'nodes'])
    .filter((node) => node.kind !== 'switch' && node.kind !== 'cpu')
    .map((node) => ({ value: textOf(node.id), label: textOf(node.id) }))
  const map = getAt(document, path)
  const entries = Array.isArray(map) ? [...map.keys()] : []
  return (
    <>
      {entries.map((i) => (
        <fieldset key={i} className="fields map-entry" aria-label={`Entry ${i + 1}`}>
          <ChoiceRow label="Operation" path={[...path, i, 'operation']} choices={operations} />
          <PlaceRow info={stepField} path={[...path, i, 'step']} />
          {hasInner(document, getAt(document, [...path, i])) && (
            <TextRow label="Step inside it" path={[...path, i, 'path']} placeholder="branch/step, as 0/2" />
          )}
          <ChoiceRow label="Runs on" path={[...path, i, 'to']} choices={pools} />
          <Button
            size="small"
            look="quiet"
            icon="trash"
            className="start"
            onClick={() => {
              apply('delete an entry of the map', (before) => setAt(before, [...path, i], undefined))
            }}
          >
            Delete entry {i + 1}
          </Button>
        </fieldset>
      ))}
      <Button
        size="small"
        icon="plus"
        className="start"
        onClick={() => {
          apply('add an entry to the map', (before) =>
            setAt(before, [...path, entries.length], {
              operation: operations[0]?.value ?? '',
              step: 0,
              to: pools[0]?.value ?? '',
            }),
          )
        }}
      >
        Entry of the map
      </Button>
    </>
  )
}

/** Whether the step that an entry names has steps inside it, or a path is given. */
function hasInner(document: Parameters<typeof getAt>[0], entry: ReturnType<typeof getAt>): boolean {
  if (!isObject(entry)) return false
  if (entry.path !== undefined) return true
  const [service = '', operation = ''] = textOf(entry.operation).split('.')
  const found = objectsAt(document, ['application', 'services']).find((each) => each.id === service)
  const steps = objectsAt(found, ['operations']).find((each) => each.id === operation)
  const step = objectsAt(steps, ['steps'])[numberOf(entry.step, 0)]
  return step?.do === 'parallel' || step?.do === 'choose'
}
