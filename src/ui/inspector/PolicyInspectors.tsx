import { useId } from 'react'
import { getAt, isObject, setAt, textOf } from '../../app/document-path'
import { idsAt } from '../../app/edit-topology'
import type { PolicyInfo } from '../../scenario/catalog'
import type { Json, PolicyKind } from '../../scenario/scenario'
import { Button } from '../widgets/Button'
import { Field } from '../widgets/Field'
import { Select } from '../widgets/Select'
import { useCatalog, useDocument, usePage } from '../widgets/page-context'
import { CodeRow } from './CodeRow'
import { rackFacts } from './derived-facts'
import { Facts } from './Facts'
import { rpcFields } from './form-fields'
import { ChoiceRow, PlaceRow, TextRow } from './PlaceRow'
import { POLICY_NAMES } from './policy-names'
import { DeviceRows } from './TopologyInspectors'
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
      {(rule?.parameters ?? []).map((info) => {
        const path = ['policies', kind, info.name]
        if (info.type === 'code') return <CodeRow key={info.name} kind={kind} info={info} path={path} />
        return <PlaceRow key={info.name} info={info} path={path} />
      })}
    </div>
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

export function OrderInspector({ index }: { readonly index: number }) {
  const document = useDocument((state) => state.document)
  const catalog = useCatalog((state) => state.catalog)
  const { view } = usePage()
  const apply = useApply()
  const path = ['policies', 'orders', index]
  const services = idsAt(document, ['application', 'services']).map((one) => ({ value: one, label: one }))
  const mechanisms = (catalog?.policies.mechanism ?? []).map((one) => ({ value: one.name, label: one.name }))
  return (
    <div className="sect fields">
      <PlaceRow
        info={{
          name: 'atSeconds',
          label: 'At',
          unit: 's',
          type: 'number',
          default: null,
          summary: 'Simulated time, the warm-up included.',
        }}
        path={[...path, 'atSeconds']}
      />
      <ChoiceRow label="Service" path={[...path, 'service']} choices={services} />
      <PlaceRow
        info={{
          name: 'instance',
          label: 'Instance',
          unit: '',
          type: 'integer',
          default: null,
          summary: 'Counted from 0.',
        }}
        path={[...path, 'instance']}
      />
      <DeviceRows path={[...path, 'to']} label="To" />
      <ChoiceRow label="Mechanism" path={[...path, 'mechanism']} choices={mechanisms} />
      <Button
        size="small"
        look="danger"
        className="start"
        onClick={() => {
          apply('delete the order', (before) => setAt(before, path, undefined))
          view.setState({ selection: null })
        }}
      >
        Delete order
      </Button>
    </div>
  )
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
