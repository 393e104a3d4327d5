import { getAt, numberOf, objectsAt, textOf } from '../../app/document-path'
import type { JsonObject } from '../../app/document-path'
import type { ScenarioTab, Selection } from '../../stores/view-store'
import { POLICY_KINDS, POLICY_NAMES } from '../inspector/policy-names'
import { stepsText } from '../inspector/step-text'
import { Outline } from '../outline/Outline'
import { newFault, newOperation, newOrder, newService, newSource } from '../outline/outline-actions'
import { faultText, faultTime, orderText } from '../../app/event-text'
import { rateText } from '../outline/outline-rows'
import { Palette } from '../rack-editor/Palette'
import { Button } from '../widgets/Button'
import { Icon } from '../widgets/Icon'
import type { IconName } from '../widgets/Icon'
import { KeyCaps } from '../widgets/KeyCaps'
import { tabPanelId, Tabs } from '../widgets/Tabs'
import { useCatalog, useDocument, usePage, useView } from '../widgets/page-context'

const TABS: readonly { readonly id: ScenarioTab; readonly label: string }[] = [
  { id: 'topology', label: 'Topology' },
  { id: 'app', label: 'App' },
  { id: 'load', label: 'Load' },
  { id: 'policies', label: 'Policies' },
]

interface ScenarioPanelProps {
  readonly living: ReadonlyMap<string, readonly string[]>
}

/** The four parts of a scenario, each a list to add to and choose from. */
export function ScenarioPanel({ living }: ScenarioPanelProps) {
  const { view } = usePage()
  const tab = useView((state) => state.tab)
  return (
    <>
      <Tabs
        name="Scenario"
        tabs={TABS}
        current={tab}
        onChange={(next) => {
          view.setState({ tab: next })
        }}
      />
      <div
        className="scroll"
        id={tabPanelId('Scenario')}
        role="tabpanel"
        aria-label={TABS.find((one) => one.id === tab)?.label}
        tabIndex={-1}
      >
        {tab === 'topology' ? <TopologyTab living={living} /> : null}
        {tab === 'app' ? <AppTab /> : null}
        {tab === 'load' ? <LoadTab /> : null}
        {tab === 'policies' ? <PoliciesTab /> : null}
      </div>
    </>
  )
}

function TopologyTab({ living }: ScenarioPanelProps) {
  return (
    <>
      <Palette />
      <div className="sect outline">
        <div className="row outline-head">
          <span className="label">Outline</span>
          <span className="grow" />
          <KeyCaps keys="F6" />
        </div>
        <Outline living={living} />
      </div>
    </>
  )
}

interface ListRowProps {
  readonly icon: IconName
  readonly text: string
  readonly detail: string
  readonly selection: Selection
  readonly isInner?: boolean
}

/** One thing that can be chosen. */
function ListRow({ icon, text, detail, selection, isInner = false }: ListRowProps) {
  const { view } = usePage()
  const isChosen = useView((state) => state.selection?.type === selection.type && state.selection.id === selection.id)
  return (
    <button
      type="button"
      className={`list-row${isChosen ? ' cur' : ''}${isInner ? ' inner' : ''}`}
      aria-current={isChosen || undefined}
      onClick={() => {
        view.setState({ selection, group: [] })
      }}
    >
      <Icon name={icon} />
      <span className={isInner ? undefined : 'b'}>{text}</span>
      <span className="grow dim clip detail">{detail}</span>
    </button>
  )
}

interface ListHeadProps {
  readonly title: string
  readonly add: string
  readonly onAdd: () => void
}

function ListHead({ title, add, onAdd }: ListHeadProps) {
  return (
    <div className="row list-head">
      <h2 className="label">{title}</h2>
      <span className="grow" />
      <Button size="small" look="quiet" icon="plus" aria-label={`Add ${add}`} onClick={onAdd}>
        {add}
      </Button>
    </div>
  )
}

function AppTab() {
  const page = usePage()
  const document = useDocument((state) => state.document)
  const services = objectsAt(document, ['application', 'services'])
  return (
    <div className="sect list">
      <ListHead
        title="Services"
        add="Service"
        onAdd={() => {
          newService(page)
        }}
      />
      {services.map((service) => {
        const id = textOf(service.id)
        return (
          <div key={id} className="list-group">
            <ListRow icon="service" text={id} detail={serviceText(service)} selection={{ type: 'service', id }} />
            {objectsAt(service, ['operations']).map((operation) => (
              <ListRow
                key={textOf(operation.id)}
                isInner
                icon="step"
                text={textOf(operation.id)}
                detail={stepsText(objectsAt(operation, ['steps']))}
                selection={{ type: 'operation', id: `${id}.${textOf(operation.id)}` }}
              />
            ))}
            <Button
              size="small"
              look="quiet"
              icon="plus"
              className="inner-add"
              aria-label={`Add operation to ${id}`}
              onClick={() => {
                newOperation(page, id)
              }}
            >
              Operation
            </Button>
          </div>
        )
      })}
      {services.length === 0 ? (
        <p className="dim note">
          A service is a program that runs on the rack’s devices. Sources ask for its operations.
        </p>
      ) : null}
    </div>
  )
}

function serviceText(service: JsonObject): string {
  const kinds = Array.isArray(service.runsOn) ? (service.runsOn as readonly string[]).join(', ') : 'cpu'
  return `×${numberOf(service.replicas, 1)} on ${kinds}`
}

function LoadTab() {
  const page = usePage()
  const document = useDocument((state) => state.document)
  const sources = objectsAt(document, ['workload', 'sources'])
  const faults = objectsAt(document, ['faults'])
  const run = (name: string, otherwise: number): number => numberOf(getAt(document, ['run', name]), otherwise)
  return (
    <>
      <div className="sect list">
        <ListHead
          title="Sources"
          add="Source"
          onAdd={() => {
            newSource(page)
          }}
        />
        {sources.map((source) => (
          <ListRow
            key={textOf(source.id)}
            icon="source"
            text={textOf(source.id)}
            detail={`${rateText(source)} → ${textOf(source.entry, '…')}`}
            selection={{ type: 'source', id: textOf(source.id) }}
          />
        ))}
        {sources.length === 0 ? (
          <p className="dim note">A source sends requests to an operation of a service.</p>
        ) : null}
      </div>
      <div className="sect list">
        <ListHead
          title="Faults"
          add="Fault"
          onAdd={() => {
            newFault(page)
          }}
        />
        {faults.map((fault, i) => (
          <ListRow
            key={i}
            icon="fault"
            text={faultText(fault)}
            detail={faultTime(fault)}
            selection={{ type: 'fault', id: String(i) }}
          />
        ))}
      </div>
      <div className="sect list">
        <h2 className="label list-head">Run</h2>
        <ListRow
          icon="play"
          text={`${run('durationSeconds', 1)} s`}
          detail={`after ${run('warmupSeconds', 0)} s, seed ${run('seed', 1)}, ×${run('replications', 1)}`}
          selection={{ type: 'run', id: '' }}
        />
      </div>
    </>
  )
}

function PoliciesTab() {
  const page = usePage()
  const document = useDocument((state) => state.document)
  const catalog = useCatalog((state) => state.catalog)
  const orders = objectsAt(document, ['policies', 'orders'])
  const icons: { readonly [kind: string]: IconName } = {
    placement: 'place',
    loadBalancing: 'swap',
    memory: 'alloc',
    offload: 'offload',
    migration: 'migrate',
    scaling: 'scale',
    recovery: 'fault',
  }
  return (
    <>
      <div className="sect list">
        <h2 className="label list-head">Policies</h2>
        {POLICY_KINDS.map((kind) => (
          <ListRow
            key={kind}
            icon={icons[kind] ?? 'place'}
            text={POLICY_NAMES[kind]}
            detail={textOf(getAt(document, ['policies', kind, 'use']), catalog?.policies[kind][0]?.name ?? '')}
            selection={{ type: 'policies', id: kind }}
          />
        ))}
      </div>
      <div className="sect list">
        <ListHead
          title="Orders by hand"
          add="Order"
          onAdd={() => {
            newOrder(page)
          }}
        />
        {orders.map((order, i) => (
          <ListRow
            key={i}
            icon="migrate"
            text={orderText(order)}
            detail={`at ${numberOf(order.atSeconds, 0)} s`}
            selection={{ type: 'order', id: String(i) }}
          />
        ))}
      </div>
    </>
  )
}
