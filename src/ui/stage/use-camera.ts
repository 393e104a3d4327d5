import { select } from 'd3-selection'
import { zoom, zoomIdentity } from 'd3-zoom'
import type { D3ZoomEvent } from 'd3-zoom'
import { useEffect } from 'react'
import type { RefObject } from 'react'
import type { Camera, ViewStore } from '../../stores/view-store'
import { detailAt, ZOOM_LIMITS } from './camera'

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

/** Ties gestures, the view store's camera and the transform of the stage's layers together. */
export function useCamera(stage: RefObject<HTMLDivElement | null>, view: ViewStore, canDragCards: () => boolean): void {
  useEffect(() => {
    const element = stage.current
    if (element === null) return undefined
    const behavior = zoom<HTMLDivElement, unknown>()
      .scaleExtent([...ZOOM_LIMITS])
      .filter((event: MouseEvent | TouchEvent | WheelEvent) => pans(event, canDragCards))
      .on('zoom', ({ transform, sourceEvent }: D3ZoomEvent<HTMLDivElement, unknown>) => {
        const camera = { x: transform.x, y: transform.y, k: transform.k }
        view.setState(sourceEvent === null || sourceEvent === undefined ? { camera } : { camera, isFitted: false })
      })
    const selection = select(element)
    selection.call(behavior).on('dblclick.zoom', null)
    const pan = (event: WheelEvent): void => {
      if (event.ctrlKey || event.metaKey || isMarked(event.target, '.stage-hud')) return
      event.preventDefault()
      const { camera } = view.getState()
      const step = event.deltaMode === 1 ? 16 : 1
      view.setState({
        camera: { ...camera, x: camera.x - event.deltaX * step, y: camera.y - event.deltaY * step },
        isFitted: false,
      })
    }
    element.addEventListener('wheel', pan, { passive: false })
    const show = (camera: Camera): void => {
      applyCamera(element, camera)
      // d3-zoom keeps its own copy of the transform on the element; a camera set from elsewhere must reach it.
      selection.property('__zoom', zoomIdentity.translate(camera.x, camera.y).scale(camera.k))
    }
    show(view.getState().camera)
    const stop = view.subscribe((state, before) => {
      if (state.camera !== before.camera) show(state.camera)
    })
    return () => {
      stop()
      element.removeEventListener('wheel', pan)
      selection.on('.zoom', null)
    }
  }, [stage, view, canDragCards])
}

function applyCamera(element: HTMLElement, { x, y, k }: Camera): void {
  element.style.setProperty('--camera', `translate(${x}px, ${y}px) scale(${k})`)
  element.style.backgroundPosition = `${x}px ${y}px`
  element.style.backgroundSize = `${20 * k}px ${20 * k}px`
  element.dataset.detail = detailAt(k)
}

/** Tells the view store how large the stage is, now and whenever it changes. */
export function useViewport(stage: RefObject<HTMLDivElement | null>, view: ViewStore): void {
  useEffect(() => {
    const element = stage.current
    if (element === null) return undefined
    const observer = new ResizeObserver(() => {
      view.setState({ viewport: { width: element.clientWidth, height: element.clientHeight } })
    })
    observer.observe(element)
    view.setState({ viewport: { width: element.clientWidth, height: element.clientHeight } })
    return () => {
      observer.disconnect()
    }
  }, [stage, view])
}
