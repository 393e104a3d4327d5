import { lazy, Suspense, useEffect, useRef, useState, type RefObject } from 'react'
import { useStore } from 'zustand'
import type { Page } from '../../app/page'
import { onThemeChange } from '../charts/canvas-plot'
import { Stage } from '../stage/Stage'
import { useStageHandle } from '../stage/use-stage-handle'
import { elementAt } from '../stage/stage-handle'
import { useStageLayout } from '../stage/use-stage-geometry'
import { requestNear } from '../traffic/paint-selection'
import { StageBar } from '../traffic/StageBar'
import { TrafficLayer } from '../traffic/TrafficLayer'
import { createTrafficModel, type TrafficModel } from '../traffic/traffic-model'
import { createTrafficPainter, type TrafficPainter } from '../traffic/traffic-painter'
import { Button } from '../widgets/Button'
import { usePage, useView } from '../widgets/page-context'
import { freeCorner } from './free-corner'
import { installProbe } from './probe'
import { RunChips } from './RunChips'
import { RunRibbon } from './RunRibbon'

const MigrationCard = lazy(async () => ({ default: (await import('./MigrationCard')).MigrationCard }))
const BranchRibbon = lazy(async () => ({ default: (await import('./branch/BranchPanel')).BranchRibbon }))

interface RunStageProps {
  /** Paths that were edited since the run. */
  readonly changes: readonly string[]
}

/** The rack at the playhead: structure from the document, everything that moves from the painter. */
export function RunStage({ changes }: RunStageProps) {
  const page = usePage()
  const { session } = page
  const element = useRef<HTMLDivElement>(null)
  const { drawing, topology, geometry } = useStageLayout()
  useStageHandle(element, { geometry, drawing })
  const [model] = useState(() => createTrafficModel(session))
  const [painter] = useState(() => createTrafficPainter({ session, model, view: page.view }))
  useEffect(() => session.frames.beforePaint(model.update), [session, model])
  usePainting(page, painter)
  useEffect(() => installProbe(session, model), [session, model])
  useEffect(() => {
    model.setGeometry(geometry)
    painter.invalidate()
  }, [model, painter, geometry])
  useSelecting(element, page, model)
  const hasBranch = useStore(session.runStore, (state) => state.hasBranch)
  const corner = useView(({ camera, viewport }) => freeCorner(geometry.cards, camera, viewport))
  return (
    <main className="stage run-stage" aria-label="Stage">
      <StageBar session={session} model={model}>
        <RunChips />
      </StageBar>
      <Stage
        element={element}
        drawing={drawing}
        topology={topology}
        geometry={geometry}
        mode="run"
        between={<TrafficLayer painter={painter} layer="between" />}
        above={
          <>
            <TrafficLayer painter={painter} layer="levels" />
            <TrafficLayer painter={painter} layer="above" />
          </>
        }
      >
        <div className="run-notes stage-hud">
          {hasBranch && (
            <Suspense fallback={null}>
              <BranchRibbon />
            </Suspense>
          )}
          <RunRibbon changes={changes} />
          <Hint />
        </div>
        <Suspense fallback={null}>
          <MigrationCard session={session} corner={corner} />
        </Suspense>
      </Stage>
    </main>
  )
}

/** Paints with every frame of the loop, and once more when theme or camera change. */
function usePainting({ session, view }: Page, painter: TrafficPainter) {
  useEffect(() => {
    const offFrame = session.frames.onFrame(painter.paint)
    const offTheme = onThemeChange(painter.invalidate)
    const offView = view.subscribe((state, before) => {
      if (state.camera !== before.camera || state.viewport !== before.viewport) painter.invalidate()
    })
    const offRun = session.runStore.subscribe(painter.invalidate)
    return () => {
      offFrame()
      offTheme()
      offView()
      offRun()
    }
  }, [session, view, painter])
}

/** How far from a dot a press may be, px. */
const reachPx = 10

/** A press selects the request under it, else the pool or link. */
function useSelecting(element: RefObject<HTMLDivElement | null>, { session, view }: Page, model: TrafficModel) {
  useEffect(() => {
    const stage = element.current
    const onClick = (event: MouseEvent) => {
      if (event.target instanceof Element && event.target.closest('.stage-hud, button') !== null) return
      const frame = model.frame()
      const index = model.index()
      const { camera } = view.getState()
      const box = stage?.getBoundingClientRect()
      if (box === undefined) return
      const at = {
        x: (event.clientX - box.left - camera.x) / camera.k,
        y: (event.clientY - box.top - camera.y) / camera.k,
      }
      const request = frame === null || index === null ? -1 : requestNear(index, frame, at, reachPx / camera.k)
      if (request >= 0) session.playback.selectRequest(request)
      else view.setState({ selection: elementAt(event.target) })
    }
    stage?.addEventListener('click', onClick)
    return () => {
      stage?.removeEventListener('click', onClick)
    }
  }, [element, session, view, model])
}

/** What is to be seen, until it is played. */
function Hint() {
  const { session } = usePage()
  const hint = useStore(session.playbackStore, (state) => state.hint)
  if (hint === '') return null
  return (
    <div className="ribbon hint" role="note">
      <span className="msg">{hint}</span>
      <Button
        size="small"
        look="quiet"
        icon="cross"
        label="Close the hint"
        onClick={() => {
          session.playback.change({ hint: '' })
        }}
      />
    </div>
  )
}
