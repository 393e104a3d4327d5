import type { Camera } from '../../stores/view-store'
import type { Rect } from '../stage/geometry'

/** Where a card may float over the stage. */
export type Corner = 'bottom-left' | 'bottom-right' | 'bottom-middle'

/** Size of the floating card and its distance from the edge, px. */
const card = { width: 312, height: 100, margin: 12 }
/** The zoom controls stand in the lower right corner. */
const controlsHeight = 40

const corners: readonly Corner[] = ['bottom-left', 'bottom-middle', 'bottom-right']

/** The corner in which a card hides least of the rack. */
export function freeCorner(
  rects: readonly Rect[],
  camera: Camera,
  viewport: { readonly width: number; readonly height: number },
): Corner {
  const hidden = (corner: Corner) => {
    const place = placeOf(corner, viewport)
    return rects.reduce((sum, rect) => sum + overlap(place, onScreen(rect, camera)), 0)
  }
  return corners.reduce((best, corner) => (hidden(corner) < hidden(best) ? corner : best))
}

function placeOf(corner: Corner, { width, height }: { readonly width: number; readonly height: number }): Rect {
  const left = {
    'bottom-left': card.margin,
    'bottom-middle': (width - card.width) / 2,
    'bottom-right': width - card.width - card.margin,
  }
  const below = corner === 'bottom-right' ? controlsHeight : 0
  return { x: left[corner], y: height - card.height - card.margin - below, width: card.width, height: card.height }
}

const onScreen = (rect: Rect, { x, y, k }: Camera): Rect => ({
  x: rect.x * k + x,
  y: rect.y * k + y,
  width: rect.width * k,
  height: rect.height * k,
})

function overlap(a: Rect, b: Rect): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  return Math.max(0, width) * Math.max(0, height)
}
