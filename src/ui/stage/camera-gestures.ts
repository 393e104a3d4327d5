import { select } from 'd3-selection'
import { zoom, zoomIdentity } from 'd3-zoom'
import type { D3ZoomEvent } from 'd3-zoom'
import type { ViewStore } from '../../stores/view-store'
import { ZOOM_LIMITS } from './camera'

const isMarked = (target: EventTarget | null, marks: string): boolean =>
  target instanceof Element && target.closest(marks) !== null

/** Whether a press begins to pan: on the ground, with the middle button, or by touch where nothing can be dragged. */
function pans(event: MouseEvent | TouchEvent | WheelEvent, canDragCards: () => boolean): boolean {
  if (isMarked(event.target, 'button, input, select, .stage-hud')) return false
  if (event instanceof WheelEvent) return event.ctrlKey || event.metaKey
  if (event instanceof MouseEvent && event.button === 1) return true
  if (event instanceof MouseEvent && (event.button !== 0 || event.shiftKey)) return false
  const onCard = isMarked(event.target, '[data-node], [data-handle]')
  const fingers = 'touches' in event ? event.touches.length : 1
  return !onCard || fingers > 1 || !canDragCards()
}

/** Doublings per wheel event: a mouse comes in notches of 100, a pinch in many small steps. */
const zoomStep = (event: WheelEvent): number => -event.deltaY * (Math.abs(event.deltaY) >= 50 ? 0.003 : 0.012)

/** Lets wheel, drag and pinch move the view store's camera; the answer stops them. */
export function attachGestures(element: HTMLDivElement, view: ViewStore, canDragCards: () => boolean): () => void {
  const behavior = zoom<HTMLDivElement, unknown>()
    .scaleExtent([...ZOOM_LIMITS])
    .wheelDelta(zoomStep)
    .filter((event: MouseEvent | TouchEvent | WheelEvent) => pans(event, canDragCards))
    .on('zoom', ({ transform }: D3ZoomEvent<HTMLDivElement, unknown>) => {
      view.setState({ camera: { x: transform.x, y: transform.y, k: transform.k }, isFitted: false })
    })
  const selection = select(element)
  selection.call(behavior).on('dblclick.zoom', null)
  const stopPanning = panWithWheel(element, view)
  // d3-zoom keeps its own copy of the transform on the element; a camera set from elsewhere must reach it.
  const follow = (): void => {
    const { x, y, k } = view.getState().camera
    selection.property('__zoom', zoomIdentity.translate(x, y).scale(k))
  }
  follow()
  const stopFollowing = view.subscribe((state, before) => {
    if (state.camera !== before.camera) follow()
  })
  return () => {
    stopFollowing()
    stopPanning()
    selection.on('.zoom', null)
  }
}

/** A line of a wheel that counts in lines, px. */
const LINE = 16

function panWithWheel(element: HTMLElement, view: ViewStore): () => void {
  const pan = (event: WheelEvent): void => {
    if (event.ctrlKey || event.metaKey || isMarked(event.target, '.stage-hud')) return
    event.preventDefault()
    const { camera } = view.getState()
    const step = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE : 1
    view.setState({
      camera: { ...camera, x: camera.x - event.deltaX * step, y: camera.y - event.deltaY * step },
      isFitted: false,
    })
  }
  element.addEventListener('wheel', pan, { passive: false })
  return () => {
    element.removeEventListener('wheel', pan)
  }
}
