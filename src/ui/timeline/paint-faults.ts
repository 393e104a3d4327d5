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

/** A fault shades every lane while it lasts; its words stand in the lane of what is simulated. */
export function paintFaults(
  { context, palette, width }: Plot,
  scale: TimeScale,
  { faults, lanes, endPs }: FaultsPicture,
) {
  const height = lanesHeight(lanes)
  let textEnd = -Infinity
  for (const fault of faults) {
    const left = Math.max(0, scale(fault.startPs))
    const right = Math.min(width, scale(Math.min(fault.endPs, endPs)))
    if (right < 0 || left > width || right <= left) continue
    context.globalAlpha = 0.1
    context.fillStyle = palette.alert
    context.fillRect(left, 18, Math.max(1, right - left), height - 18)
    context.globalAlpha = 1
    context.fillRect(left, 18, 1.5, height - 18)
    if (Number.isFinite(fault.endPs)) context.fillRect(right - 1, 18, 1, height - 18)
    if (left + 4 < textEnd) continue
    context.textAlign = 'left'
    context.fillStyle = palette.alert
    halo(context, `× ${fault.words}`, left + 4, 32, palette)
    textEnd = left + 4 + context.measureText(fault.words).width + 16
  }
}
