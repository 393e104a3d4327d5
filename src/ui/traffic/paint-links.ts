import { phaseColors, type Palette } from '../charts/palette'
import type { Point } from '../stage/geometry'
import { bandSegments } from './level-of-detail'
import type { ChannelPlace, StageIndex } from './stage-index'
import type { TrafficFrame } from './traffic-frame'

type Context = CanvasRenderingContext2D

const at: Point = { x: 0, y: 0 }
const next: Point = { x: 0, y: 0 }
const radius = 3.5

/** Dots (or exemplars) at their true places: shape is the operation, color the phase. Chunks of migrations are crates. */
export function paintTravelers(context: Context, index: StageIndex, frame: TrafficFrame, palette: Palette) {
  const colors = phaseColors(palette)
  context.strokeStyle = palette.stage
  context.lineWidth = 1
  for (const color of [2, 3]) {
    context.fillStyle = colors[color] ?? palette.ink
    context.beginPath()
    eachTraveler(index, frame, color, (point, operation) => {
      traceShape(context, operation, point.x, point.y)
    })
    context.fill()
    context.stroke()
  }
  paintChunks(context, index, frame, palette)
}

function paintChunks(context: Context, index: StageIndex, frame: TrafficFrame, palette: Palette) {
  if (frame.chunks === 0) return
  context.fillStyle = palette.ink
  eachTraveler(index, frame, 7, (point) => {
    context.fillRect(point.x - 3, point.y - 3, 6, 6)
    context.strokeRect(point.x - 3, point.y - 3, 6, 6)
  })
}

/** Calls `draw` with the place of every traveler of one color; the point is used again. */
export function eachTraveler(
  index: StageIndex,
  frame: TrafficFrame,
  color: number,
  draw: (point: Point, operation: number, request: number) => void,
) {
  const list = frame.travelers
  for (let each = 0; each < list.count; each += 1) {
    if (list.color[each] !== color) continue
    const place = index.channels[list.channel[each] ?? -1]
    if (place === undefined || place === null) continue
    place.line.curve.pointInto(at, list.fraction[each] ?? 0, place.direction)
    draw(at, list.operation[each] ?? -1, list.request[each] ?? -1)
  }
}

/** Circle, square, triangle, diamond; further operations start again. */
function traceShape(context: Context, operation: number, x: number, y: number, size = radius) {
  const shape = operation < 0 ? 0 : operation % 4
  if (shape === 0) {
    context.moveTo(x + size, y)
    context.arc(x, y, size, 0, 2 * Math.PI)
  } else if (shape === 1) context.rect(x - size + 0.2, y - size + 0.2, 2 * size - 0.4, 2 * size - 0.4)
  else if (shape === 2) {
    context.moveTo(x, y - size - 0.5)
    context.lineTo(x + size + 0.5, y + size - 0.5)
    context.lineTo(x - size - 0.5, y + size - 0.5)
    context.closePath()
  } else {
    context.moveTo(x, y - size - 0.5)
    context.lineTo(x + size + 0.5, y)
    context.lineTo(x, y + size + 0.5)
    context.lineTo(x - size - 0.5, y)
    context.closePath()
  }
}

/** px of width per square root of a count; the legend says so. */
const bandScale = 1.1

/** Density bands: width is the root of the count per segment, the scale is fixed. */
export function paintBands(context: Context, index: StageIndex, frame: TrafficFrame, palette: Palette) {
  context.lineCap = 'butt'
  const done = new Set<number>()
  for (const place of index.channels) {
    if (place === null || done.has(place.drawn)) continue
    done.add(place.drawn)
    for (let segment = 0; segment < bandSegments; segment += 1) {
      const slot = place.drawn * bandSegments + segment
      strokeSegment(context, place, segment, frame.bands[slot] ?? 0, palette.network, 1)
      strokeSegment(context, place, segment, frame.trainBands[slot] ?? 0, palette.memory, 1)
    }
  }
}

function strokeSegment(
  context: Context,
  place: ChannelPlace,
  segment: number,
  count: number,
  color: string,
  spread: number,
) {
  if (count === 0) return
  const { curve } = place.line
  curve.pointInto(at, segment / bandSegments, place.direction, spread)
  curve.pointInto(next, (segment + 0.92) / bandSegments, place.direction, spread)
  context.strokeStyle = color
  context.lineWidth = Math.min(place.line.width, bandScale * Math.sqrt(count) + 0.6)
  context.beginPath()
  context.moveTo(at.x, at.y)
  context.lineTo(next.x, next.y)
  context.stroke()
}

/** A line lights up by what passes on it too fast to be seen; intensity is the number under way. */
export function paintPulses(context: Context, index: StageIndex, frame: TrafficFrame, palette: Palette) {
  if (frame.pulseCount === 0) return
  context.lineCap = 'butt'
  context.strokeStyle = palette.ink2
  index.channels.forEach((place, channel) => {
    const count = frame.pulses[channel] ?? 0
    if (place === null || count === 0) return
    context.globalAlpha = Math.min(0.85, 0.25 + 0.15 * count)
    context.lineWidth = place.line.width * 0.35
    context.stroke(halfLane(place))
  })
  context.globalAlpha = 1
}

const paths = new WeakMap<object, [Path2D | null, Path2D | null]>()

/** The half lane of a channel as a path, made once. */
export function halfLane(place: ChannelPlace): Path2D {
  const known = paths.get(place.line) ?? [null, null]
  paths.set(place.line, known)
  return (known[place.direction] ??= new Path2D(place.line.curve.halfLanePath(place.direction)))
}
