import { useId } from 'react'
import { isObject, objectsAt, textOf } from '../../app/document-path'
import type { DocumentPath } from '../../app/document-path'
import {
  addOperation,
  operationNames,
  operationPath,
  removeOperation,
  removeService,
  removeSource,
  serviceIndex,
  sourceIndex,
} from '../../app/edit-application'
import { idProblem, renameOperation, renameService, renameSource } from '../../app/edit-names'
import { nodeIds } from '../../app/edit-topology'
import { Button } from '../widgets/Button'
import { Field } from '../widgets/Field'
import { Select } from '../widgets/Select'
import { useCatalog, useDocument, usePage } from '../widgets/page-context'
import { ArrivalRows } from './ArrivalRows'
import { AttemptRows } from './AttemptRows'
import { sourceFields } from './form-fields'
import { KindChecks } from './KindChecks'
import { CacheRows } from './CacheRows'
import { LocalityRows } from './LocalityRows'
import { PhaseRows } from './PhaseRows'
import { ChoiceRow, IdRow, PlaceRow, TextRow } from './PlaceRow'
import { firstUseFields, hotSetField, memoryFields, serviceFields } from './service-fields'
import { StepList } from './StepList'
import { stepsText } from './step-text'
import { DeviceRows } from './DeviceRows'
import { idCheck } from './TopologyInspectors'
import { useApply, usePlace } from './use-edit'

export function ServiceInspector({ id }: { readonly id: string }) {
  const document = useDocument((state) => state.document)
  const { view } = usePage()
  const apply = useApply()
  const path = ['application', 'services', serviceIndex(document, id)]
  const operations = objectsAt(document, [...path, 'operations'])
  return (
    <>
      <div className="sect fields">
        <IdRow
          value={id}
          check={idCheck(document, ['application', 'services'], id)}
          onRename={(to) => {
            apply(`rename ${id} to ${to}`, (before) => renameService(before, id, to))
            view.setState({ selection: { type: 'service', id: to } })
          }}
        />
        <TextRow label="Label" path={[...path, 'label']} placeholder={id} />
        {serviceFields.map((info) => (
          <PlaceRow key={info.name} info={info} path={[...path, info.name]} />
        ))}
        <RunsOnRows path={path} />
      </div>
      <div className="sect">
        <h2>Operations</h2>
        <ul className="plain-list">
          {operations.map((operation) => (
            <li key={textOf(operation.id)} className="row">
              <button
                type="button"
                className="link-btn"
                onClick={() => {
                  view.setState({ selection: { type: 'operation', id: `${id}.${textOf(operation.id)}` } })
                }}
              >
                {textOf(operation.id)}
              </button>
              <span className="dim grow clip">{stepsText(objectsAt(operation, ['steps']))}</span>
            </li>
          ))}
        </ul>
        <Button
          size="small"
          icon="plus"
          className="start"
          onClick={() => {
            const { document: next, id: operation } = addOperation(document, id)
            apply(`add operation to ${id}`, () => next)
            view.setState({ selection: { type: 'operation', id: operation } })
          }}
        >
          Operation
        </Button>
      </div>
      <div className="sect fields">
        <h2>Memory and migration</h2>
        {memoryFields.map((info) => (
          <PlaceRow key={info.name} info={info} path={[...path, info.name]} />
        ))}
        <LocalityRows path={[...path, 'locality']} />
        <PlaceRow info={hotSetField} path={[...path, hotSetField.name]} />
        <CacheRows path={[...path, 'cache']} />
        <PhaseRows service={path} />
      </div>
      <div className="sect fields">
        <h2>First use of an offload target</h2>
        {firstUseFields.map((info) => (
          <PlaceRow key={info.name} info={info} path={[...path, info.name]} />
        ))}
      </div>
      <div className="sect">
        <Button
          size="small"
          look="danger"
          onClick={() => {
            apply(`delete ${id}`, (before) => removeService(before, id))
            view.setState({ selection: null })
          }}
        >
          Delete service
        </Button>
      </div>
    </>
  )
}

/** Kinds of devices it may run on, and the one it is pinned to. */
function RunsOnRows({ path }: { readonly path: DocumentPath }) {
  const id = useId()
  const catalog = useCatalog((state) => state.catalog)
  const pin = usePlace([...path, 'on'], 'where it is pinned')
  const document = useDocument((state) => state.document)
  const pinned = isObject(pin.value) ? 'device' : textOf(pin.value)
  return (
    <>
      <KindChecks label="Runs on" path={[...path, 'runsOn']} kinds={catalog?.runsOn ?? ['cpu']} otherwise={['cpu']} />
      <Field
        label="Pinned to"
        htmlFor={`${id}-pin`}
        problem={pin.problem}
        hint="Its first place; policies never move it from there."
      >
        <Select
          id={`${id}-pin`}
          value={pinned}
          choices={[
            { value: '', label: 'not pinned' },
            ...nodeIds(document).map((node) => ({ value: node, label: `${node}, any device` })),
            { value: 'device', label: 'one device …' },
          ]}
          onChange={(next) => {
            pin.set(
              next === ''
                ? undefined
                : next === 'device'
                  ? { node: pinned === '' ? (nodeIds(document)[0] ?? '') : pinned, device: 0 }
                  : next,
            )
          }}
        />
      </Field>
      {pinned === 'device' ? <DeviceRows path={[...path, 'on']} label="Pool" /> : null}
    </>
  )
}

export function OperationInspector({ id }: { readonly id: string }) {
  const document = useDocument((state) => state.document)
  const { view } = usePage()
  const apply = useApply()
  const path = operationPath(document, id)
  if (path === null) return null
  const [service = '', name = ''] = id.split('.')
  const others = operationNames(document)
  return (
    <>
      <div className="sect fields">
        <IdRow
          value={name}
          check={(text) =>
            text !== name && others.includes(`${service}.${text}`) ? `There is a ${text} already.` : idProblem(text)
          }
          onRename={(to) => {
            apply(`rename ${id} to ${to}`, (before) => renameOperation(before, id, to))
            view.setState({ selection: { type: 'operation', id: `${service}.${to}` } })
          }}
        />
        <TextRow label="Label" path={[...path, 'label']} placeholder={name} />
      </div>
      <div className="sect">
        <h2>Steps</h2>
        <StepList key={id} path={[...path, 'steps']} name={`steps of ${id}`} />
      </div>
      <div className="sect">
        <Button
          size="small"
          look="danger"
          onClick={() => {
            apply(`delete ${id}`, (before) => removeOperation(before, id))
            view.setState({ selection: { type: 'service', id: service } })
          }}
        >
          Delete operation
        </Button>
      </div>
    </>
  )
}

export function SourceInspector({ id }: { readonly id: string }) {
  const document = useDocument((state) => state.document)
  const { view } = usePage()
  const apply = useApply()
  const path = ['workload', 'sources', sourceIndex(document, id)]
  const nics = objectsAt(document, ['topology', 'nodes']).filter((node) => node.kind === 'nic')
  return (
    <>
      <div className="sect fields">
        <ArrivalRows path={[...path, 'arrivals']} />
        <ChoiceRow
          label="Asks for"
          path={[...path, 'entry']}
          choices={operationNames(document).map((name) => ({ value: name, label: name }))}
        />
        <ChoiceRow
          label="Comes in by"
          path={[...path, 'via']}
          none="no NIC, no network"
          choices={nics.map((node) => ({ value: textOf(node.id), label: textOf(node.id) }))}
        />
        {sourceFields.map((info) => (
          <PlaceRow key={info.name} info={info} path={[...path, info.name]} />
        ))}
        <AttemptRows path={[...path, 'attempts']} />
      </div>
      <div className="sect fields">
        <IdRow
          value={id}
          check={idCheck(document, ['workload', 'sources'], id)}
          onRename={(to) => {
            apply(`rename ${id} to ${to}`, (before) => renameSource(before, id, to))
            view.setState({ selection: { type: 'source', id: to } })
          }}
        />
        <TextRow label="Label" path={[...path, 'label']} placeholder={id} />
        <Button
          size="small"
          look="danger"
          className="start"
          onClick={() => {
            apply(`delete ${id}`, (before) => removeSource(before, id))
            view.setState({ selection: null })
          }}
        >
          Delete source
        </Button>
      </div>
    </>
  )
}
