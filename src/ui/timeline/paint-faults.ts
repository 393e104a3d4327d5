import type { FaultSpan } from '../../app/fault-spans'
import type { Plot } from '../charts/canvas-plot'
import type { TimeScale } from '../charts/time-axis'
import { halo } from './halo-text'
import { lanesHeight, type Lane } from './lane-model'

interface FaultsPicture {
  readonly lanes: readonly Lane[]
  readonly faults: readonly FaultSpan[]
  readonly endPs: number
}

const ruler = 18
/** Narrower than this, px, a fault has no edges: many short ones would be all edge. */
const narrow = 4

/** A fault shades every lane while it lasts. */
export function shadeFaults(plot: Plot, scale: TimeScale, picture: FaultsPicture) {
  const { context, palette } = plot
  const height = lanesHeight(picture.lanes) - ruler
  context.fillStyle = palette.alert
  for (const [fault, left, right] of visible(plot, scale, picture)) {
    context.globalAlpha = 0.1
    context.fillRect(left, ruler, Math.max(1, right - left), height)
    context.globalAlpha = 1
    if (right - left < narrow) continue
    context.fillRect(left, ruler, 1.5, height)
    if (Number.isFinite(fault.endPs)) context.fillRect(right - 1, ruler, 1, height)
  }
}

/** What is struck in words, over a bar as long as it lasts: solid while it is down, of dashes while it is slow. */
export function paintFaults(plot: Plot, scale: TimeScale, lane: Lane, picture: FaultsPicture) {
  const { context, palette } = plot
  context.font = `10px ${palette.font}`
  let textEnd = -Infinity
  for (const [fault, left, right] of visible(plot, scale, picture)) {
    context.fillStyle = palette.alert
    const y = lane.top + lane.height - 7
    if (fault.effect === 'down') context.fillRect(left, y, Math.max(1.5, right - left), 4)
    else for (let x = left; x < right; x += 6) context.fillRect(x, y, Math.min(3.5, right - x), 4)
    const text = `× ${fault.words}`
    const width = context.measureText(text).width
    const start = Math.min(left + 4, plot.width - width - 4)
    if (start < textEnd) continue
    context.textAlign = 'left'
    halo(context, text, start, lane.top + 12, palette)
    textEnd = start + width + 12
  }
}

/** With its left and its right edge, px. */
function* visible(
  { width }: Plot,
  scale: TimeScale,
  { faults, endPs }: FaultsPicture,
): Generator<readonly [fault: FaultSpan, left: number, right: number]> {
  for (const fault of faults) {
    const left = Math.max(0, scale(fault.startPs))
    const right = Math.min(width, scale(Math.min(fault.endPs, endPs)))
    if (right >= 0 && left <= width && right > left) yield [fault, left, right]
  }
}
