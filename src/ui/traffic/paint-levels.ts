import { valueAt, type SeriesIndex } from '../../app/series-index'
import type { Palette } from '../charts/palette'
import { loadOf } from './link-load'
import { halfLane } from './paint-links'
import type { DevicePlace, StageIndex } from './stage-index'

type Context = CanvasRenderingContext2D

/** Above this a bar gets its notch. */
const notchAbove = 0.9

/** Utilization of devices and links in the bucket of the playhead: bars with numbers, load inside the half lanes. */
export function paintLevels(
  context: Context,
  index: StageIndex,
  series: SeriesIndex,
  timePs: number,
  palette: Palette,
) {
  for (const place of index.devices) {
    if (place?.row === undefined || place.row === null) continue
    const used = valueAt(utilization(series, place), series.timeline, timePs)
    if (place.card.kind === 'memory') paintChannels(context, place, used, palette)
    else {
      paintBar(context, place, used, palette)
      paintValue(context, place, used, palette)
    }
  }
  paintStrips(context, index, series, timePs, palette)
}

/** Of the cores; of the message pipeline where no cores are shown. */
function utilization(series: SeriesIndex, place: DevicePlace) {
  const isPipeline = place.card.kind === 'nic' && place.row?.coreArea.width === 0
  const pipeline = isPipeline ? series.find('device', place.id, 'pipeline_utilization') : undefined
  return pipeline ?? series.find('device', place.id, 'utilization')
}

function colorOf(place: DevicePlace, palette: Palette): string {
  const { kind } = place.card
  if (kind === 'gpu') return palette.accel
  if (kind === 'nic') return palette.network
  return kind === 'memory' ? palette.memory : palette.compute
}

function paintBar(context: Context, place: DevicePlace, used: number, palette: Palette) {
  const bar = place.row?.utilBar
  if (bar === undefined || !(used > 0)) return
  context.fillStyle = colorOf(place, palette)
  context.fillRect(bar.x, bar.y, bar.width * Math.min(1, used), bar.height)
  if (used <= notchAbove) return
  context.fillStyle = palette.ink
  context.fillRect(bar.x + bar.width * notchAbove - 0.75, bar.y - 2, 1.5, bar.height + 4)
}

/** A memory device's channels share its load evenly. */
function paintChannels(context: Context, place: DevicePlace, used: number, palette: Palette) {
  if (!(used > 0)) return
  context.fillStyle = palette.memory
  for (const bar of place.row?.channelBars ?? [])
    context.fillRect(bar.x, bar.y, bar.width * Math.min(1, used), bar.height)
}

function paintValue(context: Context, place: DevicePlace, used: number, palette: Palette) {
  if (Number.isNaN(used)) return
  context.font = `${used > notchAbove ? 600 : 400} 11px ${palette.font}`
  paintNumber(context, place, percent(used), palette)
}

/** Where the run has not come to yet: no number. */
export function paintUnknown(context: Context, index: StageIndex, palette: Palette) {
  context.font = `400 11px ${palette.font}`
  for (const place of index.devices) {
    if (place !== null) paintNumber(context, place, '–', palette)
  }
}

function paintNumber(context: Context, place: DevicePlace, text: string, palette: Palette) {
  const anchor = place.row?.valueAnchor
  if (anchor === undefined) return
  context.textAlign = 'right'
  context.fillStyle = palette.ink
  context.fillText(text, anchor.x, anchor.y)
}

export const percent = (share: number) => (Number.isNaN(share) ? '–' : `${Math.round(100 * share)} %`)

/** Pools with too many devices for rows: least, median and greatest on one track. */
function paintStrips(context: Context, index: StageIndex, series: SeriesIndex, timePs: number, palette: Palette) {
  for (const card of index.geometry.cards) {
    if (card.strip === null) continue
    const members = index.devices.filter((place) => place?.card === card)
    const values = members
      .map((place) => valueAt(series.find('device', place?.id ?? '', 'utilization'), series.timeline, timePs))
      .filter((value) => !Number.isNaN(value))
      .sort((a, b) => a - b)
    const middle = values[Math.floor(values.length / 2)]
    const first = members[0]
    if (middle === undefined || first === undefined || first === null) continue
    const { x, y, width } = card.strip
    const at = (share: number) => x + width * Math.min(1, share)
    context.fillStyle = colorOf(first, palette)
    context.fillRect(at(values[0] ?? 0), y + 8, Math.max(2, at(values.at(-1) ?? 0) - at(values[0] ?? 0)), 8)
    context.fillStyle = palette.ink
    context.fillRect(at(middle) - 1, y + 4, 2, 16)
    context.textAlign = 'left'
    context.font = `11px ${palette.font}`
    const words = `${percent(values[0] ?? 0)} – median ${percent(middle)} – ${percent(values.at(-1) ?? 0)}`
    context.fillText(words, x, y + 34)
  }
}

/** Inner width of each half lane is its load. */
export function paintLinkLoads(
  context: Context,
  index: StageIndex,
  series: SeriesIndex,
  timePs: number,
  palette: Palette,
) {
  context.lineCap = 'butt'
  context.strokeStyle = palette.switch
  for (const place of index.channels) {
    if (place === null) continue
    const used = valueAt(loadOf(series, index, place), series.timeline, timePs)
    if (!(used > 0)) continue
    context.lineWidth = Math.max(0.6, (place.line.width / 2 - 1) * Math.min(1, used))
    context.stroke(halfLane(place))
  }
}
