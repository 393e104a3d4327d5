import type { OccupancyChange } from '../../simulator/display'
import type { DecisionRow } from '../../simulator/result'
import type { Palette } from '../charts/palette'
import { chipCode } from '../stage/chip-code'
import type { Rect } from '../stage/geometry'
import type { OffloadFlow, RunningMigration } from './occupancy'
import type { DevicePlace, StageIndex } from './stage-index'

type Context = CanvasRenderingContext2D

const chip = { width: 37, height: 15, pitch: 42 }

export interface InstancePicture {
  readonly occupancy: ReadonlyMap<number, OccupancyChange>
  readonly running: readonly RunningMigration[]
  readonly offloads: readonly OffloadFlow[]
  /** The decision that is selected, or was taken just now. */
  readonly decision: DecisionRow | null
}

/** Chips of instances, ghosts of those that arrive, arcs of moves and offloads. */
export function paintInstances(context: Context, index: StageIndex, picture: InstancePicture, palette: Palette) {
  const places = chipPlaces(index, picture)
  for (const [instance, { rect, more }] of places.chips)
    paintChip(context, index, instance, rect, more, picture, palette)
  for (const running of picture.running) paintMove(context, index, running, places, palette)
  for (const flow of picture.offloads) paintOffload(context, index, flow, palette)
}

interface ChipPlaces {
  /** Place per instance; `more` instances of its device have none. */
  readonly chips: ReadonlyMap<number, { readonly rect: Rect; readonly more: number }>
  /** The first free place per device. */
  readonly free: ReadonlyMap<number, Rect>
}

function chipPlaces(index: StageIndex, { occupancy }: InstancePicture): ChipPlaces {
  const onDevice = new Map<number, number[]>()
  for (const [instance, { device }] of occupancy) {
    if (device >= 0) onDevice.set(device, [...(onDevice.get(device) ?? []), instance])
  }
  const chips = new Map<number, { rect: Rect; more: number }>()
  const free = new Map<number, Rect>()
  index.devices.forEach((place, device) => {
    if (place?.row === undefined || place.row === null || place.row.chips.height === 0) return
    const instances = (onDevice.get(device) ?? []).sort((a, b) => a - b)
    const room = Math.max(1, Math.floor((place.row.chips.width + 5) / chip.pitch))
    instances.slice(0, room).forEach((instance, at) => {
      const more = at === room - 1 ? instances.length - room : 0
      chips.set(instance, { rect: chipRect(place, at), more })
    })
    free.set(device, chipRect(place, Math.min(instances.length, room - 1)))
  })
  return { chips, free }
}

const chipRect = (place: DevicePlace, at: number): Rect => ({
  x: (place.row?.chips.x ?? 0) + 0.5 + at * chip.pitch,
  y: (place.row?.chips.y ?? 0) + 0.5,
  width: chip.width,
  height: chip.height,
})

function paintChip(
  context: Context,
  index: StageIndex,
  instance: number,
  rect: Rect,
  more: number,
  { running, decision }: InstancePicture,
  palette: Palette,
) {
  const id = index.shape.instances[instance]?.id ?? ''
  const move = running.find((each) => each.instance === id)
  const isMarked = move !== undefined || decision?.subject === id
  context.beginPath()
  context.roundRect(rect.x, rect.y, rect.width, rect.height, 3)
  context.fillStyle = palette.panel
  context.fill()
  if (move?.isStopped === true) {
    context.fillStyle = palette.patterns.warm
    context.fill()
  }
  context.strokeStyle = isMarked ? palette.ink : palette.ink2
  context.lineWidth = isMarked ? 2 : 1
  context.stroke()
  const code = more > 0 ? `+${more + 1}` : chipCode(index.codes, id)
  chipText(context, code, rect, palette)
}

function chipText(context: Context, code: string, rect: Rect, palette: Palette) {
  context.font = `600 10px ${palette.font}`
  context.textAlign = 'center'
  context.fillStyle = palette.ink
  context.fillText(code, rect.x + rect.width / 2, rect.y + 11, rect.width - 4)
}

function deviceIndex(index: StageIndex, id: string): number {
  return index.devices.findIndex((place) => place?.id === id)
}

/** The ghost at the target fills with what has arrived; a dashed line joins it to the chip. */
function paintMove(
  context: Context,
  index: StageIndex,
  running: RunningMigration,
  places: ChipPlaces,
  palette: Palette,
) {
  const { migration } = running
  const target = places.free.get(deviceIndex(index, migration.to))
  const instance = index.shape.instances.findIndex((each) => each.id === running.instance)
  const source = places.chips.get(instance)?.rect
  if (target === undefined) return
  context.beginPath()
  context.roundRect(target.x, target.y, target.width, target.height, 3)
  context.fillStyle = palette.panel
  context.fill()
  context.fillStyle = palette.line2
  context.fillRect(target.x, target.y, target.width * running.share, target.height)
  context.strokeStyle = palette.ink
  context.lineWidth = 1.25
  context.setLineDash([3, 2])
  context.stroke()
  chipText(context, chipCode(index.codes, running.instance), target, palette)
  if (source !== undefined) paintElbow(context, source, target)
  context.setLineDash([])
  context.font = `10px ${palette.font}`
  context.textAlign = 'left'
  context.fillStyle = palette.ink2
  const noteX = chip.pitch + 6
  // Beside the line that comes down from a chip further to the right.
  const ghostX = source !== undefined && isSameColumn(source, target) ? Math.max(source.x, target.x) : target.x
  label(context, `ghost, ${Math.round(100 * running.share)} %`, ghostX + noteX, target.y + 11, palette)
  if (source !== undefined)
    label(context, running.isStopped ? 'stopped' : 'still serving', source.x + noteX, source.y + 11, palette)
}

function label(context: Context, text: string, x: number, y: number, palette: Palette) {
  context.strokeStyle = palette.panel
  context.lineWidth = 3
  context.strokeText(text, x, y)
  context.fillText(text, x, y)
}

const isSameColumn = (from: Rect, to: Rect): boolean => Math.abs(from.x - to.x) < 240

/** Down (or up) beside the chips with an arrow head at the ghost. */
function paintElbow(context: Context, from: Rect, to: Rect) {
  const isBeside = isSameColumn(from, to)
  const startX = from.x + from.width
  const endX = isBeside ? to.x + to.width : to.x
  const lane = isBeside ? Math.max(startX, endX) + 4 : (startX + endX) / 2
  const startY = from.y + from.height / 2
  const endY = to.y + to.height / 2
  context.setLineDash([4, 3])
  context.lineWidth = 1.5
  context.beginPath()
  context.moveTo(startX, startY)
  context.lineTo(lane, startY)
  context.lineTo(lane, endY)
  context.lineTo(endX, endY)
  context.stroke()
  arrowHead(context, endX, endY, isBeside ? Math.PI : 0)
}

function arrowHead(context: Context, x: number, y: number, angle: number) {
  context.setLineDash([])
  context.save()
  context.translate(x, y)
  context.rotate(angle)
  context.beginPath()
  context.moveTo(0, 0)
  context.lineTo(-7, 3.5)
  context.lineTo(-7, -3.5)
  context.closePath()
  context.fillStyle = context.strokeStyle
  context.fill()
  context.restore()
}

/** A dashed arc from pool to pool with its share. */
function paintOffload(context: Context, index: StageIndex, flow: OffloadFlow, palette: Palette) {
  const from = index.devices[deviceIndex(index, flow.from)]
  const to = index.devices[deviceIndex(index, flow.to)]
  if (from?.row === undefined || from.row === null || to?.row === undefined || to.row === null) return
  const isRightward = to.card.x + to.card.width / 2 >= from.card.x + from.card.width / 2
  const start = { x: isRightward ? from.card.x + from.card.width : from.card.x, y: from.row.portY + 6 }
  const end = { x: isRightward ? to.card.x : to.card.x + to.card.width, y: to.row.portY - 6 }
  const isAbove = Math.abs(to.card.x - from.card.x) < 120
  const bend = isAbove ? (isRightward ? 90 : -90) : 0
  const middle = { x: (start.x + end.x) / 2 + bend, y: (start.y + end.y) / 2 - (isAbove ? 0 : 30) }
  const head = isAbove ? { x: isRightward ? to.card.x + to.card.width : to.card.x, y: end.y } : end
  context.strokeStyle = palette.ink
  context.lineWidth = 1.5
  context.setLineDash([4, 3])
  context.beginPath()
  context.moveTo(start.x, start.y)
  context.quadraticCurveTo(middle.x, middle.y, head.x, head.y)
  context.stroke()
  arrowHead(context, head.x, head.y, Math.atan2(head.y - middle.y, head.x - middle.x))
  badge(context, `${Math.round(100 * flow.share)} % of ${flow.subject} → ${flow.pool}`, middle, palette)
}

function badge(context: Context, text: string, at: { readonly x: number; readonly y: number }, palette: Palette) {
  context.font = `600 10px ${palette.font}`
  context.textAlign = 'center'
  const width = context.measureText(text).width + 16
  context.beginPath()
  context.roundRect(at.x - width / 2, at.y - 10, width, 20, 4)
  context.fillStyle = palette.panel
  context.fill()
  context.lineWidth = 1
  context.strokeStyle = palette.ink
  context.stroke()
  context.fillStyle = palette.ink
  context.fillText(text, at.x, at.y + 3.5)
}
