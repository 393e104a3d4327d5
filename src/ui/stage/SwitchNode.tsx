import { memo } from 'react'
import type { DrawnNode } from '../../app/read-stage'
import { SWITCH_RADIUS } from './card-layout'
import type { SwitchPort } from './geometry'
import { cardFact, cardTitle } from './stage-texts'

/** Radius of the ring that shows the output buffers. */
const RING_RADIUS = 30

/** A switch, drawn at the origin: one arc per port, the filling is left to the painter. */
export const SwitchNode = memo(function SwitchNode({
  drawn,
  ports,
}: {
  readonly drawn: DrawnNode
  readonly ports: readonly SwitchPort[]
}) {
  const r = SWITCH_RADIUS
  const title = cardTitle(drawn)
  return (
    <>
      <circle cx={r} cy={r} r={r} className="f-panel switch-rim" />
      {ports.length === 0 ? <circle cx={r} cy={r} r={RING_RADIUS} className="ring" /> : null}
      {ports.map((port, i) => (
        <path key={i} d={arcPath(r, r, RING_RADIUS, port.arcStart, port.arcEnd)} className="ring" />
      ))}
      <text x={r} y={r + 8} className="t-large t-mid lod-bars">
        {title.slice(0, 4)}
      </text>
      <g className="lod-full">
        <path
          d={`M${r} ${r - 19}L${r + 6} ${r - 13} ${r} ${r - 7} ${r - 6} ${r - 13}z`}
          className="n s-switch"
          strokeWidth={1.5}
          strokeLinejoin="round"
        />
        <text x={r} y={r + 7} className="t-b t-mid">
          {title.length > 8 ? `${title.slice(0, 7)}…` : title}
        </text>
        <text x={r} y={r + 18} className="t-micro t-2 t-mid">
          {cardFact(drawn)}
        </text>
      </g>
    </>
  )
})

/** SVG path of an arc between two angles (degrees, clockwise from the right). */
function arcPath(cx: number, cy: number, radius: number, from: number, to: number): string {
  const end = Math.min(to, from + 359.9)
  const at = (angle: number): string => {
    const radians = (angle * Math.PI) / 180
    return `${(cx + radius * Math.cos(radians)).toFixed(2)} ${(cy + radius * Math.sin(radians)).toFixed(2)}`
  }
  return `M${at(from)}A${radius} ${radius} 0 ${end - from > 180 ? 1 : 0} 1 ${at(end)}`
}
