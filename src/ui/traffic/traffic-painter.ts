import { decisionsUpTo } from '../../app/decision-pick'
import type { RunSession } from '../../app/run-session'
import { openPlot, type Plot } from '../charts/canvas-plot'
import type { Camera, ViewStore } from '../../stores/view-store'
import { migrationsAt, occupancyAt, offloadsNear } from './occupancy'
import { paintCoreBars, paintCores, paintEngines, paintPorts, paintQueues } from './paint-devices'
import { paintDownLinks, paintDownNodes } from './paint-faults'
import { paintInstances, type InstancePicture } from './paint-instances'
import { paintSlabs } from './paint-slabs'
import { paintLabels } from './paint-labels'
import { paintLevels, paintLinkLoads, paintUnknown } from './paint-levels'
import { paintBands, paintPulses, paintTravelers } from './paint-links'
import { paintSelection } from './paint-selection'
import type { TrafficModel } from './traffic-model'

/** between: under the cards, every frame. levels: over them, ten times a second. above: over them, every frame. */
export type LayerName = 'between' | 'levels' | 'above'

export interface TrafficPainter {
  /** Gives a layer its canvas, or takes it away. */
  readonly attach: (layer: LayerName, canvas: HTMLCanvasElement | null) => void
  readonly paint: (nowMs: number) => void
  /** Paints everything anew with the next frame: the theme, the camera or the data changed. */
  readonly invalidate: () => void
}

interface PainterParts {
  readonly session: RunSession
  readonly model: TrafficModel
  readonly view: ViewStore
}

const levelsEveryMs = 100
/** Below these zooms text, and then everything but blocks, is left out. */
const textZoom = 0.45
const markZoom = 0.25

export function createTrafficPainter({ session, model, view }: PainterParts): TrafficPainter {
  const canvases: Partial<Record<LayerName, HTMLCanvasElement>> = {}
  let levelsAt = -Infinity

  /** A layer in stage coordinates. */
  function open(layer: LayerName): Plot | null {
    const canvas = canvases[layer]
    if (canvas === undefined) return null
    const { viewport, camera } = view.getState()
    const plot = openPlot(canvas, viewport)
    if (plot !== null) applyCamera(plot, camera)
    return plot
  }

  function paintBetween() {
    const plot = open('between')
    const index = model.index()
    if (plot === null || index === null) return
    const { context, palette } = plot
    const { playheadPs, decisionsOnly, detail } = session.playbackStore.getState()
    paintLinkLoads(context, index, model.series(), playheadPs, palette)
    const frame = model.frame()
    if (frame === null || view.getState().camera.k < markZoom) {
      paintDownLinks(context, index, model.faults(), playheadPs, palette)
      return
    }
    context.globalAlpha = decisionsOnly || detail === 'waiting' ? 0.35 : 1
    if (frame.level === 'bands') paintBands(context, index, frame, palette)
    else paintPulses(context, index, frame, palette)
    paintTravelers(context, index, frame, palette)
    context.globalAlpha = 1
    paintDownLinks(context, index, model.faults(), playheadPs, palette)
  }

  function paintAbove() {
    const plot = open('above')
    const index = model.index()
    const frame = model.frame()
    if (plot === null || index === null || frame === null || view.getState().camera.k < markZoom) return
    const { context, palette } = plot
    const { playheadPs, decisionsOnly, detail } = session.playbackStore.getState()
    context.globalAlpha = decisionsOnly || detail === 'waiting' ? 0.35 : 1
    paintCores(context, index, frame, palette)
    paintCoreBars(context, index, frame, palette)
    paintEngines(context, index, frame, palette)
    paintQueues(context, index, frame, palette)
    paintPorts(context, index, frame, palette)
    context.globalAlpha = 1
    paintDownNodes(context, index, model.faults(), playheadPs, palette)
    paintSelection(context, index, frame, session, palette)
  }

  function paintLevelsLayer() {
    const plot = open('levels')
    const index = model.index()
    if (plot === null || index === null) return
    const { context, palette } = plot
    const { playheadPs } = session.playbackStore.getState()
    const { k } = view.getState().camera
    if (k < markZoom) return
    if (playheadPs > session.playback.lastPs()) {
      paintUnknown(context, index, palette)
      return
    }
    const picture = instancePicture(session)
    paintSlabs(context, index, picture.occupancy, palette)
    paintLevels(context, index, model.series(), playheadPs, palette)
    if (k < textZoom) return
    paintLabels(context, index, model.series(), playheadPs, picture.occupancy, palette)
    paintInstances(context, index, picture, palette)
  }

  return {
    attach(layer, canvas) {
      if (canvas === null) Reflect.deleteProperty(canvases, layer)
      else canvases[layer] = canvas
      levelsAt = -Infinity
    },
    paint(nowMs) {
      paintBetween()
      paintAbove()
      const { playing } = session.playbackStore.getState()
      if (playing && nowMs - levelsAt < levelsEveryMs) return
      levelsAt = nowMs
      paintLevelsLayer()
    },
    invalidate() {
      levelsAt = -Infinity
      session.frames.invalidate()
    },
  }
}

function applyCamera({ context, scale }: Plot, { x, y, k }: Camera) {
  context.setTransform(scale * k, 0, 0, scale * k, scale * x, scale * y)
}

/** A moment's worth of offloads: what one sees as "now" at this speed. */
const offloadSeconds = 1.5

function instancePicture({ runStore, playbackStore }: RunSession): InstancePicture {
  const { occupancy, migrations, decisions, simulatedPs } = runStore.getState()
  const { playheadPs, speed, selectedDecision } = playbackStore.getState()
  const recent = decisions[decisionsUpTo(decisions, playheadPs) - 1]
  return {
    occupancy: occupancyAt(occupancy, playheadPs),
    running: migrationsAt(migrations, playheadPs, simulatedPs),
    offloads: offloadsNear(decisions, playheadPs, Math.max(speed * offloadSeconds, 1e9)),
    decision:
      decisions[selectedDecision] ?? (recent !== undefined && playheadPs - recent.timePs < speed ? recent : null),
  }
}
