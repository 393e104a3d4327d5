import type { StageGeometry } from '../stage/geometry'
import { guidesFor } from './drag'
import type { Gesture } from './use-stage-pointer'
import { WarningMarks } from './WarningMarks'

interface EditOverlayProps {
  readonly geometry: StageGeometry
  readonly gesture: Gesture
  /** Nodes that show handles to drag links from. */
  readonly handles: readonly string[]
}

/** What is drawn over the rack while it is edited: handles, guides, the box, the link on its way. */
export function EditOverlay({ geometry, gesture, handles }: EditOverlayProps) {
  return (
    <>
      <WarningMarks geometry={geometry} />
      {gesture.name === 'move'
        ? guidesFor(geometry, gesture.lead).map((guide) => (
            <g key={guide.words}>
              <path d={`M${guide.from.x} ${guide.from.y}L${guide.to.x} ${guide.to.y}`} className="guide" />
              <text
                x={guide.from.x === guide.to.x ? guide.to.x + 8 : guide.to.x + 6}
                y={guide.to.y + (guide.from.x === guide.to.x ? 2 : 4)}
                className="t-halo t-micro t-2"
              >
                {guide.words}
              </text>
            </g>
          ))
        : null}
      {gesture.name === 'box' ? <rect {...gesture.rect} className="select-box" /> : null}
      {gesture.name === 'link' ? <LinkPreview geometry={geometry} gesture={gesture} /> : null}
      {gesture.name === 'none' || gesture.name === 'link'
        ? handles.map((id) => <Handles key={id} geometry={geometry} id={id} />)
        : null}
    </>
  )
}

function Handles({ geometry, id }: { readonly geometry: StageGeometry; readonly id: string }) {
  const card = geometry.cardById.get(id)
  if (card === undefined) return null
  const gap = card.kind === 'switch' ? 3 : 3
  const spots = [
    [card.x + card.width / 2, card.y - gap],
    [card.x + card.width + gap, card.y + card.height / 2],
    [card.x + card.width / 2, card.y + card.height + gap],
    [card.x - gap, card.y + card.height / 2],
  ] as const
  return spots.map(([x, y], i) => (
    <g key={i} data-handle={id} className="handle">
      <circle cx={x} cy={y} r={14} className="handle-hit" />
      <circle cx={x} cy={y} r={5.5} className="handle-dot" />
    </g>
  ))
}

function LinkPreview({
  geometry,
  gesture,
}: {
  readonly geometry: StageGeometry
  readonly gesture: Extract<Gesture, { name: 'link' }>
}) {
  const card = geometry.cardById.get(gesture.from)
  if (card === undefined) return null
  const target = gesture.over === null ? undefined : geometry.cardById.get(gesture.over)
  const end = target === undefined ? gesture.to : { x: target.x + target.width / 2, y: target.y + target.height / 2 }
  const right = end.x > card.x + card.width / 2
  const start = { x: right ? card.x + card.width : card.x, y: card.y + card.height / 2 }
  const bend = (end.x - start.x) / 2
  return (
    <>
      <path
        d={`M${start.x} ${start.y}C${start.x + bend} ${start.y} ${end.x - bend} ${end.y} ${end.x} ${end.y}`}
        className="link-preview"
      />
      {target === undefined ? (
        <circle cx={end.x} cy={end.y} r={4} className="handle-dot" />
      ) : (
        <rect
          x={target.x - 4}
          y={target.y - 4}
          width={target.width + 8}
          height={target.height + 8}
          rx={target.kind === 'switch' ? 40 : 9}
          className="card-sel"
        />
      )}
    </>
  )
}
