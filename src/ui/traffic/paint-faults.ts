import { isGoingOn, type FaultSpan } from '../../app/fault-spans'
import type { Palette } from '../charts/palette'
import type { CardGeometry, LinkGeometry, Point } from '../stage/geometry'
import type { StageIndex } from './stage-index'

type Context = CanvasRenderingContext2D

/** Half of the gap in a line that is down, and of the cross in it, px. */
const gap = 13
const arm = 5

/** Links that are down have a gap with a cross in it. */
export function paintDownLinks(
  context: Context,
  index: StageIndex,
  faults: readonly FaultSpan[],
  timePs: number,
  palette: Palette,
) {
  for (const fault of faults) {
    if (fault.effect !== 'down' || fault.link === '' || !isGoingOn(fault, timePs)) continue
    const link = index.geometry.linkById.get(fault.link)
    if (link !== undefined) cutLink(context, link, fault, palette)
  }
}

/** Whether a line of a link, numbered device by device and lane by lane, is among those that are struck. */
function isStruck(line: number, { device, lane, lanes }: FaultSpan): boolean {
  return (device === null || Math.floor(line / lanes) === device) && (lane === null || line % lanes === lane)
}

function cutLink(context: Context, link: LinkGeometry, fault: FaultSpan, palette: Palette) {
  for (const { line, curve, width } of link.lines) {
    if (!isStruck(line, fault)) continue
    const share = Math.min(0.4, gap / Math.max(1, curve.length))
    const [from, middle, to] = [0.5 - share, 0.5, 0.5 + share].map((at) => curve.middleAt(at))
    if (from === undefined || middle === undefined || to === undefined) continue
    context.lineCap = 'butt'
    context.strokeStyle = palette.stage
    context.lineWidth = width + 4
    context.beginPath()
    context.moveTo(from.x, from.y)
    context.lineTo(to.x, to.y)
    context.stroke()
    cross(context, middle, palette)
  }
}

/** Switches and pools that are down have a cross over them. */
export function paintDownNodes(
  context: Context,
  index: StageIndex,
  faults: readonly FaultSpan[],
  timePs: number,
  palette: Palette,
) {
  for (const fault of faults) {
    if (fault.effect !== 'down' || fault.node === '' || !isGoingOn(fault, timePs)) continue
    const card = index.geometry.cardById.get(fault.node)
    if (card === undefined) continue
    const row = fault.device === null ? undefined : card.deviceRows[fault.device]
    strike(context, row === undefined ? card : { ...row, kind: card.kind }, palette)
  }
}

function strike(
  context: Context,
  place: Pick<CardGeometry, 'x' | 'y' | 'width' | 'height' | 'kind'>,
  palette: Palette,
) {
  const { x, y, width, height } = place
  context.globalAlpha = 0.72
  context.fillStyle = palette.stage
  context.beginPath()
  if (place.kind === 'switch') context.arc(x + width / 2, y + height / 2, width / 2, 0, 2 * Math.PI)
  else context.roundRect(x + 1, y + 1, width - 2, height - 2, 5)
  context.fill()
  context.globalAlpha = 1
  cross(context, { x: x + width / 2, y: y + height / 2 }, palette, 2 * arm)
}

function cross(context: Context, { x, y }: Point, palette: Palette, size = arm) {
  context.strokeStyle = palette.alert
  context.lineWidth = 2.5
  context.lineCap = 'round'
  context.beginPath()
  context.moveTo(x - size, y - size)
  context.lineTo(x + size, y + size)
  context.moveTo(x + size, y - size)
  context.lineTo(x - size, y + size)
  context.stroke()
}
