import type { PointerEvent as ReactPointerEvent } from 'react'
import { cutOut, moveNodes, pasteFragment } from '../../app/edit-topology'
import { announce } from '../../app/page'
import type { Page } from '../../app/page'
import type { Camera, Selection } from '../../stores/view-store'
import type { Point, Rect, StageGeometry } from '../stage/geometry'
import { sameElement } from '../stage/reading-order'
import { elementAt, focusElement } from '../stage/stage-handle'
import { useLatest } from '../widgets/use-latest'
import { dragShift } from './drag'
import { linkNodes } from './build-actions'

/** What the pointer is doing, in stage coordinates. */
export type Gesture =
  | { readonly name: 'none' }
  | { readonly name: 'move'; readonly lead: string; readonly places: ReadonlyMap<string, Point> }
  | { readonly name: 'link'; readonly from: string; readonly to: Point; readonly over: string | null }
  | { readonly name: 'box'; readonly rect: Rect }

export const NONE: Gesture = { name: 'none' }
/** A press that moves less than this is a tap, px. */
const TAP = 4

interface PointerParts {
  readonly page: Page
  readonly geometry: StageGeometry
  /** Middle of the upper edge per node. */
  readonly places: ReadonlyMap<string, Point>
}

type PressHandler = (event: ReactPointerEvent<HTMLDivElement>) => void

/** Presses and drags on the stage while the rack is drawn; `show` gets the gesture, at most once a frame. */
export function useStagePointer(parts: PointerParts, show: (gesture: Gesture) => void): PressHandler {
  const latest = useLatest(parts)
  return (event) => {
    if (event.button !== 0 || (event.target instanceof Element && event.target.closest('.stage-hud') !== null)) return
    const begun = begin(latest.current, event)
    if (begun === null) return
    follow(event, () => latest.current.page.view.getState().camera, begun, show)
  }
}

/** One drag: where it is and what it does when it ends. */
interface Drag {
  move(at: Point, isFree: boolean): Gesture
  end(at: Point, moved: boolean, event: PointerEvent): void
}

function follow(
  event: ReactPointerEvent<HTMLDivElement>,
  camera: () => Camera,
  drag: Drag,
  show: (gesture: Gesture) => void,
): void {
  const stage = event.currentTarget
  const start = { x: event.clientX, y: event.clientY }
  let moved = false
  let frame = 0
  const place = (at: PointerEvent): Point => toStage(stage, camera(), at)
  const onMove = (at: PointerEvent): void => {
    moved ||= Math.hypot(at.clientX - start.x, at.clientY - start.y) > TAP
    if (!moved) return
    cancelAnimationFrame(frame)
    frame = requestAnimationFrame(() => {
      show(drag.move(place(at), at.ctrlKey || at.metaKey))
    })
  }
  const onEnd = (at: PointerEvent): void => {
    window.removeEventListener('pointermove', onMove)
    window.removeEventListener('pointerup', onEnd)
    window.removeEventListener('pointercancel', onEnd)
    cancelAnimationFrame(frame)
    show(NONE)
    if (at.type === 'pointerup') drag.end(place(at), moved, at)
  }
  window.addEventListener('pointermove', onMove)
  window.addEventListener('pointerup', onEnd)
  window.addEventListener('pointercancel', onEnd)
}

/** A press in stage coordinates. */
export function toStage(
  stage: HTMLElement,
  camera: Camera,
  event: { readonly clientX: number; readonly clientY: number },
): Point {
  const box = stage.getBoundingClientRect()
  return { x: (event.clientX - box.left - camera.x) / camera.k, y: (event.clientY - box.top - camera.y) / camera.k }
}

function begin(parts: PointerParts, event: ReactPointerEvent<HTMLDivElement>): Drag | null {
  const { page } = parts
  const { mode, canEdit } = page.view.getState()
  const target = event.target instanceof Element ? event.target : null
  const stage = event.currentTarget
  const handle = target?.closest<SVGElement>('[data-handle]')?.dataset.handle
  const element = elementAt(target)
  if (handle !== undefined && canEdit) return linkDrag(parts, stage, handle)
  if (mode.name === 'link' && element?.type === 'node' && element.id !== mode.from) {
    linkNodes(page, mode.from, element.id)
    return null
  }
  if (element === null)
    return event.shiftKey && canEdit
      ? boxDrag(parts, toStage(stage, page.view.getState().camera, event))
      : groundTap(page, stage)
  choose(page, stage, element, event.ctrlKey || event.metaKey)
  return element.type === 'node' && canEdit
    ? moveDrag(parts, element.id, toStage(stage, page.view.getState().camera, event))
    : null
}

/** Selects what was pressed; with Ctrl it joins or leaves the group. */
function choose(page: Page, stage: HTMLDivElement, element: Selection, toggles: boolean): void {
  const { group, selection } = page.view.getState()
  const isGrouped = group.some((one) => sameElement(one, element))
  if (toggles) {
    const all = group.length > 0 ? group : selection === null ? [] : [selection]
    const next = all.some((one) => sameElement(one, element))
      ? all.filter((one) => !sameElement(one, element))
      : [...all, element]
    page.view.setState({ group: next.length > 1 ? next : [], selection: next.length > 1 ? element : (next[0] ?? null) })
  } else {
    page.view.setState({ selection: element, group: isGrouped ? group : [] })
  }
  page.view.setState({ focused: element, mode: { name: 'rest' } })
  focusElement(stage, element)
}

function groundTap(page: Page, stage: HTMLDivElement): Drag {
  return {
    move: () => NONE,
    end: (_at, moved) => {
      if (moved) return
      page.view.setState({ selection: null, group: [], mode: { name: 'rest' } })
      focusElement(stage, page.view.getState().focused)
    },
  }
}

function moveDrag({ page, places }: PointerParts, lead: string, from: Point): Drag {
  const { group } = page.view.getState()
  const ids = group.some((one) => one.type === 'node' && one.id === lead)
    ? group.flatMap((one) => (one.type === 'node' ? [one.id] : []))
    : [lead]
  const start = places.get(lead) ?? from
  const shifted = (at: Point, isFree: boolean): Map<string, Point> => {
    const shift = dragShift(start, at.x - from.x, at.y - from.y, isFree)
    return new Map(
      ids.flatMap((id) => {
        const place = places.get(id)
        return place === undefined ? [] : [[id, { x: place.x + shift.x, y: place.y + shift.y }] as const]
      }),
    )
  }
  return {
    move: (at, isFree) => ({ name: 'move', lead, places: shifted(at, isFree) }),
    end: (at, moved, event) => {
      if (!moved) return
      const to = shifted(at, event.ctrlKey || event.metaKey)
      const { document } = page.documents.getState()
      if (event.altKey) {
        const before = places.get(lead) ?? from
        const after = to.get(lead) ?? before
        page.editor.apply(
          `duplicate ${ids.join(', ')}`,
          pasteFragment(document, cutOut(document, ids), { x: after.x - before.x, y: after.y - before.y }).document,
        )
      } else page.editor.apply(`move ${ids.join(', ')}`, moveNodes(document, to))
    },
  }
}

function linkDrag({ page }: PointerParts, stage: HTMLDivElement, from: string): Drag {
  const under = (at: Point): string | null => {
    const { x, y, k } = page.view.getState().camera
    const box = stage.getBoundingClientRect()
    const element = elementAt(document.elementFromPoint(at.x * k + x + box.left, at.y * k + y + box.top))
    return element?.type === 'node' && element.id !== from ? element.id : null
  }
  return {
    move: (at) => ({ name: 'link', from, to: at, over: under(at) }),
    end: (at, moved) => {
      const to = under(at)
      if (to !== null) linkNodes(page, from, to)
      else if (!moved) {
        page.view.setState({ mode: { name: 'link', from } })
        announce(page.view, `Link from ${from}: tap the other end, or type its name.`)
      }
    },
  }
}

function boxDrag({ page, geometry }: PointerParts, from: Point): Drag {
  const rectTo = (at: Point): Rect => ({
    x: Math.min(from.x, at.x),
    y: Math.min(from.y, at.y),
    width: Math.abs(at.x - from.x),
    height: Math.abs(at.y - from.y),
  })
  return {
    move: (at) => ({ name: 'box', rect: rectTo(at) }),
    end: (at) => {
      const rect = rectTo(at)
      const inside = geometry.cards.filter(
        (card) =>
          card.x < rect.x + rect.width &&
          card.x + card.width > rect.x &&
          card.y < rect.y + rect.height &&
          card.y + card.height > rect.y,
      )
      const group = inside.map((card) => ({ type: 'node', id: card.nodeId }) as const)
      page.view.setState({ group: group.length > 1 ? group : [], selection: group[0] ?? null })
      if (group.length > 0) announce(page.view, `${group.length} selected.`)
    },
  }
}
