import { LinkCurve } from './link-curve'
import type { Point } from './link-curve'
import type { CardGeometry } from './card-layout'
import type { StageLink } from './stage-topology'

/** One physical link: a device's lane. */
export interface LinkLine {
  /** As in `links.csv`: device index x lanes + lane. */
  readonly line: number
  readonly lane: number
  /** Device at the `from` end and at the `to` end. */
  readonly fromDevice: number
  readonly toDevice: number
  readonly curve: LinkCurve
  /** Outer width, px. */
  readonly width: number
}

type Side = 'left' | 'right' | 'top' | 'bottom'

/** Outer width of a line by its bandwidth: three steps. */
function lineWidth(bandwidthGbps: number | null): number {
  if (bandwidthGbps === null || bandwidthGbps < 100) return 8
  return bandwidthGbps < 400 ? 10 : 14
}

/** More lanes than this share one drawn line per device. */
export const MAX_LANES = 4

/** Whether the devices of one end are drawn as a strip, so that one line stands for all. */
export const isBundled = (from: CardGeometry, to: CardGeometry): boolean => from.strip !== null || to.strip !== null

/** All physical lines of one link between two placed cards; the ports of switches are handed out by `ports`. */
export function routeLink(link: StageLink, from: CardGeometry, to: CardGeometry, ports: PortBook): LinkLine[] {
  const pairs = isBundled(from, to) ? ([[0, 0]] as const) : devicePairs(from, to)
  const width = lineWidth(link.bandwidthGbps)
  const drawnLanes = link.lanes > MAX_LANES ? 1 : link.lanes
  return pairs.flatMap(([fromDevice, toDevice]) => {
    const start = anchorOf(from, to, fromDevice, link.id, ports)
    const end = anchorOf(to, from, toDevice, link.id, ports)
    return Array.from({ length: drawnLanes }, (_, lane) => {
      const shift = (lane - (drawnLanes - 1) / 2) * (width + 3)
      const device =
        from.kind === 'switch' ? toDevice : to.kind === 'switch' ? fromDevice : Math.max(fromDevice, toDevice)
      const line = from.kind === 'switch' && to.kind === 'switch' ? lane : device * link.lanes + lane
      return { line, lane, fromDevice, toDevice, curve: curveBetween(start, end, shift, width), width }
    })
  })
}

/** Which device is wired to which: model.md, section 2. */
function devicePairs(from: CardGeometry, to: CardGeometry): [number, number][] {
  const a = from.kind === 'switch' ? 1 : from.count
  const b = to.kind === 'switch' ? 1 : to.count
  return Array.from({ length: Math.max(a, b) }, (_, i) => [a === 0 ? 0 : i % a, b === 0 ? 0 : i % b])
}

interface Anchor extends Point {
  readonly side: Side
}

function anchorOf(card: CardGeometry, other: CardGeometry, device: number, link: string, ports: PortBook): Anchor {
  return card.kind === 'switch' ? ports.take(card, other, `${link}/${device}`) : cardAnchor(card, other, device)
}

function cardAnchor(card: CardGeometry, other: CardGeometry, device: number): Anchor {
  const middle = other.x + other.width / 2
  const row = card.deviceRows[device]
  const y = row?.portY ?? card.y + card.height / 2
  const apart = middle < card.x || middle > card.x + card.width
  if (!apart) {
    const below = other.y > card.y
    const place = card.x + card.width * (0.3 + (0.4 * (device + 1)) / (Math.min(card.count, 33) + 1))
    return { x: place, y: below ? card.y + card.height : card.y, side: below ? 'bottom' : 'top' }
  }
  const right = middle > card.x + card.width / 2
  return { x: right ? card.x + card.width : card.x, y, side: right ? 'right' : 'left' }
}

function curveBetween(start: Anchor, end: Anchor, shift: number, width: number): LinkCurve {
  const away = outward(start.side)
  const back = outward(end.side)
  const distance = Math.hypot(end.x - start.x, end.y - start.y)
  const straight = away.x !== 0 ? Math.abs(end.x - start.x) : Math.abs(end.y - start.y)
  const reach = Math.max(24, Math.min(0.55 * straight + 0.12 * distance, 140))
  const move = (anchor: Anchor, out: Point): Point => ({
    x: anchor.x + Math.abs(out.y) * shift,
    y: anchor.y + Math.abs(out.x) * shift,
  })
  const a = move(start, away)
  const b = move(end, back)
  return new LinkCurve(
    a,
    { x: a.x + away.x * reach, y: a.y + away.y * reach },
    { x: b.x + back.x * reach, y: b.y + back.y * reach },
    b,
    width * 0.3,
  )
}

const OUTWARD: { readonly [side in Side]: Point } = {
  left: { x: -1, y: 0 },
  right: { x: 1, y: 0 },
  top: { x: 0, y: -1 },
  bottom: { x: 0, y: 1 },
}
const outward = (side: Side): Point => OUTWARD[side]

const PORT_PITCH = 12

/** Hands out places on the rims of switches, so that lines from one side stand in order and do not cross. */
export class PortBook {
  private readonly wanted = new Map<string, { readonly key: string; readonly order: number }[]>()

  /** Says that a line will ask for a port. `order` sorts the ports of one side. */
  reserve(card: CardGeometry, other: CardGeometry, key: string, order: number): void {
    const side = switchSide(card, other)
    const name = `${card.nodeId} ${side}`
    this.wanted.set(
      name,
      [...(this.wanted.get(name) ?? []), { key, order }].sort((a, b) => a.order - b.order),
    )
  }

  take(card: CardGeometry, other: CardGeometry, key: string): Anchor {
    const side = switchSide(card, other)
    const list = this.wanted.get(`${card.nodeId} ${side}`) ?? []
    const index = Math.max(
      0,
      list.findIndex((entry) => entry.key === key),
    )
    const span = card.width / 2 - 12
    const pitch = list.length > 1 ? Math.min(PORT_PITCH, (2 * span) / (list.length - 1)) : 0
    const offset = (index - (list.length - 1) / 2) * pitch
    const radius = card.width / 2
    const depth = Math.sqrt(Math.max(0, radius * radius - offset * offset)) - 1
    const center = { x: card.x + radius, y: card.y + radius }
    const out = outward(side)
    return {
      x: center.x + out.x * depth + Math.abs(out.y) * offset,
      y: center.y + out.y * depth + Math.abs(out.x) * offset,
      side,
    }
  }
}

/** The side of a switch that faces another card. */
export function switchSide(card: CardGeometry, other: CardGeometry): Side {
  const cx = card.x + card.width / 2
  const cy = card.y + card.height / 2
  const nearestX = Math.min(Math.max(cx, other.x), other.x + other.width)
  const middleY = other.y + other.height / 2
  const dx = nearestX - cx
  const dy = middleY - cy
  if (Math.abs(dy) > Math.abs(dx) * 1.3 && Math.abs(dy) > other.height / 2) return dy > 0 ? 'bottom' : 'top'
  return dx === 0 ? (dy > 0 ? 'bottom' : 'top') : dx > 0 ? 'right' : 'left'
}
