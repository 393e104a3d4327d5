import type { DrawnTopology } from '../../app/read-stage'
import type { Selection } from '../../stores/view-store'
import type { StageGeometry } from './geometry'

/** What is on the stage just now, for the keys that act on it. */
export interface StageHandle {
  readonly element: HTMLDivElement
  readonly geometry: StageGeometry
  readonly drawing: DrawnTopology
}

/** Gives an element of the stage the keyboard; the stage itself when there is none. */
export function focusElement(element: HTMLElement, target: Selection | null): void {
  const found =
    target === null
      ? null
      : element.querySelector<SVGGElement>(`[data-element="${CSS.escape(`${target.type}:${target.id}`)}"]`)
  if (found !== null) found.focus({ preventScroll: true })
  else element.focus({ preventScroll: true })
}

const TYPES: readonly string[] = ['node', 'link', 'rack'] satisfies Selection['type'][]
const isStageType = (text: string): text is 'node' | 'link' | 'rack' => TYPES.includes(text)

/** The element of the stage that a press or the keyboard is on; null on the ground. */
export function elementAt(target: EventTarget | null): Selection | null {
  if (!(target instanceof Element)) return null
  const name = target.closest<SVGGElement>('[data-element]')?.dataset.element ?? ''
  const cut = name.indexOf(':')
  const type = name.slice(0, cut)
  return isStageType(type) ? { type, id: name.slice(cut + 1) } : null
}
