import { useId } from 'react'
import { getAt, setAt, textOf } from '../../app/document-path'
import type { DocumentPath } from '../../app/document-path'
import { idsAt } from '../../app/edit-topology'
import type { Json } from '../../scenario/scenario'
import { Field } from '../widgets/Field'
import { Select } from '../widgets/Select'
import { useCatalog, useDocument } from '../widgets/page-context'
import { DeleteRow } from './DeleteRow'
import { integer } from './field-info'
import { atSecondsField } from './form-fields'
import { ChoiceRow, PlaceRow } from './PlaceRow'
import { DeviceRows } from './DeviceRows'
import { useApply, usePlace } from './use-edit'

const instanceField = integer('instance', 'Instance', '', 0, 'Counted from 0.', { minimum: 0 })

/** What is to be done at an instant, whatever the policies say: an instance moves, or all leave a device. */
export function OrderInspector({ index }: { readonly index: number }) {
  const document = useDocument((state) => state.document)
  const path = ['policies', 'orders', index]
  const evacuates = textOf(getAt(document, [...path, 'do'])) === 'evacuate'
  const services = idsAt(document, ['application', 'services']).map((one) => ({ value: one, label: one }))
  return (
    <div className="sect fields">
      <PlaceRow info={atSecondsField} path={[...path, 'atSeconds']} />
      <KindRow path={path} service={services[0]?.value ?? ''} />
      {evacuates ? (
        <DeviceRows path={[...path, 'from']} label="From" isOne />
      ) : (
        <>
          <ChoiceRow label="Service" path={[...path, 'service']} choices={services} />
          <PlaceRow info={instanceField} path={[...path, 'instance']} />
          <DeviceRows path={[...path, 'to']} label="To" isOne />
        </>
      )}
      <MechanismRow path={[...path, 'mechanism']} />
      <DeleteRow path={path} name="order" />
    </div>
  )
}

/** The other kind of order keeps its time, its mechanism and its device. */
function KindRow({ path, service }: { readonly path: DocumentPath; readonly service: string }) {
  const id = useId()
  const document = useDocument((state) => state.document)
  const apply = useApply()
  const kind = textOf(getAt(document, [...path, 'do']), 'migrate')
  const place = (name: string): Json => getAt(document, [...path, name]) ?? { node: '', device: 0 }
  const change = (next: string): void => {
    const common = ['atSeconds', 'mechanism'].flatMap((name) => {
      const value = getAt(document, [...path, name])
      return value === undefined ? [] : [[name, value] as const]
    })
    const rest: { readonly [name: string]: Json } =
      next === 'evacuate'
        ? { do: 'evacuate', from: place('to') }
        : { do: 'migrate', service, instance: 0, to: place('from') }
    apply('change the order', (before) => setAt(before, path, { ...Object.fromEntries(common), ...rest }))
  }
  return (
    <Field
      label="What"
      htmlFor={id}
      hint="An evacuation moves all instances that can leave the device; policies move none there from then on."
    >
      <Select
        id={id}
        value={kind}
        choices={[
          { value: 'migrate', label: 'move one instance' },
          { value: 'evacuate', label: 'evacuate a device' },
        ]}
        onChange={(next) => {
          if (next !== kind) change(next)
        }}
      />
    </Field>
  )
}

function MechanismRow({ path }: { readonly path: DocumentPath }) {
  const id = useId()
  const catalog = useCatalog((state) => state.catalog)
  const { value, set, problem } = usePlace(path, 'mechanism')
  const names = (catalog?.policies.mechanism ?? []).map((one) => ({ value: one.name, label: one.name }))
  return (
    <Field
      label="Mechanism"
      htmlFor={id}
      problem={problem}
      hint="How it moves; auto: the way with the shortest downtime expected."
    >
      <Select
        id={id}
        value={textOf(value)}
        isPreset={value === undefined}
        isBad={problem !== undefined}
        choices={[{ value: '', label: 'as the migration policy' }, ...names, { value: 'auto', label: 'auto' }]}
        onChange={(next) => {
          set(next === '' ? undefined : next)
        }}
      />
    </Field>
  )
}
