import { useId } from 'react'
import { getAt, isObject, objectsAt, textOf } from '../../app/document-path'
import type { DocumentPath, JsonObject } from '../../app/document-path'
import {
  indexOfId,
  KIND_WORDS,
  linkPath,
  nodeIds,
  nodePath,
  rackPath,
  removeLinks,
  removeRack,
} from '../../app/edit-topology'
import { idProblem, renameLink, renameNode, renameRack } from '../../app/edit-names'
import { runsOn } from '../../app/read-stage'
import type { NodeKind, ScenarioDocument } from '../../scenario/scenario'
import { Button } from '../widgets/Button'
import { Field } from '../widgets/Field'
import { Icon } from '../widgets/Icon'
import { NumberField } from '../widgets/NumberField'
import { Stepper } from '../widgets/Stepper'
import { useCatalog, useDocument, usePage } from '../widgets/page-context'
import { nodeFacts } from './derived-facts'
import { Facts, figure } from './Facts'
import { ChoiceRow, IdRow, TextRow } from './PlaceRow'
import { SpecForm } from './SpecForm'
import { useDerived } from './use-derived'
import { useApply, usePlace } from './use-edit'

/** Why an id cannot be given to one thing of a list. */
export const idCheck =
  (document: ScenarioDocument, path: readonly string[], own: string) =>
  (text: string): string =>
    text !== own && indexOfId(document, path, text) >= 0 ? `There is a ${text} already.` : idProblem(text)

export function NodeInspector({ id, kind }: { readonly id: string; readonly kind: NodeKind }) {
  const document = useDocument((state) => state.document)
  const catalog = useCatalog((state) => state.catalog)
  const { view } = usePage()
  const apply = useApply()
  const path = nodePath(document, id)
  return (
    <>
      <div className="sect fields">
        <TextRow label="Label" path={[...path, 'label']} placeholder={id} />
        {kind === 'switch' ? null : <CountRow path={[...path, 'count']} words={KIND_WORDS[kind]} />}
        {catalog === null ? null : <SpecForm catalog={catalog} kind={kind} path={[...path, 'spec']} />}
      </div>
      <NodeFacts id={id} />
      <RunsHere id={id} kind={kind} />
      <LinksHere id={id} />
      <div className="sect fields">
        <IdRow
          value={id}
          check={idCheck(document, ['topology', 'nodes'], id)}
          onRename={(to) => {
            apply(`rename ${id} to ${to}`, (before) => renameNode(before, id, to))
            view.setState({ selection: { type: 'node', id: to }, focused: { type: 'node', id: to } })
          }}
        />
        <ChoiceRow
          label="Rack"
          path={[...path, 'rack']}
          none="no rack"
          choices={objectsAt(document, ['topology', 'racks']).map((rack) => ({
            value: textOf(rack.id),
            label: textOf(rack.label, textOf(rack.id)),
          }))}
        />
      </div>
    </>
  )
}

function CountRow({ path, words }: { readonly path: DocumentPath; readonly words: string }) {
  const id = useId()
  const { value, set, problem } = usePlace(path, `count of ${words}`)
  const count = typeof value === 'number' ? value : 1
  return (
    <Field label="Count" htmlFor={id} problem={problem}>
      <span className="row count-row">
        <NumberField
          id={id}
          value={typeof value === 'number' ? value : undefined}
          placeholder="1"
          isInteger
          minimum={1}
          onChange={(next) => {
            set(next ?? undefined)
          }}
          isBad={problem !== undefined}
        />
        <Stepper label="device" value={count} minimum={1} onChange={set} />
      </span>
    </Field>
  )
}

function NodeFacts({ id }: { readonly id: string }) {
  const derived = useDerived()
  const scenario = useDocument((state) => state.scenario)
  if (derived === null || scenario === null) return null
  return <Facts title="Follows from this" note="no run needed" facts={nodeFacts(derived, scenario, id)} />
}

/** Services that run, or may run, on a pool. */
function RunsHere({ id, kind }: { readonly id: string; readonly kind: NodeKind }) {
  const document = useDocument((state) => state.document)
  const { view } = usePage()
  const services = objectsAt(document, ['application', 'services']).filter(
    (service) => kind !== 'switch' && runsOn(service, kind, id),
  )
  if (services.length === 0) return null
  const placement = getAt(document, ['policies', 'placement', 'use'])
  return (
    <div className="sect">
      <h2>Runs here</h2>
      <table className="facts">
        <tbody>
          {services.map((service) => (
            <tr key={textOf(service.id)}>
              <td>
                <button
                  type="button"
                  className="link-btn"
                  onClick={() => {
                    view.setState({ selection: { type: 'service', id: textOf(service.id) } })
                  }}
                >
                  {textOf(service.id)}
                </button>
              </td>
              <td className="num">{runsText(service, document)}</td>
            </tr>
          ))}
          <tr>
            <td className="dim">placement</td>
            <td className="num mono">{textOf(placement, 'first-fit')}</td>
          </tr>
        </tbody>
      </table>
    </div>
  )
}

function runsText(service: JsonObject, document: ScenarioDocument): string {
  const count = typeof service.replicas === 'number' ? service.replicas : 1
  const pools = objectsAt(document, ['topology', 'nodes']).filter((node) =>
    runsOn(service, textOf(node.kind) as NodeKind, textOf(node.id)),
  )
  const isPinned = typeof service.on === 'string' || isObject(service.on)
  const words = `${count} ${count === 1 ? 'instance' : 'instances'}`
  return isPinned ? `${words}, pinned` : pools.length > 1 ? `up to ${words}` : words
}

function LinksHere({ id }: { readonly id: string }) {
  const document = useDocument((state) => state.document)
  const { view } = usePage()
  const links = objectsAt(document, ['topology', 'links']).filter((link) => link.from === id || link.to === id)
  return (
    <div className="sect">
      <h2>Links</h2>
      <ul className="plain-list">
        {links.map((link) => (
          <li key={textOf(link.id)} className="row">
            <Icon name="link" />
            <button
              type="button"
              className="link-btn grow clip"
              onClick={() => {
                view.setState({ selection: { type: 'link', id: textOf(link.id) } })
              }}
            >
              {textOf(link.id)}
            </button>
            <span className="dim">to {textOf(link.from === id ? link.to : link.from)}</span>
          </li>
        ))}
      </ul>
      {links.length === 0 ? (
        <p className="dim note">None. Drag from the card’s edge, or press L on the stage.</p>
      ) : null}
    </div>
  )
}

export function LinkInspector({ id }: { readonly id: string }) {
  const document = useDocument((state) => state.document)
  const catalog = useCatalog((state) => state.catalog)
  const derived = useDerived()
  const { view } = usePage()
  const apply = useApply()
  const path = linkPath(document, id)
  const link = getAt(document, path)
  const nodes = nodeIds(document).map((node) => ({ value: node, label: node }))
  const ends = isObject(link) ? derived?.paths.find((one) => one.from === link.from && one.to === link.to) : undefined
  return (
    <>
      <div className="sect fields">
        <ChoiceRow label="From" path={[...path, 'from']} choices={nodes} />
        <ChoiceRow label="To" path={[...path, 'to']} choices={nodes} />
        {catalog === null ? null : <SpecForm catalog={catalog} kind="link" path={path} />}
      </div>
      {ends === undefined ? null : (
        <Facts
          title="Follows from this"
          note="no run needed"
          facts={[
            { label: '64 bytes, one way', value: figure(ends.oneWayNs), unit: 'ns' },
            { label: 'Bottleneck', value: figure(ends.bottleneckGbps), unit: 'Gb/s' },
            { label: 'Memory access', value: ends.access },
          ]}
        />
      )}
      <div className="sect fields">
        <TextRow label="Label" path={[...path, 'label']} placeholder={id} />
        <IdRow
          value={id}
          check={idCheck(document, ['topology', 'links'], id)}
          onRename={(to) => {
            apply(`rename ${id} to ${to}`, (before) => renameLink(before, id, to))
            view.setState({ selection: { type: 'link', id: to } })
          }}
        />
        <Button
          size="small"
          look="danger"
          className="start"
          onClick={() => {
            apply(`delete ${id}`, (before) => removeLinks(before, [id]))
            view.setState({ selection: null })
          }}
        >
          Delete link
        </Button>
      </div>
    </>
  )
}

export function RackInspector({ id }: { readonly id: string }) {
  const document = useDocument((state) => state.document)
  const { view } = usePage()
  const apply = useApply()
  const path = rackPath(document, id)
  const members = objectsAt(document, ['topology', 'nodes']).filter((node) => node.rack === id)
  return (
    <>
      <div className="sect fields">
        <TextRow label="Label" path={[...path, 'label']} placeholder={id} />
        <IdRow
          value={id}
          check={idCheck(document, ['topology', 'racks'], id)}
          onRename={(to) => {
            apply(`rename ${id} to ${to}`, (before) => renameRack(before, id, to))
            view.setState({ selection: { type: 'rack', id: to } })
          }}
        />
      </div>
      <div className="sect">
        <h2>Stands here</h2>
        <ul className="plain-list">
          {members.map((node) => (
            <li key={textOf(node.id)}>
              <button
                type="button"
                className="link-btn"
                onClick={() => {
                  view.setState({ selection: { type: 'node', id: textOf(node.id) } })
                }}
              >
                {textOf(node.id)}
              </button>
            </li>
          ))}
        </ul>
        <Button
          size="small"
          look="danger"
          className="start"
          onClick={() => {
            apply(`delete rack ${id}`, (before) => removeRack(before, id))
            view.setState({ selection: null })
          }}
        >
          Take the rack away, keep what is in it
        </Button>
      </div>
    </>
  )
}
