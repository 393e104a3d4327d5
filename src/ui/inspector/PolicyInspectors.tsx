import { useId } from 'react'
import { getAt, isObject, objectsAt, setAt, textOf } from '../../app/document-path'
import type { DocumentPath } from '../../app/document-path'
import type { FieldInfo, PolicyInfo } from '../../scenario/catalog'
import type { Json, PolicyKind } from '../../scenario/scenario'
import { Field } from '../widgets/Field'
import { Select } from '../widgets/Select'
import { useCatalog, useDocument } from '../widgets/page-context'
import { CodeRow } from './CodeRow'
import { rackFacts } from './derived-facts'
import { Facts } from './Facts'
import { rpcFields } from './form-fields'
import { OffloadMapRows } from './OffloadMapRows'
import { ChoiceRow, PlaceRow, TextRow } from './PlaceRow'
import { POLICY_NAMES } from './policy-names'
import { RunRows } from './RunRows'
import { useDerived } from './use-derived'
import { useApply } from './use-edit'

/** One kind of policy: which rule, and its parameters. */
export function PolicyInspector({ kind }: { readonly kind: PolicyKind }) {
  const id = useId()
  const catalog = useCatalog((state) => state.catalog)
  const document = useDocument((state) => state.document)
  const apply = useApply()
  const rules = catalog?.policies[kind] ?? []
  const use = textOf(getAt(document, ['policies', kind, 'use']), rules[0]?.name ?? '')
  const rule = rules.find((one) => one.name === use)
  const notYet = (catalog?.notYet[kind] ?? []).map((name) => ({
    value: name,
    label: `${name} (not yet)`,
    disabled: true,
  }))
  return (
    <div className="sect fields">
      <Field label="Rule" htmlFor={id}>
        <Select
          id={id}
          value={use}
          choices={[...rules.map((one) => ({ value: one.name, label: one.name })), ...notYet]}
          onChange={(name) => {
            apply(`use ${name} for ${POLICY_NAMES[kind].toLowerCase()}`, (before) =>
              setAt(before, ['policies', kind], usedRule(getAt(before, ['policies', kind]), rules, name)),
            )
          }}
        />
      </Field>
      {rule === undefined ? null : <p className="dim note">{rule.summary}</p>}
      {(rule?.parameters ?? []).map((info) => (
        <ParameterRow key={info.name} kind={kind} info={info} path={['policies', kind, info.name]} />
      ))}
    </div>
  )
}

interface ParameterRowProps {
  readonly kind: PolicyKind
  readonly info: FieldInfo
  readonly path: DocumentPath
}

/** One parameter; those that name things of the document offer them. */
function ParameterRow({ kind, info, path }: ParameterRowProps) {
  const document = useDocument((state) => state.document)
  if (info.type === 'code') return <CodeRow kind={kind} info={info} path={path} />
  if (info.name === 'map') return <OffloadMapRows path={path} />
  if (info.name !== 'rpc') return <PlaceRow info={info} path={path} />
  const nics = objectsAt(document, ['topology', 'nodes']).filter((node) => node.kind === 'nic')
  return (
    <ChoiceRow
      label={info.label}
      path={path}
      none={info.nullMeans ?? 'none'}
      choices={nics.map((node) => ({ value: textOf(node.id), label: textOf(node.id) }))}
    />
  )
}

/** Another rule keeps those of the parameters that it has too; others would be refused. */
function usedRule(before: Json | undefined, rules: readonly PolicyInfo[], name: string): Json {
  const parameters = rules.find((one) => one.name === name)?.parameters ?? []
  const kept = parameters.flatMap(({ name: parameter }) => {
    const value = isObject(before) ? before[parameter] : undefined
    return value === undefined ? [] : [[parameter, value] as const]
  })
  return { use: name, ...Object.fromEntries(kept) }
}

/** The document itself, when nothing is selected. */
export function ScenarioInspector() {
  const derived = useDerived()
  return (
    <>
      <div className="sect fields">
        <TextRow label="Name" path={['name']} />
        <TextRow label="Question" path={['description']} placeholder="What it shows, in a sentence" />
      </div>
      {derived === null ? null : <Facts title="Follows from this" note="no run needed" facts={rackFacts(derived)} />}
      <div className="sect fields">
        <h2>Cost of a message</h2>
        {rpcFields.map((info) => (
          <PlaceRow key={info.name} info={info} path={['application', 'rpc', info.name]} />
        ))}
      </div>
      <RunRows />
    </>
  )
}
