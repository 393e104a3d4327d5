import { memo } from 'react'
import type { DrawnLink } from '../../app/read-stage'
import type { Protocol } from '../../scenario/scenario'
import type { LinkGeometry, LinkLine } from './geometry'
import { linkTexts } from './stage-texts'

/**
 * A link's physical lines in the style of its protocol. The load inside is left to the painter. All lines are cased
 * before any is filled, so that lines that meet at a port run into one another.
 */
export const LinkShape = memo(
  function LinkShape({ geometry }: { readonly geometry: LinkGeometry }) {
    const { lines, protocol } = geometry
    return (
      <>
        {lines.map((line) => (
          <Casing key={line.line} line={line} protocol={protocol} />
        ))}
        {lines.map((line) => (
          <Core key={line.line} line={line} protocol={protocol} />
        ))}
      </>
    )
  },
  (before, after) => before.geometry.protocol === after.geometry.protocol && sameShape(before.geometry, after.geometry),
)

/** Whether two links are drawn along the same lines. */
export const sameShape = (a: LinkGeometry, b: LinkGeometry): boolean =>
  a === b ||
  (a.lines.length === b.lines.length &&
    a.lines.every((line, i) => line.curve.path === b.lines[i]?.curve.path && line.width === b.lines[i].width))

interface LineProps {
  readonly line: LinkLine
  readonly protocol: Protocol
}

function Casing({ line: { curve, width }, protocol }: LineProps) {
  switch (protocol) {
    case 'cxl':
      return <path d={curve.path} className="casing" strokeWidth={width} />
    case 'nvlink':
      return <path d={curve.path} className="casing" strokeWidth={width + 2} />
    case 'pcie':
      return <path d={curve.path} className="flat" strokeWidth={width} />
    case 'rdma':
    case 'ethernet':
    case 'ideal':
      return <path d={curve.path} className="casing-in" strokeWidth={width} />
  }
}

function Core({ line, protocol }: LineProps) {
  const { path } = line.curve
  switch (protocol) {
    case 'cxl':
      return <path d={path} className="casing-in" strokeWidth={line.width - 2} />
    case 'nvlink':
      return (
        <>
          <path d={path} className="casing-in" strokeWidth={line.width} />
          <path d={path} className="n s-edge" strokeWidth={1.25} />
        </>
      )
    case 'pcie':
      return null
    case 'rdma':
      return (
        <>
          <path d={path} className="n s-edge" strokeWidth={1.5} />
          <ArrowTicks line={line} />
        </>
      )
    case 'ethernet':
      return <path d={path} className="n s-edge" strokeWidth={1.25} />
    case 'ideal':
      return <path d={path} className="n s-edge" strokeWidth={1.75} strokeDasharray="0.1 5" strokeLinecap="round" />
  }
}

function ArrowTicks({ line }: { readonly line: LinkLine }) {
  const count = Math.max(1, Math.min(6, Math.round(line.curve.length / 45)))
  const half = line.width / 2
  return Array.from({ length: count }, (_, i) => {
    const fraction = (i + 0.5) / count
    const at = line.curve.middleAt(fraction)
    const next = line.curve.middleAt(Math.min(1, fraction + 0.02))
    const angle = (Math.atan2(next.y - at.y, next.x - at.x) * 180) / Math.PI
    return (
      <path
        key={i}
        d={`M-3 ${-half}L2 0-3 ${half}`}
        transform={`translate(${at.x.toFixed(1)} ${at.y.toFixed(1)}) rotate(${angle.toFixed(0)})`}
        className="n s-edge"
        strokeWidth={1.25}
      />
    )
  })
}

/** A link's two lines of text; the second is for building only, the painter writes the load there while a run is shown. */
export const LinkLabel = memo(
  function LinkLabel({
    geometry,
    link,
    mode,
  }: {
    readonly geometry: LinkGeometry
    readonly link: DrawnLink
    readonly mode: 'build' | 'run'
  }) {
    const { label } = geometry
    const x =
      label.anchor === 'start' ? label.x : label.anchor === 'end' ? label.x + label.width : label.x + label.width / 2
    const side = label.anchor === 'start' ? '' : label.anchor === 'end' ? ' t-end' : ' t-mid'
    const [first, second] = linkTexts(link)
    return (
      <g className="lod-full" data-label={geometry.linkId}>
        <text x={x} y={label.y + 11} className={`t-halo t-b${side}`}>
          {first}
        </text>
        {mode === 'run' ? null : (
          <text x={x} y={label.y + 25} className={`t-halo t-2${side}`}>
            {second}
          </text>
        )}
      </g>
    )
  },
  (before, after) =>
    before.mode === after.mode &&
    before.link === after.link &&
    before.geometry.label.x === after.geometry.label.x &&
    before.geometry.label.y === after.geometry.label.y &&
    before.geometry.label.anchor === after.geometry.label.anchor,
)
