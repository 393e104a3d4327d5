import { useEffect, useRef } from 'react'
import type { RefObject } from 'react'
import type { Command } from '../../app/commands/command'
import type { Page } from '../../app/page'
import { useDocument, usePage, useView } from '../widgets/page-context'
import { fitCamera } from './camera'
import { elementAt } from './stage-handle'
import type { StageHandle } from './stage-handle'
import { stageCommands } from './stage-commands'

/** Registers the stage's commands and keeps the rack fitted until the camera is moved by hand. */
export function useStageHandle(
  element: RefObject<HTMLDivElement | null>,
  stage: Pick<StageHandle, 'geometry' | 'drawing'>,
  more?: (page: Page, handle: () => StageHandle | null) => readonly Command[],
): void {
  const page = usePage()
  const latest = useRef(stage)
  latest.current = stage
  useEffect(() => {
    const handle = (): StageHandle | null => (element.current === null ? null : { element: element.current, ...latest.current })
    return page.commands.register([...stageCommands(page, handle), ...(more?.(page, handle) ?? [])])
  }, [page, element, more])
  useFocusTracking(element)
  useFitting(stage)
}

function useFocusTracking(element: RefObject<HTMLDivElement | null>): void {
  const { view } = usePage()
  useEffect(() => {
    const stage = element.current
    const track = (event: FocusEvent): void => {
      const focused = elementAt(event.target)
      if (focused !== null) view.setState({ focused })
    }
    stage?.addEventListener('focusin', track)
    return () => stage?.removeEventListener('focusin', track)
  }, [element, view])
}

function useFitting({ geometry }: Pick<StageHandle, 'geometry'>): void {
  const { view } = usePage()
  const opened = useDocument((state) => state.opened)
  const viewport = useView((state) => state.viewport)
  const isFitted = useView((state) => state.isFitted)
  const before = useRef(-1)
  useEffect(() => {
    const isNew = before.current !== opened
    before.current = opened
    if (isNew && !isFitted && opened > 0) view.setState({ isFitted: true })
    if (isNew || isFitted) view.setState({ camera: fitCamera(geometry.bounds, viewport) })
    // The rack is fitted again when the stage or the document changes, not with every edit.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [view, opened, viewport, isFitted])
}
