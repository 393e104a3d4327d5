import type { Palette } from '../charts/palette'
import type { Cell, DeviceRow } from '../stage/geometry'
import type { DevicePlace, StageIndex } from './stage-index'
import { CoreUse, type TrafficFrame } from './traffic-frame'

type Context = CanvasRenderingContext2D

const mostTicks = 7
const tickPitch = 3.5

/** Cores in the color and pattern of what they do. */
export function paintCores(context: Context, index: StageIndex, frame: TrafficFrame, palette: Palette) {
  const fills = [null, palette.compute, palette.patterns.memory, palette.patterns.accel]
  const outlines = [null, null, palette.memory, palette.accel]
  for (const use of [CoreUse.compute, CoreUse.memory, CoreUse.accel]) {
    context.fillStyle = fills[use] ?? palette.compute
    context.strokeStyle = outlines[use] ?? 'transparent'
    context.lineWidth = 1
    context.beginPath()
    eachCore(index, frame, use, (cell) => {
      if (use === CoreUse.compute) context.rect(cell.x, cell.y, cell.size, cell.size)
      else context.rect(cell.x + 0.5, cell.y + 0.5, cell.size - 1, cell.size - 1)
    })
    context.fill()
    if (use !== CoreUse.compute) context.stroke()
  }
}

function eachCore(index: StageIndex, frame: TrafficFrame, use: number, draw: (cell: Cell) => void) {
  for (const place of index.devices) {
    if (place?.row === undefined || place.row === null) continue
    place.row.coreCells.forEach((cell, core) => {
      if (frame.core[place.firstCore + core] === use) draw(cell)
    })
  }
}

/** Cores of a device too large to draw one by one: one bar, split by use. */
export function paintCoreBars(context: Context, index: StageIndex, frame: TrafficFrame, palette: Palette) {
  const fills = [null, palette.compute, palette.patterns.memory, palette.patterns.accel]
  for (const place of index.devices) {
    if (
      place?.row === undefined ||
      place.row === null ||
      place.cores === 0 ||
      place.row.coreCells.length > 0 ||
      place.row.coreArea.width === 0
    )
      continue
    const { x, y, width } = place.row.coreArea
    let left = x
    for (const use of [1, 2, 3]) {
      const cores = frame.core.subarray(place.firstCore, place.firstCore + place.cores)
      const share = cores.reduce((sum, each) => sum + (each === use ? 1 : 0), 0) / place.cores
      context.fillStyle = fills[use] ?? palette.compute
      context.fillRect(left, y + 4, width * share, 8)
      left += width * share
    }
  }
}

/** Engines of NICs that have something to do; what waits for one stands among the ticks. */
export function paintEngines(context: Context, index: StageIndex, frame: TrafficFrame, palette: Palette) {
  context.fillStyle = palette.patterns.accel
  context.strokeStyle = palette.accel
  context.lineWidth = 1
  context.beginPath()
  for (const place of index.devices) {
    place?.row?.engineCells.forEach((cell, engine) => {
      if ((frame.engines[place.firstEngine + engine] ?? 0) === 0) return
      context.roundRect(cell.x + 0.5, cell.y + 0.5, cell.size - 1, cell.size - 1, 3)
    })
  }
  context.fill()
  context.stroke()
}

/** Messages and steps that wait for an engine of a device. */
function waitingForEngines(place: DevicePlace, frame: TrafficFrame): number {
  const engines = place.row?.engineCells.length ?? 0
  const held = frame.engines.subarray(place.firstEngine, place.firstEngine + engines)
  return held.reduce((sum, count) => sum + Math.max(0, count - 1), 0)
}

/** Waiting requests as ticks from the right, and their number when there are too many for ticks. */
export function paintQueues(context: Context, index: StageIndex, frame: TrafficFrame, palette: Palette) {
  context.textAlign = 'right'
  context.font = `10px ${palette.font}`
  index.devices.forEach((place, device) => {
    if (place?.row === undefined || place.row === null) return
    const wait = (frame.waiting[device] ?? 0) + (frame.frozen[device] ?? 0)
    const counts = [
      wait,
      frame.pageWaits[device] ?? 0,
      frame.atNic[device] ?? 0,
      (frame.batching[device] ?? 0) + waitingForEngines(place, frame),
      frame.outside[device] ?? 0,
    ]
    const all = counts.reduce((sum, count) => sum + count, 0)
    if (all > 0) paintTicks(context, place.row, counts, palette)
    if (wait > 0 && place.row.chips.height > 0) {
      context.fillStyle = palette.ink2
      context.fillText(`${wait} wait`, place.row.queueAnchor.x, place.row.chips.y + 11)
    }
  })
}

/** Never more than fit; then the number stands in their place. */
function paintTicks(context: Context, row: DeviceRow, counts: readonly number[], palette: Palette) {
  const colors = [palette.wait, palette.memory, palette.network, palette.accel, palette.ink3]
  const all = counts.reduce((sum, count) => sum + count, 0)
  const { x, y } = row.queueAnchor
  if (all > mostTicks && row.chips.height === 0) {
    context.fillStyle = palette.ink2
    context.fillText(String(all), x, y + 4)
    return
  }
  let tick = 0
  counts.forEach((count, kind) => {
    context.fillStyle = colors[kind] ?? palette.ink3
    for (let each = 0; each < count && tick < mostTicks; each += 1, tick += 1) {
      context.fillRect(x - 2 - tick * tickPitch, y - 7, 2, 14)
    }
  })
}

/** Port arcs of switches: how much of the output buffer is full is not known per instant, so the arc counts messages. */
const messagesPerRing = 16

export function paintPorts(context: Context, index: StageIndex, frame: TrafficFrame, palette: Palette) {
  context.lineWidth = 6
  context.lineCap = 'butt'
  context.strokeStyle = palette.wait
  index.channels.forEach((place, channel) => {
    const count = frame.portQueue[channel] ?? 0
    if (place === null || count === 0) return
    const end = place.direction === 0 ? place.link.from : place.link.to
    const card = index.geometry.cardById.get(end)
    const port = index.geometry.ports
      .get(end)
      ?.find((each) => each.linkId === place.link.linkId && each.line === place.line.line)
    if (card === undefined) return
    if (port === undefined) paintStall(context, place.line.curve.pointAt(0, place.direction), count)
    else {
      const share = Math.min(1, count / messagesPerRing)
      const start = (port.arcStart * Math.PI) / 180
      const sweep = ((port.arcEnd - port.arcStart) * Math.PI * share) / 180
      context.beginPath()
      context.arc(card.x + card.width / 2, card.y + card.height / 2, card.width / 2 - 4, start, start + sweep)
      context.stroke()
    }
  })
}

/** A sender other than a switch: a bar at its end of the line, growing with what waits. */
function paintStall(context: Context, point: { readonly x: number; readonly y: number }, count: number) {
  const length = Math.min(16, 3 + count)
  context.fillStyle = context.strokeStyle
  context.fillRect(point.x - 2, point.y - length / 2, 3, length)
}
