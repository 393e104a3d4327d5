import { useCallback, useMemo, useRef } from 'react'
import type { MouseEventHandler, PointerEventHandler, ReactNode, RefObject } from 'react'
import type { DrawnTopology } from '../../app/read-stage'
import type { Selection } from '../../stores/view-store'
import { usePage, useView } from '../widgets/page-context'
import type { StageGeometry } from './geometry'
import { LinkLabel } from './LinkShape'
import type { SlabLease } from './PoolCard'
import { readingOrder, sameElement } from './reading-order'
import { LinkView, LooseLinkView, NodeView, RackView } from './StageElements'
import type { ElementState } from './StageElements'
import type { StageTopology } from './stage-topology'
import { useCamera, useViewport } from './use-camera'
import { ZoomControls } from './ZoomControls'

/** Instances to draw as chips: node id, device index, short names. */
export type InstancePlaces = ReadonlyMap<string, ReadonlyMap<number, readonly string[]>>

/** Leased slabs to draw: node id, device index, runs of slabs with their owner's number. */
export type SlabLeases = ReadonlyMap<string, ReadonlyMap<number, readonly SlabLease[]>>

interface StageProps {
  readonly drawing: DrawnTopology
  readonly topology: StageTopology
  readonly geometry: StageGeometry
  readonly mode: 'build' | 'run'
  readonly instances?: InstancePlaces
  readonly leases?: SlabLeases
  /** Painted between the links and the cards: fills the stage, is not moved by the camera. */
  readonly between?: ReactNode
  /** Painted over the cards, likewise. */
  readonly above?: ReactNode
  /** SVG over the cards, in stage coordinates. */
  readonly overlay?: ReactNode
  /** Controls over the stage, in pixels. */
  readonly children?: ReactNode
  readonly onPointerDown?: PointerEventHandler<HTMLDivElement>
  readonly onDoubleClick?: MouseEventHandler<HTMLDivElement>
  readonly element?: RefObject<HTMLDivElement | null>
}

const NOTHING: ReadonlyMap<number, readonly SlabLease[]> = new Map()
const NOBODY: ReadonlyMap<number, readonly string[]> = new Map()

/**
 * The rack as SVG, with room for a painter. Layers from below: racks and links, `between`, cards, `above`, `overlay`,
 * `children`. The camera is the view store's; the SVG layers follow it by the CSS variable `--camera`.
 */
export function Stage(props: StageProps) {
  const { drawing, topology, geometry, mode, between, above, overlay, children } = props
  const { view } = usePage()
  const own = useRef<HTMLDivElement>(null)
  const element = props.element ?? own
  const canEdit = useView((state) => state.canEdit)
  const canDragCards = useCallback(() => mode === 'build' && view.getState().canEdit, [mode, view])
  useCamera(element, view, canDragCards)
  useViewport(element, view)
  const stateOf = useElementStates(geometry)
  const counts = useMemo(() => linkCounts(drawing), [drawing])
  const isEmpty = drawing.nodes.length === 0
  return (
    <div
      ref={element}
      className="stage-ground"
      data-mode={mode}
      data-scope={mode === 'build' ? 'build stage' : 'run stage'}
      data-can-edit={canEdit || undefined}
      role="group"
      aria-label={
        isEmpty
          ? 'Stage, empty. Press A to add a pool.'
          : `Stage, ${drawing.nodes.length} nodes and ${drawing.links.length} links`
      }
      tabIndex={isEmpty ? 0 : -1}
      onPointerDown={props.onPointerDown}
      onDoubleClick={props.onDoubleClick}
    >
      <svg className="layer links" aria-hidden={isEmpty || undefined}>
        {geometry.racks.map((rack) => (
          <RackView key={rack.rackId} rack={rack} {...stateOf('rack', rack.rackId)} />
        ))}
        {geometry.links.map((link) => {
          const drawn = drawing.links[link.link]
          return drawn === undefined ? null : (
            <LinkView key={link.linkId} geometry={link} link={drawn} {...stateOf('link', link.linkId)} />
          )
        })}
        {geometry.loose.map((loose) => (
          <LooseLinkView key={loose.linkId} loose={loose} {...stateOf('link', loose.linkId)} />
        ))}
      </svg>
      {between}
      <svg className="layer pools">
        {geometry.links.map((link) => {
          const drawn = drawing.links[link.link]
          return drawn === undefined ? null : <LinkLabel key={link.linkId} geometry={link} link={drawn} mode={mode} />
        })}
        {geometry.cards.map((card) => {
          const node = topology.nodes[card.node]
          const drawn = drawing.nodes[card.node]
          if (node === undefined || drawn === undefined) return null
          return (
            <NodeView
              key={node.id}
              card={card}
              node={node}
              drawn={drawn}
              mode={mode}
              ports={geometry.ports.get(node.id) ?? []}
              linkCount={counts.get(node.id) ?? 0}
              instances={props.instances?.get(node.id) ?? NOBODY}
              leases={props.leases?.get(node.id) ?? NOTHING}
              {...stateOf('node', node.id)}
            />
          )
        })}
      </svg>
      {above}
      <svg className="layer overlay" aria-hidden="true">
        {overlay}
      </svg>
      <ZoomControls />
      {children}
    </div>
  )
}

/** Which elements are selected, and which one the Tab key comes to. */
function useElementStates(geometry: StageGeometry): (type: Selection['type'], id: string) => ElementState {
  const selection = useView((state) => state.selection)
  const group = useView((state) => state.group)
  const focused = useView((state) => state.focused)
  const order = useMemo(() => readingOrder(geometry), [geometry])
  const wished = focused ?? selection
  const stop = order.find((one) => sameElement(one, wished)) ?? order[0] ?? null
  return (type, id) => {
    const element = { type, id }
    return {
      isSelected: sameElement(selection, element) || group.some((one) => sameElement(one, element)),
      isStop: sameElement(stop, element),
    }
  }
}

function linkCounts(drawing: DrawnTopology): Map<string, number> {
  const counts = new Map<string, number>()
  for (const link of drawing.links) {
    for (const end of [link.from, link.to]) counts.set(end, (counts.get(end) ?? 0) + 1)
  }
  return counts
}
