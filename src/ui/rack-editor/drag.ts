import { GRID, snap } from './build-actions'
import type { StageGeometry } from '../stage/geometry'
import type { Point } from '../stage/geometry'

/** A line that shows what a dragged card is aligned with. */
export interface Guide {
  readonly from: Point
  readonly to: Point
  readonly words: string
}

/** How far a dragged node goes: snapped to the grid unless it may go freely. */
export function dragShift(
  start: { readonly x: number; readonly y: number },
  dx: number,
  dy: number,
  isFree: boolean,
): { x: number; y: number } {
  if (isFree) return { x: dx, y: dy }
  return { x: snap(start.x + dx) - start.x, y: snap(start.y + dy) - start.y }
}

const NEAR = GRID / 2

/** Lines along edges and middles that the dragged card shares with others: at most one each way. */
export function guidesFor(geometry: StageGeometry, dragged: string): Guide[] {
  const card = geometry.cardById.get(dragged)
  if (card === undefined) return []
  const others = geometry.cards.filter((other) => other.nodeId !== dragged)
  const vertical = others.find((other) => Math.abs(other.x - card.x) < 0.5 && other.width === card.width)
  const middle = others.find((other) => Math.abs(other.x + other.width / 2 - card.x - card.width / 2) < 0.5)
  const top = others.find((other) => Math.abs(other.y - card.y) < 0.5)
  const guides: Guide[] = []
  if (vertical !== undefined) guides.push(upright(card.x, card, vertical, 'left edges align'))
  else if (middle !== undefined) guides.push(upright(card.x + card.width / 2, card, middle, 'middles align'))
  if (top !== undefined) {
    const left = Math.min(card.x, top.x) - NEAR
    const right = Math.max(card.x + card.width, top.x + top.width) + NEAR
    guides.push({ from: { x: left, y: card.y }, to: { x: right, y: card.y }, words: 'tops align' })
  }
  return guides
}

function upright(
  x: number,
  a: { readonly y: number; readonly height: number },
  b: { readonly y: number; readonly height: number },
  words: string,
): Guide {
  return { from: { x, y: Math.min(a.y, b.y) - 14 }, to: { x, y: Math.max(a.y + a.height, b.y + b.height) + 24 }, words }
}
