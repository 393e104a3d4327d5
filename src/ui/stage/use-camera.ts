import { useEffect } from 'react'
import type { RefObject } from 'react'
import type { Camera, ViewStore } from '../../stores/view-store'
import { detailAt } from './camera'

/**
 * Ties gestures, the view store's camera and the transform of the stage's layers together. The gestures come a moment
 * after the first picture, which does not need them.
 */
export function useCamera(stage: RefObject<HTMLDivElement | null>, view: ViewStore, canDragCards: () => boolean): void {
  useEffect(() => {
    const element = stage.current
    if (element === null) return undefined
    applyCamera(element, view.getState().camera)
    const stop = view.subscribe((state, before) => {
      if (state.camera !== before.camera) applyCamera(element, state.camera)
    })
    let isGone = false
    let detach: (() => void) | null = null
    void import('./camera-gestures').then(({ attachGestures }) => {
      if (!isGone) detach = attachGestures(element, view, canDragCards)
    })
    return () => {
      isGone = true
      stop()
      detach?.()
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
