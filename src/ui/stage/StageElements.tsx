import { memo } from 'react'
import type { ReactNode } from 'react'
import type { DrawnLink, DrawnNode } from '../../app/read-stage'
import type { Selection } from '../../stores/view-store'
import type { CardGeometry, LinkGeometry, LooseLink, RackGeometry, SwitchPort } from './geometry'
import { LinkShape, sameShape } from './LinkShape'
import { PoolCard } from './PoolCard'
import type { SlabLease } from './PoolCard'
import type { StageNode } from './stage-topology'
import { linkName, nodeName } from './stage-texts'
import { SwitchNode } from './SwitchNode'

/** How an element of the stage looks and answers to the keyboard just now. */
export interface ElementState {
  readonly isSelected: boolean
  /** It is the stage's one stop for the Tab key. */
  readonly isStop: boolean
}

interface ElementProps extends ElementState {
  readonly kind: Selection['type']
  readonly id: string
  readonly name: string
  readonly children: ReactNode
  readonly transform?: string
}

/** A focusable element of the stage. The stage itself handles presses and keys. */
function StageElement({ kind, id, name, isSelected, isStop, transform, children }: ElementProps) {
  return (
    <g
      role="button"
      className={`el el-${kind}`}
      aria-label={name}
      aria-current={isSelected || undefined}
      tabIndex={isStop ? 0 : -1}
      transform={transform}
      {...{ [`data-${kind}`]: id, 'data-element': `${kind}:${id}` }}
    >
      {children}
    </g>
  )
}

interface NodeViewProps extends ElementState {
  readonly card: CardGeometry
  readonly node: StageNode
  readonly drawn: DrawnNode
  readonly mode: 'build' | 'run'
  readonly ports: readonly SwitchPort[]
  readonly linkCount: number
  readonly instances: ReadonlyMap<number, readonly string[]>
  readonly leases: ReadonlyMap<number, readonly SlabLease[]>
}

export const NodeView = memo(
  function NodeView({
    card,
    node,
    drawn,
    mode,
    ports,
    linkCount,
    instances,
    leases,
    isSelected,
    isStop,
  }: NodeViewProps) {
    const isSwitch = node.kind === 'switch'
    return (
      <StageElement
        kind="node"
        id={node.id}
        name={nodeName(drawn, linkCount)}
        isSelected={isSelected}
        isStop={isStop}
        transform={`translate(${card.x} ${card.y})`}
      >
        {isSwitch ? (
          <SwitchNode drawn={drawn} ports={ports} />
        ) : (
          <PoolCard node={node} drawn={drawn} mode={mode} instances={instances} leases={leases} />
        )}
        {isSwitch ? (
          <circle cx={35} cy={35} r={38} className="sel-ring" />
        ) : (
          <rect x={-3} y={-3} width={card.width + 6} height={card.height + 6} rx={8} className="sel-ring" />
        )}
        <rect
          width={card.width}
          height={card.height}
          rx={isSwitch ? 35 : 4}
          className={`block f-${isSwitch ? 'switch' : BLOCK[node.kind]}`}
        />
      </StageElement>
    )
  },
  (before, after) =>
    before.node === after.node &&
    before.drawn === after.drawn &&
    before.mode === after.mode &&
    before.isSelected === after.isSelected &&
    before.isStop === after.isStop &&
    before.linkCount === after.linkCount &&
    before.instances === after.instances &&
    before.leases === after.leases &&
    before.card.x === after.card.x &&
    before.card.y === after.card.y &&
    before.card.height === after.card.height &&
    samePorts(before.ports, after.ports),
)

const BLOCK = { cpu: 'compute', memory: 'memory', gpu: 'accel', nic: 'network' } as const
const samePorts = (a: readonly SwitchPort[], b: readonly SwitchPort[]): boolean =>
  a.length === b.length && a.every((port, i) => port.arcStart === b[i]?.arcStart && port.arcEnd === b[i].arcEnd)

export const LinkView = memo(
  function LinkView({
    geometry,
    link,
    isSelected,
    isStop,
  }: ElementState & { readonly geometry: LinkGeometry; readonly link: DrawnLink }) {
    return (
      <StageElement kind="link" id={geometry.linkId} name={linkName(link)} isSelected={isSelected} isStop={isStop}>
        {geometry.lines.map((line) => (
          <path key={`sel${line.line}`} d={line.curve.path} className="link-sel" strokeWidth={line.width + 5} />
        ))}
        <LinkShape geometry={geometry} />
        {geometry.lines.map((line) => (
          <path key={line.line} d={line.curve.path} className="hit" strokeWidth={Math.max(14, line.width + 4)} />
        ))}
      </StageElement>
    )
  },
  (before, after) =>
    before.link === after.link &&
    before.isSelected === after.isSelected &&
    before.isStop === after.isStop &&
    before.geometry.protocol === after.geometry.protocol &&
    sameShape(before.geometry, after.geometry),
)

/** A link to a node that does not exist. */
export function LooseLinkView({ loose, isSelected, isStop }: ElementState & { readonly loose: LooseLink }) {
  const { end } = loose
  return (
    <StageElement
      kind="link"
      id={loose.linkId}
      name={`Link ${loose.linkId} to ${loose.missing}: no such node`}
      isSelected={isSelected}
      isStop={isStop}
    >
      <path d={loose.path} className="loose" />
      <path d={`M${end.x - 5} ${end.y - 5}l10 10M${end.x + 5} ${end.y - 5}l-10 10`} className="loose-end" />
      <text x={end.x} y={end.y - 14} className="t-halo t-mid t-alert">
        {`“${loose.missing}”: no such node`}
      </text>
      <path d={loose.path} className="hit" strokeWidth={14} />
    </StageElement>
  )
}

export function RackView({ rack, isSelected, isStop }: ElementState & { readonly rack: RackGeometry }) {
  const frame = { x: rack.x + 0.5, y: rack.y + 0.5, width: rack.width, height: rack.height, rx: 10 }
  return (
    <>
      <rect {...frame} className="rack-fill" />
      <rect {...frame} className={isSelected ? 'rack is-selected' : 'rack'} />
      <StageElement
        kind="rack"
        id={rack.rackId}
        name={`Rack ${rack.label}, ${rack.devices} devices`}
        isSelected={isSelected}
        isStop={isStop}
      >
        <rect
          x={rack.x + 8}
          y={rack.y + 10}
          width={Math.min(rack.width - 16, 180)}
          height={26}
          rx={4}
          className="rack-grip"
        />
        <text x={rack.x + 20} y={rack.y + 28} className="t-b lod-full">
          {rack.label}
          <tspan className="t-count" dx={8}>
            {rack.devices} {rack.devices === 1 ? 'device' : 'devices'}
          </tspan>
        </text>
      </StageElement>
    </>
  )
}
