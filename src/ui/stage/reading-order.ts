import type { Selection } from '../../stores/view-store'
import type { Rect } from './card-layout'
import type { StageGeometry } from './geometry'

export const sameElement = (a: Selection | null, b: Selection | null): boolean =>
  a !== null && b !== null && a.type === b.type && a.id === b.id

/** The stage's elements as one would read them: rack by rack, rows from above, left to right; a rack's links after its cards. */
export function readingOrder(geometry: StageGeometry): Selection[] {
  const cards = [...geometry.cards].sort((a, b) => rowOf(a) - rowOf(b) || a.x - b.x)
  const inRacks = geometry.racks.flatMap((rack) => [
    { type: 'rack', id: rack.rackId } as const,
    ...cards.filter((card) => isInside(card, rack)).map((card) => ({ type: 'node', id: card.nodeId }) as const),
  ])
  const known = new Set(inRacks.map((one) => one.id))
  const free = cards
    .filter((card) => !known.has(card.nodeId))
    .map((card) => ({ type: 'node', id: card.nodeId }) as const)
  const links = [...geometry.links, ...geometry.loose].map((link) => ({ type: 'link', id: link.linkId }) as const)
  return [...inRacks, ...free, ...links]
}

const rowOf = (card: Rect): number => Math.round(card.y / 120)
const isInside = (card: Rect, rack: Rect): boolean =>
  card.x >= rack.x &&
  card.x + card.width <= rack.x + rack.width &&
  card.y >= rack.y &&
  card.y + card.height <= rack.y + rack.height

/** Middle of an element, for finding its neighbors. */
function middleOf(geometry: StageGeometry, element: Selection): { readonly x: number; readonly y: number } | null {
  if (element.type === 'link') {
    const line = geometry.linkById.get(element.id)?.lines[0]
    return line?.curve.middleAt(0.5) ?? geometry.loose.find((loose) => loose.linkId === element.id)?.end ?? null
  }
  if (element.type === 'rack') {
    const rack = geometry.racks.find((one) => one.rackId === element.id)
    return rack === undefined ? null : { x: rack.x + 60, y: rack.y + 20 }
  }
  const card = geometry.cardById.get(element.id)
  return card === undefined ? null : { x: card.x + card.width / 2, y: card.y + card.height / 2 }
}

export type Way = 'left' | 'right' | 'up' | 'down'

/** The nearest element in a direction: what lies straight ahead counts for nearer than what lies aside. */
export function neighborOf(geometry: StageGeometry, from: Selection, way: Way): Selection | null {
  const start = middleOf(geometry, from)
  if (start === null) return null
  let best: Selection | null = null
  let least = Infinity
  for (const element of readingOrder(geometry)) {
    const at = middleOf(geometry, element)
    if (at === null || sameElement(element, from)) continue
    const ahead = { left: start.x - at.x, right: at.x - start.x, up: start.y - at.y, down: at.y - start.y }[way]
    const aside = way === 'left' || way === 'right' ? Math.abs(at.y - start.y) : Math.abs(at.x - start.x)
    if (ahead <= 1 || aside > ahead * 2.5) continue
    const distance = ahead + aside * 1.5
    if (distance < least) [best, least] = [element, distance]
  }
  return best
}
