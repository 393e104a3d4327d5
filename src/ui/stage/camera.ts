import type { Camera } from '../../stores/view-store'
import type { Rect } from './card-layout'

interface Size {
  readonly width: number
  readonly height: number
}

export const ZOOM_LIMITS = [0.1, 4] as const
const MARGIN = 24
/** A stage narrower than this has no room to give away, px. */
const NARROW = 480

/** The camera that shows a rectangle whole, in the middle, no larger than `most`. */
export function fitCamera(rect: Rect, viewport: Size, most = 1, insetTop = 0): Camera {
  if (rect.width <= 0 || rect.height <= 0) return { x: viewport.width / 2, y: viewport.height / 2, k: 1 }
  const margin = viewport.width < NARROW ? 8 : MARGIN
  const room = {
    width: Math.max(40, viewport.width - 2 * margin),
    height: Math.max(40, viewport.height - insetTop - 2 * margin),
  }
  const k = Math.min(most, Math.max(ZOOM_LIMITS[0], Math.min(room.width / rect.width, room.height / rect.height)))
  return {
    x: Math.round(viewport.width / 2 - (rect.x + rect.width / 2) * k),
    y: Math.round(insetTop + (viewport.height - insetTop) / 2 - (rect.y + rect.height / 2) * k),
    k,
  }
}

/** The camera that shows a whole rack; on a narrow stage its frame may be cut off. */
export const fitRack = ({ bounds, inner }: { readonly bounds: Rect; readonly inner: Rect }, viewport: Size): Camera =>
  fitCamera(viewport.width < NARROW ? inner : bounds, viewport)

/** The camera with another zoom around the middle of the viewport. */
export function zoomCamera(camera: Camera, factor: number, viewport: Size): Camera {
  const k = Math.min(ZOOM_LIMITS[1], Math.max(ZOOM_LIMITS[0], camera.k * factor))
  const middle = { x: viewport.width / 2, y: viewport.height / 2 }
  return {
    x: middle.x - ((middle.x - camera.x) / camera.k) * k,
    y: middle.y - ((middle.y - camera.y) / camera.k) * k,
    k,
  }
}

/** Moves the camera just far enough that a rectangle is in view. */
export function showRect(camera: Camera, rect: Rect, viewport: Size): Camera {
  const left = rect.x * camera.k + camera.x
  const top = rect.y * camera.k + camera.y
  const right = left + rect.width * camera.k
  const bottom = top + rect.height * camera.k
  const dx = left < MARGIN ? MARGIN - left : right > viewport.width - MARGIN ? viewport.width - MARGIN - right : 0
  const dy = top < MARGIN ? MARGIN - top : bottom > viewport.height - MARGIN ? viewport.height - MARGIN - bottom : 0
  return dx === 0 && dy === 0 ? camera : { ...camera, x: camera.x + dx, y: camera.y + dy }
}

export type Detail = 'full' | 'bars' | 'block'

/** What can still be read at a zoom: below 0.45 no text, below 0.25 only a block. */
export const detailAt = (k: number): Detail => (k < 0.25 ? 'block' : k < 0.45 ? 'bars' : 'full')
