import { useId } from 'react'
import { getAt, isObject, objectsAt, textOf } from '../../app/document-path'
import type { DocumentPath } from '../../app/document-path'
import type { FieldInfo } from '../../scenario/catalog'
import { Field } from '../widgets/Field'
import { Select } from '../widgets/Select'
import { useDocument } from '../widgets/page-context'
import { DeleteRow } from './DeleteRow'
import { atSecondsField } from './form-fields'
import { PlaceRow } from './PlaceRow'
import { usePlace } from './use-edit'

const effectInfo: FieldInfo = {
  name: 'effect',
  label: 'Effect',
  unit: '',
  type: 'choice',
  choices: ['down', 'slow'],
  default: 'down',
  summary: 'Gone, or only slower. Links and switches can be down, links and CPU pools slow.',
}
const factor: FieldInfo = {
  name: 'factor',
  label: 'Factor',
  unit: '×',
  type: 'number',
  default: null,
  summary: 'How many times slower.',
}
const lasts: FieldInfo = {
  name: 'forSeconds',
  label: 'For',
  unit: 's',
  type: 'number',
  default: null,
  nullMeans: 'for good',
  summary: 'How long it lasts.',
}
const part = (name: string, label: string, nullMeans: string, summary: string): FieldInfo => ({
  name,
  label,
  unit: '',
  type: 'integer',
  default: null,
  minimum: 0,
  nullMeans,
  summary,
})

/** Something that goes wrong at an instant: where, how, and for how long. */
export function FaultInspector({ index }: { readonly index: number }) {
  const effect = useDocument((state) => textOf(getAt(state.document, ['faults', index, 'effect']), 'down'))
  const path = ['faults', index]
  return (
    <div className="sect fields">
      <PlaceRow info={atSecondsField} path={[...path, 'atSeconds']} />
      <TargetRows path={[...path, 'target']} />
      <PlaceRow info={effectInfo} path={[...path, 'effect']} />
      {effect === 'slow' ? <PlaceRow info={factor} path={[...path, 'factor']} /> : null}
      <PlaceRow info={lasts} path={[...path, 'forSeconds']} />
      <DeleteRow path={path} name="fault" />
    </div>
  )
}

/** A node or one of its devices; a link, of one device or of all, in one lane or in all. */
function TargetRows({ path }: { readonly path: DocumentPath }) {
  const id = useId()
  const document = useDocument((state) => state.document)
  const { value, set, problem } = usePlace(path, 'what a fault hits')
  const target = isObject(value) ? value : { node: textOf(value) }
  const link = textOf(target.link)
  const ids = (list: string) => objectsAt(document, ['topology', list]).map((one) => textOf(one.id))
  return (
    <>
      <Field label="Hits" htmlFor={id} problem={problem}>
        <Select
          id={id}
          value={link === '' ? `node ${textOf(target.node)}` : `link ${link}`}
          isBad={problem !== undefined}
          choices={[
            ...ids('nodes').map((name) => ({ value: `node ${name}`, label: name })),
            ...ids('links').map((name) => ({ value: `link ${name}`, label: `link ${name}` })),
          ]}
          onChange={(next) => {
            const [kind = 'node', name = ''] = next.split(' ')
            set({ [kind]: name, device: null })
          }}
        />
      </Field>
      <PlaceRow
        info={part(
          'device',
          'Device',
          link === '' ? 'all' : 'of all',
          'Which one; a link of a pool has one line each.',
        )}
        path={[...path, 'device']}
      />
      {link === '' ? null : (
        <PlaceRow info={part('lane', 'Lane', 'all', 'Which lane of the link.')} path={[...path, 'lane']} />
      )}
    </>
  )
}
