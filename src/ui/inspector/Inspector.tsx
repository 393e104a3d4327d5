import { getAt, textOf } from '../../app/document-path'
import { operationPath } from '../../app/edit-application'
import { indexOfId, nodePath } from '../../app/edit-topology'
import type { NodeKind, ScenarioDocument } from '../../scenario/scenario'
import type { Selection } from '../../stores/view-store'
import { Icon } from '../widgets/Icon'
import type { IconName } from '../widgets/Icon'
import { Menu } from '../widgets/Menu'
import type { MenuItem } from '../widgets/Menu'
import { useDocument, usePage, useView } from '../widgets/page-context'
import { OperationInspector, ServiceInspector, SourceInspector } from './AppInspectors'
import { FaultInspector } from './FaultInspector'
import { OrderInspector } from './OrderInspector'
import { PolicyInspector, ScenarioInspector } from './PolicyInspectors'
import { isPolicyKind, POLICY_NAMES } from './policy-names'
import { RunRows } from './RunRows'
import { LinkInspector, NodeInspector, RackInspector } from './TopologyInspectors'

interface Head {
  readonly icon: IconName
  readonly tint?: 'compute' | 'memory' | 'accel' | 'network' | 'switch'
  readonly words: string
  readonly id: string
}

const KIND_HEADS: { readonly [kind in NodeKind]: Omit<Head, 'id'> } = {
  cpu: { icon: 'cpu', tint: 'compute', words: 'CPU pool' },
  memory: { icon: 'memory', tint: 'memory', words: 'Memory pool' },
  gpu: { icon: 'gpu', tint: 'accel', words: 'GPU pool' },
  nic: { icon: 'nic', tint: 'network', words: 'NIC pool' },
  switch: { icon: 'switch', tint: 'switch', words: 'Switch' },
}

/** Everything about what is selected, ready to be changed. */
export function Inspector() {
  const document = useDocument((state) => state.document)
  const selection = useView((state) => state.selection)
  const group = useView((state) => state.group)
  const found = selection !== null && exists(document, selection) ? selection : null
  const several = group.filter((one) => exists(document, one))
  if (several.length > 1) return <GroupInspector count={several.length} />
  const head = headOf(document, found)
  return (
    <>
      <div className="head">
        <Icon name={head.icon} {...(head.tint === undefined ? {} : { tint: head.tint })} />
        <h2 className="clip">
          {head.words} {head.id === '' ? null : <span className="count mono">{head.id}</span>}
        </h2>
        <span className="grow" />
        <MoreMenu selection={found} />
      </div>
      <div className="scroll" key={found === null ? '' : `${found.type}:${found.id}`}>
        <Body document={document} selection={found} />
      </div>
    </>
  )
}

function Body({ document, selection }: { readonly document: ScenarioDocument; readonly selection: Selection | null }) {
  if (selection === null) return <ScenarioInspector />
  const { type, id } = selection
  switch (type) {
    case 'node':
      return <NodeInspector id={id} kind={kindOf(document, id)} />
    case 'link':
      return <LinkInspector id={id} />
    case 'rack':
      return <RackInspector id={id} />
    case 'service':
      return <ServiceInspector id={id} />
    case 'operation':
      return <OperationInspector id={id} />
    case 'source':
      return <SourceInspector id={id} />
    case 'policies':
      return isPolicyKind(id) ? <PolicyInspector kind={id} /> : <ScenarioInspector />
    case 'order':
      return <OrderInspector index={Number(id)} />
    case 'fault':
      return <FaultInspector index={Number(id)} />
    case 'run':
      return <RunRows />
    case 'scenario':
    case 'request':
    case 'decision':
    case 'device':
    case 'instance':
      return <ScenarioInspector />
  }
}

const isNodeKind = (text: string): text is NodeKind => text in KIND_HEADS
function kindOf(document: ScenarioDocument, id: string): NodeKind {
  const kind = textOf(getAt(document, [...nodePath(document, id), 'kind']))
  return isNodeKind(kind) ? kind : 'cpu'
}

function headOf(document: ScenarioDocument, selection: Selection | null): Head {
  if (selection === null) return { icon: 'info', words: 'Scenario', id: '' }
  const { type, id } = selection
  switch (type) {
    case 'node':
      return { ...KIND_HEADS[kindOf(document, id)], id }
    case 'link':
      return { icon: 'link', words: 'Link', id }
    case 'rack':
      return { icon: 'rack', words: 'Rack', id }
    case 'service':
      return { icon: 'service', words: 'Service', id }
    case 'operation':
      return { icon: 'step', words: 'Operation', id }
    case 'source':
      return { icon: 'source', words: 'Source', id }
    case 'policies':
      return { icon: 'place', words: isPolicyKind(id) ? POLICY_NAMES[id] : 'Policies', id: '' }
    case 'order':
      return { icon: 'migrate', words: 'Order', id: `${Number(id) + 1}` }
    case 'fault':
      return { icon: 'fault', words: 'Fault', id: `${Number(id) + 1}` }
    case 'run':
      return { icon: 'play', words: 'Run', id: '' }
    case 'scenario':
    case 'request':
    case 'decision':
    case 'device':
    case 'instance':
      return { icon: 'info', words: 'Scenario', id: '' }
  }
}

function exists(document: ScenarioDocument, { type, id }: Selection): boolean {
  const lists: { readonly [type: string]: readonly string[] } = {
    node: ['topology', 'nodes'],
    link: ['topology', 'links'],
    rack: ['topology', 'racks'],
    service: ['application', 'services'],
    source: ['workload', 'sources'],
  }
  const list = lists[type]
  if (list !== undefined) return indexOfId(document, list, id) >= 0
  if (type === 'operation') return operationPath(document, id) !== null
  if (type === 'order') return getAt(document, ['policies', 'orders', Number(id)]) !== undefined
  if (type === 'fault') return getAt(document, ['faults', Number(id)]) !== undefined
  return true
}

function MoreMenu({ selection }: { readonly selection: Selection | null }) {
  const { commands } = usePage()
  if (selection === null || (selection.type !== 'node' && selection.type !== 'link')) return null
  const item = (id: string): MenuItem[] => {
    const command = commands.get(id)
    return command === undefined
      ? []
      : [
          {
            label: command.title,
            keys: command.keys[0],
            onPick: () => {
              commands.run(id)
            },
          },
        ]
  }
  const items = [
    ...(selection.type === 'node'
      ? [...item('build.link'), ...item('build.duplicate'), ...item('build.copy'), ...item('build.rack')]
      : []),
    ...item('build.delete'),
  ]
  return <Menu label="More" className="btn quiet small icon" align="end" button={<Icon name="more" />} items={items} />
}

function GroupInspector({ count }: { readonly count: number }) {
  const { commands } = usePage()
  const actions = ['build.duplicate', 'build.copy', 'build.rack', 'build.delete']
  return (
    <>
      <div className="head">
        <Icon name="rack" />
        <h2>{count} selected</h2>
      </div>
      <div className="sect group-actions">
        {actions.map((id) => {
          const command = commands.get(id)
          return command === undefined ? null : (
            <button
              key={id}
              type="button"
              className="btn"
              onClick={() => {
                commands.run(id)
              }}
            >
              {command.title}
            </button>
          )
        })}
      </div>
    </>
  )
}
