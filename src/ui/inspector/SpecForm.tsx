import { useId, useState } from 'react'
import { fieldOrigin } from '../../app/field-origin'
import { getAt, pathText, setAt, textOf } from '../../app/document-path'
import type { DocumentPath } from '../../app/document-path'
import { ownFields, presetOf, presetValues } from '../../app/resolve-spec'
import type { Catalog } from '../../scenario/catalog'
import type { Json, NodeKind, ScenarioDocument } from '../../scenario/scenario'
import { Button } from '../widgets/Button'
import { Field } from '../widgets/Field'
import { Select } from '../widgets/Select'
import { useDocument } from '../widgets/page-context'
import { FieldRow } from './FieldRow'
import { useApply } from './use-edit'

interface SpecFormProps {
  readonly catalog: Catalog
  readonly kind: NodeKind | 'link'
  /** Where the fields are: a node's `spec`, or the link itself. */
  readonly path: DocumentPath
}

const SHOWN_AT_FIRST = 6

/** Preset and fields of a piece of hardware, as the catalog describes them. */
export function SpecForm({ catalog, kind, path }: SpecFormProps) {
  const [showsAll, setShowsAll] = useState(false)
  const spec = useDocument((state) => getAt(state.document, path))
  const problems = useDocument((state) => state.problems)
  const apply = useApply()
  const own = ownFields(spec)
  const preset = presetOf(spec)
  const values = presetValues(catalog, kind, preset, textOf(own.protocol))
  const { fields, presets, label } = catalog.hardware[kind]
  const isSet = (name: string): boolean =>
    own[name] !== undefined && JSON.stringify(own[name]) !== JSON.stringify(values[name])
  const problemOf = (name: string) => problems.find((one) => one.path === pathText([...path, name]))
  const shown = fields.filter(
    (field, i) => showsAll || i < SHOWN_AT_FIRST || isSet(field.name) || problemOf(field.name) !== undefined,
  )
  return (
    <>
      {presets.length === 0 ? null : (
        <PresetRow
          kind={label}
          preset={preset}
          presets={presets}
          onPick={(name) => {
            apply('pick a preset', (document) => withField(document, path, 'preset', name === '' ? undefined : name))
          }}
        />
      )}
      {shown.map((field) => (
        <FieldRow
          key={field.name}
          info={field}
          path={[...path, field.name]}
          value={own[field.name]}
          preset={values[field.name] ?? null}
          origin={fieldOrigin(catalog.hardware[kind], field, preset)}
          problem={problemOf(field.name)?.message}
          isDoubt={problemOf(field.name)?.severity === 'warning'}
          onChange={(value) => {
            apply(
              `change ${field.label.toLowerCase()}`,
              (document) => withField(document, path, field.name, value),
              pathText([...path, field.name]),
            )
          }}
        />
      ))}
      {shown.some(
        (field) => !isSet(field.name) && fieldOrigin(catalog.hardware[kind], field, preset).kind === 'assumed',
      ) ? (
        <p className="faint note">
          <span className="assumed">Dotted</span>: assumed, not a published figure. Point at a name to read where its
          value comes from.
        </p>
      ) : null}
      {shown.length === fields.length && !showsAll ? null : (
        <Button
          look="quiet"
          size="small"
          icon={showsAll ? 'down' : 'right'}
          className="more-fields"
          aria-expanded={showsAll}
          onClick={() => {
            setShowsAll(!showsAll)
          }}
        >
          {showsAll ? 'Fewer fields' : `All ${fields.length} fields`}
        </Button>
      )}
    </>
  )
}

interface PresetRowProps {
  readonly kind: string
  readonly preset: string
  readonly presets: Catalog['hardware']['cpu']['presets']
  readonly onPick: (name: string) => void
}

function PresetRow({ kind, preset, presets, onPick }: PresetRowProps) {
  const id = useId()
  const current = presets.find((one) => one.name === preset)
  const plain = `plain ${kind.replace(' pool', '').replace(/^(Link|Memory|Switch)/, (word) => word.toLowerCase())}`
  return (
    <Field
      label="Preset"
      htmlFor={id}
      hint={
        current === undefined ? 'Round figures of a plain device.' : `${current.summary}\nSource: ${current.source}`
      }
    >
      <Select
        id={id}
        value={preset}
        choices={[{ value: '', label: plain }, ...presets.map((one) => ({ value: one.name, label: one.label }))]}
        onChange={onPick}
      />
    </Field>
  )
}

/** A spec with one field changed; a spec that is a preset's name alone becomes an object first. */
function withField(
  document: ScenarioDocument,
  path: DocumentPath,
  name: string,
  value: Json | undefined,
): ScenarioDocument {
  const spec = getAt(document, path)
  const whole = typeof spec === 'string' ? setAt(document, path, { preset: spec }) : document
  return setAt(whole, [...path, name], value)
}
