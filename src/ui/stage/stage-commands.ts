import type { Command } from '../../app/commands/command'
import { announce } from '../../app/page'
import type { Page } from '../../app/page'
import type { Selection } from '../../stores/view-store'
import { fitCamera, fitRack, showRect, zoomCamera } from './camera'
import { boundsOf } from './geometry'
import type { Rect } from './geometry'
import { neighborOf, readingOrder, sameElement } from './reading-order'
import type { Way } from './reading-order'
import { focusElement } from './stage-handle'
import type { StageHandle } from './stage-handle'
import { linkName, nodeName } from './stage-texts'

type Handle = () => StageHandle | null

/** Fits the whole rack into the stage. */
function fitAll(page: Page, handle: StageHandle): void {
  const { viewport } = page.view.getState()
  page.view.setState({ camera: fitRack(handle.geometry, viewport), isFitted: true })
}

/** Keys that work on the stage in every view: moving the focus, the camera, selecting. */
export function stageCommands(page: Page, handle: Handle): readonly Command[] {
  const { view } = page
  const base = { scope: 'stage', group: 'Stage' } as const
  const move = (way: Way): void => {
    const stage = handle()
    if (stage === null) return
    const from = view.getState().focused ?? view.getState().selection ?? readingOrder(stage.geometry)[0] ?? null
    const next = from === null ? null : neighborOf(stage.geometry, from, way)
    if (next !== null) bringTo(page, stage, next)
  }
  const zoom = (factor: number) => (): void => {
    const { camera, viewport } = view.getState()
    view.setState({ camera: zoomCamera(camera, factor, viewport), isFitted: false })
  }
  return [
    {
      ...base,
      id: 'stage.left',
      title: 'Go to the element on the left',
      keys: ['ArrowLeft'],
      hidden: true,
      run: () => {
        move('left')
      },
    },
    {
      ...base,
      id: 'stage.right',
      title: 'Go to the element on the right',
      keys: ['ArrowRight'],
      hidden: true,
      run: () => {
        move('right')
      },
    },
    {
      ...base,
      id: 'stage.up',
      title: 'Go to the element above',
      keys: ['ArrowUp'],
      hidden: true,
      run: () => {
        move('up')
      },
    },
    {
      ...base,
      id: 'stage.down',
      title: 'Go to the element below',
      keys: ['ArrowDown'],
      hidden: true,
      run: () => {
        move('down')
      },
    },
    {
      ...base,
      id: 'stage.next',
      title: 'Go to the next element',
      keys: ['Tab'],
      hidden: true,
      when: () => besides(page, handle(), 1) !== null,
      run: () => {
        step(page, handle(), 1)
      },
    },
    {
      ...base,
      id: 'stage.previous',
      title: 'Go to the previous element',
      keys: ['Shift+Tab'],
      hidden: true,
      when: () => besides(page, handle(), -1) !== null,
      run: () => {
        step(page, handle(), -1)
      },
    },
    { ...base, id: 'stage.in', title: 'Zoom in', keys: ['+', '='], run: zoom(1.25) },
    { ...base, id: 'stage.out', title: 'Zoom out', keys: ['-'], run: zoom(0.8) },
    {
      ...base,
      id: 'stage.actual',
      title: 'Zoom to 100 %',
      keys: ['0'],
      run: () => {
        const { camera, viewport } = view.getState()
        view.setState({ camera: zoomCamera(camera, 1 / camera.k, viewport), isFitted: false })
      },
    },
    {
      ...base,
      id: 'stage.fit',
      title: 'Fit the whole rack',
      keys: ['Shift+1'],
      run: () => {
        const stage = handle()
        if (stage !== null) fitAll(page, stage)
      },
    },
    {
      ...base,
      id: 'stage.fit-selection',
      title: 'Fit the selection',
      keys: ['Shift+2'],
      run: () => {
        fitSelection(page, handle())
      },
    },
    {
      ...base,
      id: 'stage.summary',
      title: 'Say what this element is',
      keys: ['I'],
      run: () => {
        summarize(page, handle())
      },
    },
  ]
}

function bringTo(page: Page, stage: StageHandle, target: Selection): void {
  const { camera, viewport } = page.view.getState()
  const rect = rectOf(stage, target)
  if (rect !== null) page.view.setState({ camera: showRect(camera, rect, viewport) })
  page.view.setState({ focused: target })
  focusElement(stage.element, target)
}

function besides(page: Page, stage: StageHandle | null, by: 1 | -1): Selection | null {
  if (stage === null) return null
  const order = readingOrder(stage.geometry)
  const { focused } = page.view.getState()
  const index = order.findIndex((one) => sameElement(one, focused))
  return index < 0 ? null : (order[index + by] ?? null)
}

function step(page: Page, stage: StageHandle | null, by: 1 | -1): void {
  const next = besides(page, stage, by)
  if (stage !== null && next !== null) bringTo(page, stage, next)
}

function rectOf(stage: StageHandle, target: Selection): Rect | null {
  if (target.type === 'node') return stage.geometry.cardById.get(target.id) ?? null
  if (target.type === 'rack') return stage.geometry.racks.find((rack) => rack.rackId === target.id) ?? null
  return stage.geometry.linkById.get(target.id)?.label ?? null
}

function fitSelection(page: Page, stage: StageHandle | null): void {
  if (stage === null) return
  const { group, selection, viewport } = page.view.getState()
  const chosen = group.length > 0 ? group : selection === null ? [] : [selection]
  const rects = chosen.flatMap((one) => rectOf(stage, one) ?? [])
  if (rects.length > 0) page.view.setState({ camera: fitCamera(boundsOf(rects), viewport, 1.5), isFitted: false })
}

function summarize(page: Page, stage: StageHandle | null): void {
  const target = page.view.getState().focused
  if (stage === null || target === null) return
  const node = stage.drawing.nodes.find((one) => target.type === 'node' && one.id === target.id)
  const link = stage.drawing.links.find((one) => target.type === 'link' && one.id === target.id)
  const links = stage.drawing.links.filter((one) => one.from === target.id || one.to === target.id)
  const ends = links.map((one) => (one.from === target.id ? one.to : one.from)).join(', ')
  if (node !== undefined) announce(page.view, `${nodeName(node, links.length)}${ends === '' ? '' : `: ${ends}`}.`)
  else if (link !== undefined) announce(page.view, `${linkName(link)}.`)
}
