import type { DecisionRow } from '../../simulator/result'
import type { Plot } from '../charts/canvas-plot'
import type { TimeScale } from '../charts/time-axis'
import type { Lane } from './lane-model'

type Context = CanvasRenderingContext2D

/** Marks closer than this are one, px. */
const leastGap = 3

export function paintDecisions(
  { context, palette, width }: Plot,
  scale: TimeScale,
  lane: Lane,
  decisions: readonly DecisionRow[],
) {
  const y = lane.top + 12
  const last = new Map<string, number>()
  context.lineWidth = 1.5
  for (const { kind, timePs } of decisions) {
    const x = scale(timePs)
    if (x < -6 || x > width + 6 || x - (last.get(kind) ?? -Infinity) < leastGap) continue
    last.set(kind, x)
    context.beginPath()
    traceMark(context, kind, x, y)
    if (kind === 'placement' || kind === 'migration') {
      context.fillStyle = kind === 'migration' ? palette.ink : palette.ink2
      context.fill()
    } else {
      context.strokeStyle = kind === 'offload' ? palette.ink2 : palette.ink
      context.stroke()
    }
  }
}

/** Placement: triangle; offload: ring; migration: tag; memory: square; scaling: plus; fault: cross; recovery: arrow. */
function traceMark(context: Context, kind: DecisionRow['kind'], x: number, y: number) {
  const lines: Record<Exclude<DecisionRow['kind'], 'offload'>, readonly (readonly [number, number])[][]> = {
    placement: [
      [
        [-4, -4],
        [4, -4],
        [0, 4],
        [-4, -4],
      ],
    ],
    migration: [
      [
        [-3, -5],
        [3, -5],
        [7, 0],
        [3, 5],
        [-3, 5],
        [-3, -5],
      ],
    ],
    memory: [
      [
        [-3, -3],
        [3, -3],
        [3, 3],
        [-3, 3],
        [-3, -3],
      ],
    ],
    scaling: [
      [
        [0, -5],
        [0, 5],
      ],
      [
        [-5, 0],
        [5, 0],
      ],
    ],
    fault: [
      [
        [-4, -4],
        [4, 4],
      ],
      [
        [4, -4],
        [-4, 4],
      ],
    ],
    recovery: [
      [
        [-4, 4],
        [4, -4],
      ],
      [
        [0, -4],
        [4, -4],
        [4, 0],
      ],
    ],
  }
  if (kind === 'offload') {
    context.moveTo(x + 3.5, y)
    context.arc(x, y, 3.5, 0, 2 * Math.PI)
    return
  }
  for (const stroke of lines[kind]) {
    stroke.forEach(([dx, dy], at) => {
      if (at === 0) context.moveTo(x + dx, y + dy)
      else context.lineTo(x + dx, y + dy)
    })
  }
}
