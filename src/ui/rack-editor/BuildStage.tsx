import { useCallback, useEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import type { NodeKind } from '../../scenario/scenario'
import type { Selection } from '../../stores/view-store'
import { Stage } from '../stage/Stage'
import type { InstancePlaces, SlabLeases } from '../stage/Stage'
import { focusElement } from '../stage/stage-handle'
import { useStageHandle } from '../stage/use-stage-handle'
import { useStageLayout } from '../stage/use-stage-geometry'
import { useLatest } from '../widgets/use-latest'
import { usePage, useView } from '../widgets/page-context'
import { addPool, pasteChosen, readFragment, snap } from './build-actions'
import { buildCommands, focusInspector } from './build-commands'
import { EditOverlay } from './EditOverlay'
import { EmptyStage } from './EmptyStage'
import { LinkPicker } from './LinkPicker'
import { NONE, toStage, useStagePointer } from './use-stage-pointer'
import type { Gesture } from './use-stage-pointer'

interface BuildStageProps {
  readonly instances: InstancePlaces
  readonly leases: SlabLeases
  readonly children?: ReactNode
}

/** The stage on which a rack is drawn. */
export function BuildStage({ instances, leases, children }: BuildStageProps) {
  const page = usePage()
  const element = useRef<HTMLDivElement>(null)
  const [gesture, setGesture] = useState<Gesture>(NONE)
  const { drawing, topology, places, geometry } = useStageLayout(gesture.name === 'move' ? gesture.places : undefined)
  const onPointerDown = useStagePointer({ page, geometry, places }, setGesture)
  useStageHandle(element, { geometry, drawing }, buildCommands)
  usePaletteDrops(element, { geometry, drawing })
  usePaste()
  const mode = useView((state) => state.mode)
  const canEdit = useView((state) => state.canEdit)
  const selection = useView((state) => state.selection)
  const hasGroup = useView((state) => state.group.length > 0)
  const handles = handleNodes(canEdit && !hasGroup, selection, mode.name === 'link' ? mode.from : null)
  const back = useCallback(() => {
    if (element.current !== null) focusElement(element.current, page.view.getState().focused)
  }, [page])
  return (
    <Stage
      element={element}
      drawing={drawing}
      topology={topology}
      geometry={geometry}
      mode="build"
      instances={instances}
      leases={leases}
      onPointerDown={onPointerDown}
      onDoubleClick={() => {
        requestAnimationFrame(focusInspector)
      }}
      overlay={<EditOverlay geometry={geometry} gesture={gesture} handles={handles} />}
    >
      {drawing.nodes.length === 0 ? <EmptyStage /> : null}
      {mode.name === 'link' ? <PlacedPicker from={mode.from} layout={{ drawing, geometry }} onClose={back} /> : null}
      {children}
    </Stage>
  )
}

function handleNodes(isOn: boolean, selection: Selection | null, linking: string | null): string[] {
  if (!isOn) return []
  const nodes = [selection?.type === 'node' ? selection.id : null, linking]
  return [...new Set(nodes.filter((id) => id !== null))]
}

type Layout = Pick<ReturnType<typeof useStageLayout>, 'drawing' | 'geometry'>

function PlacedPicker({
  from,
  layout,
  onClose,
}: {
  readonly from: string
  readonly layout: Layout
  readonly onClose: () => void
}) {
  const camera = useView((state) => state.camera)
  const viewport = useView((state) => state.viewport)
  const card = layout.geometry.cardById.get(from)
  if (card === undefined) return null
  const left = Math.min(Math.max(8, (card.x + card.width + 12) * camera.k + camera.x), viewport.width - 216)
  const top = Math.min(Math.max(8, card.y * camera.k + camera.y), viewport.height - 220)
  return <LinkPicker key={from} from={from} drawing={layout.drawing} left={left} top={top} onClose={onClose} />
}

/** A pool dragged from the palette lands where it is let go. */
function usePaletteDrops(element: { readonly current: HTMLDivElement | null }, stage: Layout): void {
  const page = usePage()
  const latest = useLatest(stage)
  useEffect(() => {
    const drop = (event: Event): void => {
      if (!(event instanceof CustomEvent) || element.current === null) return
      const { kind, clientX, clientY } = event.detail as PoolDrop
      const at = toStage(element.current, page.view.getState().camera, { clientX, clientY })
      addPool(page, { element: element.current, ...latest.current }, kind, { x: snap(at.x), y: snap(at.y - 20) })
      page.view.setState({ mode: { name: 'rest' } })
    }
    document.addEventListener(POOL_DROP, drop)
    return () => {
      document.removeEventListener(POOL_DROP, drop)
    }
  }, [page, element, latest])
}

/** Name of the event that the palette sends. */
export const POOL_DROP = 'unrack-pool-drop'
export interface PoolDrop {
  readonly kind: NodeKind
  readonly clientX: number
  readonly clientY: number
}

/** A copied piece of a topology can be pasted, from this page or any text. */
function usePaste(): void {
  const page = usePage()
  useEffect(() => {
    const paste = (event: ClipboardEvent): void => {
      if (
        event.target instanceof HTMLInputElement ||
        event.target instanceof HTMLTextAreaElement ||
        !page.view.getState().canEdit
      )
        return
      const fragment = readFragment(event.clipboardData?.getData('text/plain') ?? '')
      if (fragment === null) return
      event.preventDefault()
      event.stopImmediatePropagation()
      pasteChosen(page, fragment, 'paste')
    }
    document.addEventListener('paste', paste, true)
    return () => {
      document.removeEventListener('paste', paste, true)
    }
  }, [page])
}
