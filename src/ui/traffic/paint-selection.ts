import type { RunSession } from '../../app/run-session'
import { formatCount } from '../../units/format'
import type { Palette } from '../charts/palette'
import { eachTraveler } from './paint-links'
import type { StageIndex } from './stage-index'
import type { TrafficFrame } from './traffic-frame'

type Context = CanvasRenderingContext2D

interface Spot {
  readonly x: number
  readonly y: number
}

/** A ring around every place of the selected request, with its number. */
export function paintSelection(
  context: Context,
  index: StageIndex,
  frame: TrafficFrame,
  session: RunSession,
  palette: Palette,
) {
  const { selectedRequest } = session.playbackStore.getState()
  if (selectedRequest < 0) return
  const spots = spotsOf(index, frame, selectedRequest)
  context.strokeStyle = palette.ink
  context.lineWidth = 1.5
  for (const { x, y } of spots) {
    context.beginPath()
    context.arc(x, y, 7, 0, 2 * Math.PI)
    context.stroke()
  }
  const first = spots[0]
  if (first === undefined) return
  context.lineWidth = 1
  context.beginPath()
  context.moveTo(first.x + 3, first.y - 7)
  context.lineTo(first.x + 22, first.y - 34)
  context.stroke()
  context.font = `600 11px ${palette.font}`
  context.textAlign = 'center'
  context.lineWidth = 4
  context.strokeStyle = palette.stage
  context.strokeText(`#${formatCount(selectedRequest)}`, first.x + 22, first.y - 38)
  context.fillStyle = palette.ink
  context.fillText(`#${formatCount(selectedRequest)}`, first.x + 22, first.y - 38)
}

/** Where a request is drawn: on links and on cores, in stage coordinates. */
function spotsOf(index: StageIndex, frame: TrafficFrame, request: number): Spot[] {
  const spots: Spot[] = []
  for (const color of [3, 2]) {
    eachTraveler(index, frame, color, (point, _operation, each) => {
      if (each === request) spots.push({ x: point.x, y: point.y })
    })
  }
  eachCoreSpot(index, frame, (spot, each) => {
    if (each === request) spots.push(spot)
  })
  return spots
}

function eachCoreSpot(index: StageIndex, frame: TrafficFrame, visit: (spot: Spot, request: number) => void) {
  for (const place of index.devices) {
    place?.row?.coreCells.forEach((cell, core) => {
      const request = frame.coreRequest[place.firstCore + core] ?? -1
      if (request >= 0) visit({ x: cell.x + cell.size / 2, y: cell.y + cell.size / 2 }, request)
    })
  }
}

/** The request drawn nearest to a point of the stage, not farther than `reach`; -1 if there is none. */
export function requestNear(index: StageIndex, frame: TrafficFrame, at: Spot, reach: number): number {
  let best = -1
  let least = reach
  const look = (spot: Spot, request: number) => {
    const distance = Math.hypot(spot.x - at.x, spot.y - at.y)
    if (request < 0 || distance > least) return
    least = distance
    best = request
  }
  for (const color of [2, 3]) {
    eachTraveler(index, frame, color, (point, _operation, request) => {
      look(point, request)
    })
  }
  eachCoreSpot(index, frame, look)
  return best
}
