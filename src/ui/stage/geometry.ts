import type { Protocol } from '../../scenario/scenario'
import { placeNodes, sizeOf } from './auto-layout'
import type { Placements } from './auto-layout'
import { layoutCard } from './card-layout'
import type { CardGeometry, Rect } from './card-layout'
import { lineMarks, placeLabel } from './label-layout'
import type { LabelPlace } from './label-layout'
import { isBundled, MAX_LANES, PortBook, routeLink, switchSide } from './link-routing'
import type { LinkLine } from './link-routing'
import type { StageLink, StageNode, StageTopology } from './stage-topology'

export type { CardGeometry, Cell, DeviceRow, Rect } from './card-layout'
export type { LinkLine } from './link-routing'
export type { Direction, Point } from './link-curve'

export interface RackGeometry extends Rect {
  readonly rackId: string
  readonly label: string
  readonly devices: number
}

/** One port of a switch: where a line meets its rim. Angles in degrees, 0 to the right, clockwise. */
export interface SwitchPort {
  readonly linkId: string
  readonly line: number
  readonly angle: number
  /** Its share of the ring, for the fill of its output buffer. */
  readonly arcStart: number
  readonly arcEnd: number
}

export interface LinkGeometry {
  readonly linkId: string
  /** Index into the topology's links. */
  readonly link: number
  readonly from: string
  readonly to: string
  readonly protocol: Protocol
  readonly lanes: number
  /** Drawn lines by device, then lane; fewer than physical ones when `bundled` or with many lanes: see `lineOf`. */
  readonly lines: readonly LinkLine[]
  /** One line stands for all devices of a pool that is drawn as a strip. */
  readonly bundled: boolean
  readonly label: LabelPlace
}

/** A link whose other end does not exist: drawn as a loose end. */
export interface LooseLink {
  readonly linkId: string
  readonly nodeId: string | null
  readonly missing: string
  readonly path: string
  readonly end: { readonly x: number; readonly y: number }
}

/** Where everything is, in stage coordinates (px at 100 %); y grows downward. */
export interface StageGeometry {
  readonly bounds: Rect
  /** The cards alone, without the racks' frames. */
  readonly inner: Rect
  readonly cards: readonly CardGeometry[]
  readonly racks: readonly RackGeometry[]
  readonly links: readonly LinkGeometry[]
  readonly loose: readonly LooseLink[]
  /** Ports per switch, by node id. */
  readonly ports: ReadonlyMap<string, readonly SwitchPort[]>
  readonly cardById: ReadonlyMap<string, CardGeometry>
  readonly linkById: ReadonlyMap<string, LinkGeometry>
}

const RACK_PAD = { side: 40, top: 60, bottom: 40 } as const

/** The drawn line of a physical link (its number as in `links.csv`: device index x lanes + lane). */
export function lineOf(link: LinkGeometry, physical: number): LinkLine | undefined {
  if (link.bundled) return link.lines[link.lanes > MAX_LANES ? 0 : physical % link.lanes]
  return link.lines[link.lanes > MAX_LANES ? Math.floor(physical / link.lanes) : physical] ?? link.lines[0]
}

/**
 * Lays out a rack. Equal input gives equal output; nothing here depends on a screen.
 *
 * @param before an earlier layout: links that run as they did keep their labels, which saves looking for room while
 * something is dragged
 */
export function layoutStage(
  topology: StageTopology,
  placements: Placements = placeNodes(topology),
  before?: StageGeometry,
): StageGeometry {
  const cards = topology.nodes.map((node, index) => cardOf(node, index, placements.get(node.id) ?? { x: 0, y: 0 }))
  const cardById = new Map(cards.map((card) => [card.nodeId, card]))
  const racks = rackRects(topology, cards)
  const links = routeLinks(topology.links, cards, cardById, before)
  return {
    bounds: boundsOf([...cards, ...racks]),
    inner: boundsOf(cards),
    cards,
    racks,
    links,
    loose: looseLinks(topology.links, cardById),
    ports: portsOf(links, cards),
    cardById,
    linkById: new Map(links.map((link) => [link.linkId, link])),
  }
}

function cardOf(node: StageNode, index: number, at: { readonly x: number; readonly y: number }): CardGeometry {
  const { width } = sizeOf(node)
  const base = { nodeId: node.id, node: index, kind: node.kind, count: node.count, x: at.x - width / 2, y: at.y, width }
  if (node.kind === 'switch') return { ...base, height: width, deviceRows: [], strip: null, footer: null }
  return { ...base, ...layoutCard(node, base.x, base.y) }
}

function rackRects(topology: StageTopology, cards: readonly CardGeometry[]): RackGeometry[] {
  return topology.racks.flatMap((rack) => {
    const members = cards.filter((card) => topology.nodes[card.node]?.rack === rack.id)
    if (members.length === 0) return []
    const inner = boundsOf(members)
    return [
      {
        rackId: rack.id,
        label: rack.label,
        devices: members.reduce((sum, card) => sum + (card.kind === 'switch' ? 0 : card.count), 0),
        x: inner.x - RACK_PAD.side,
        y: inner.y - RACK_PAD.top,
        width: inner.width + 2 * RACK_PAD.side,
        height: inner.height + RACK_PAD.top + RACK_PAD.bottom,
      },
    ]
  })
}

function routeLinks(
  links: readonly StageLink[],
  cards: readonly CardGeometry[],
  cardById: ReadonlyMap<string, CardGeometry>,
  before: StageGeometry | undefined,
): LinkGeometry[] {
  const ports = reservePorts(links, cardById)
  const routed = links.flatMap((link, index) => {
    const from = cardById.get(link.from)
    const to = cardById.get(link.to)
    return from === undefined || to === undefined || from === to
      ? []
      : [{ link, index, bundled: isBundled(from, to), lines: routeLink(link, from, to, ports) }]
  })
  const marks = lineMarks(routed.flatMap((one) => one.lines.slice(0, 8)))
  const taken: Rect[] = [...cards]
  return routed.map(({ link, index, bundled, lines }) => {
    const label = keptLabel(before?.linkById.get(link.id), lines) ?? placeLabel(lines, taken, marks)
    taken.push(label)
    return {
      linkId: link.id,
      link: index,
      from: link.from,
      to: link.to,
      protocol: link.protocol,
      lanes: link.lanes,
      lines,
      bundled,
      label,
    }
  })
}

/** The label of a link that runs as it did. */
function keptLabel(before: LinkGeometry | undefined, lines: readonly LinkLine[]): LabelPlace | null {
  const isSame =
    before?.lines.length === lines.length && lines.every((line, i) => line.curve.path === before.lines[i]?.curve.path)
  return isSame ? before.label : null
}

function reservePorts(links: readonly StageLink[], cardById: ReadonlyMap<string, CardGeometry>): PortBook {
  const ports = new PortBook()
  for (const link of links) {
    const from = cardById.get(link.from)
    const to = cardById.get(link.to)
    if (from === undefined || to === undefined || from === to) continue
    for (const [card, other] of [
      [from, to],
      [to, from],
    ] as const) {
      if (card.kind !== 'switch') continue
      const devices = other.kind === 'switch' || other.strip !== null ? 1 : other.count
      for (let device = 0; device < devices; device += 1) {
        ports.reserve(card, other, `${link.id}/${other.kind === 'switch' ? 0 : device}`, portOrder(card, other, device))
      }
    }
  }
  return ports
}

/** Ports on a left or right side stand by height, those above and below by the side that the lines come from. */
function portOrder(card: CardGeometry, other: CardGeometry, device: number): number {
  const y = other.deviceRows[device]?.portY ?? other.y + other.height / 2
  const side = switchSide(card, other)
  if (side === 'left' || side === 'right') return y
  const isLeft = other.x + other.width / 2 < card.x + card.width / 2
  const aside = isLeft ? y : -y
  return (isLeft ? -1e5 : 1e5) + (side === 'bottom' ? aside : -aside)
}

function portsOf(links: readonly LinkGeometry[], cards: readonly CardGeometry[]): Map<string, SwitchPort[]> {
  const result = new Map<string, SwitchPort[]>()
  for (const card of cards) {
    if (card.kind !== 'switch') continue
    const center = { x: card.x + card.width / 2, y: card.y + card.height / 2 }
    const found = links.flatMap((link) => {
      if (link.from !== card.nodeId && link.to !== card.nodeId) return []
      return link.lines.map((line) => {
        const point = link.from === card.nodeId ? line.curve.start : line.curve.end
        const angle = ((Math.atan2(point.y - center.y, point.x - center.x) * 180) / Math.PI + 360) % 360
        return { linkId: link.linkId, line: line.line, angle }
      })
    })
    const share = 360 / Math.max(1, found.length)
    const gap = Math.min(6, share / 4)
    const sorted = found.sort((a, b) => a.angle - b.angle)
    const first = sorted[0]?.angle ?? 0
    result.set(
      card.nodeId,
      sorted.map((port, i) => ({
        ...port,
        arcStart: first - share / 2 + i * share + gap / 2,
        arcEnd: first - share / 2 + (i + 1) * share - gap / 2,
      })),
    )
  }
  return result
}

function looseLinks(links: readonly StageLink[], cardById: ReadonlyMap<string, CardGeometry>): LooseLink[] {
  return links.flatMap((link): LooseLink[] => {
    const from = cardById.get(link.from)
    const to = cardById.get(link.to)
    if (from !== undefined && to !== undefined && from !== to) return []
    const card = from ?? to
    const missing = from === undefined ? link.from : link.to
    if (card === undefined) return [{ linkId: link.id, nodeId: null, missing, path: '', end: { x: 0, y: 0 } }]
    const x = card.x + card.width
    const y = card.deviceRows[0]?.portY ?? card.y + card.height / 2
    const end = { x: x + 70, y: y - 100 }
    return [
      {
        linkId: link.id,
        nodeId: card.nodeId,
        missing,
        path: `M${x} ${y}C${x + 60} ${y} ${x + 66} ${y - 44} ${end.x} ${end.y + 12}`,
        end,
      },
    ]
  })
}

/** The least rectangle around some others; a fixed empty one around none. */
export function boundsOf(rects: readonly Rect[]): Rect {
  if (rects.length === 0) return { x: 0, y: 0, width: 0, height: 0 }
  const x = Math.min(...rects.map((rect) => rect.x))
  const y = Math.min(...rects.map((rect) => rect.y))
  const right = Math.max(...rects.map((rect) => rect.x + rect.width))
  const bottom = Math.max(...rects.map((rect) => rect.y + rect.height))
  return { x, y, width: right - x, height: bottom - y }
}
