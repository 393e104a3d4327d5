import { useEffect, useRef } from 'react'
import type { RefObject } from 'react'
import type { Command } from '../../app/commands/command'
import type { Page } from '../../app/page'
import { useDocument, usePage, useView } from '../widgets/page-context'
import { useLatest } from '../widgets/use-latest'
import { fitRack } from './camera'
import type { StageGeometry } from './geometry'
import { readingOrder } from './reading-order'
import { elementAt, focusElement } from './stage-handle'
import type { StageHandle } from './stage-handle'
import { stageCommands } from './stage-commands'

/** Registers the stage's commands and keeps the rack fitted until the camera is moved by hand. */
export function useStageHandle(
  element: RefObject<HTMLDivElement | null>,
  stage: Pick<StageHandle, 'geometry' | 'drawing'>,
  more?: (page: Page, handle: () => StageHandle | null) => readonly Command[],
): void {
  const page = usePage()
  const latest = useLatest(stage)
  useEffect(() => {
    const handle = (): StageHandle | null =>
      element.current === null ? null : { element: element.current, ...latest.current }
    return page.commands.register([...stageCommands(page, handle), ...(more?.(page, handle) ?? [])])
  }, [page, element, more, latest])
  useFocusTracking(element, stage.geometry)
  useFitting(stage)
}

/** Knows which element has the keyboard, and gives it to another when that one goes away (deleted, or undone). */
function useFocusTracking(element: RefObject<HTMLDivElement | null>, geometry: StageGeometry): void {
  const { view } = usePage()
  const isHere = useRef(false)
  useEffect(() => {
    const track = (event: FocusEvent): void => {
      isHere.current = event.target instanceof Node && element.current?.contains(event.target) === true
      const focused = isHere.current ? elementAt(event.target) : null
      if (focused !== null) view.setState({ focused })
    }
    document.addEventListener('focusin', track)
    return () => {
      document.removeEventListener('focusin', track)
    }
  }, [element, view])
  useEffect(() => {
    if (!isHere.current || document.activeElement !== document.body || element.current === null) return
    focusElement(element.current, readingOrder(geometry).find((one) => one.type === 'node') ?? null)
  }, [element, geometry])
}

function useFitting({ geometry }: Pick<StageHandle, 'geometry'>): void {
  const { view } = usePage()
  const opened = useDocument((state) => state.opened)
  const viewport = useView((state) => state.viewport)
  const isFitted = useView((state) => state.isFitted)
  const count = geometry.cards.length
  const before = useRef({ opened: -1, count })
  useEffect(() => {
    const isNew = before.current.opened !== opened
    before.current = { opened, count }
    if (isNew && !isFitted && opened > 0) view.setState({ isFitted: true })
    if (isNew || isFitted) view.setState({ camera: fitRack(geometry, viewport) })
    // The rack is fitted again when the stage, the document or the number of cards changes, not with every edit.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [view, opened, viewport, isFitted, count])
}
