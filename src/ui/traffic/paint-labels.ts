import type { SeriesIndex } from '../../app/series-index'
import type { OccupancyChange } from '../../simulator/display'
import type { Palette } from '../charts/palette'
import type { LinkGeometry } from '../stage/geometry'
import { linkLoad } from './link-load'
import { ownSlabs } from './occupancy'
import { percent } from './paint-levels'
import type { StageIndex } from './stage-index'

type Context = CanvasRenderingContext2D

/** Numbers beside the pictures: load of links in both directions, leased slabs of memory devices. */
export function paintLabels(
  context: Context,
  index: StageIndex,
  series: SeriesIndex,
  timePs: number,
  occupancy: ReadonlyMap<number, OccupancyChange>,
  palette: Palette,
) {
  context.font = `10px ${palette.font}`
  for (const link of index.geometry.links) paintLinkLabel(context, index, series, timePs, link, palette)
  paintLeases(context, index, occupancy, palette)
}

/** Load of the busiest line of a link, from its `from` end and back. */
function paintLinkLabel(
  context: Context,
  index: StageIndex,
  series: SeriesIndex,
  timePs: number,
  link: LinkGeometry,
  palette: Palette,
) {
  const there = linkLoad(index, series, timePs, link, 0)
  const here = linkLoad(index, series, timePs, link, 1)
  if (Number.isNaN(there.most) && Number.isNaN(here.most)) return
  const line = link.lines[0]
  const isFlat =
    line === undefined ||
    Math.abs(line.curve.end.x - line.curve.start.x) >= Math.abs(line.curve.end.y - line.curve.start.y)
  const isForward =
    line === undefined || (isFlat ? line.curve.end.x >= line.curve.start.x : line.curve.end.y >= line.curve.start.y)
  const [ahead, back] = isFlat ? (isForward ? ['→', '←'] : ['←', '→']) : isForward ? ['↓', '↑'] : ['↑', '↓']
  const max = Math.max(there.lines, here.lines) > 1 ? 'max ' : ''
  const text = `${max}${ahead} ${percent(there.most)}  ${back} ${percent(here.most)}`
  const { label } = link
  const anchor = label.anchor === 'start' ? 'left' : label.anchor === 'end' ? 'right' : 'center'
  const x =
    label.anchor === 'start' ? label.x : label.anchor === 'end' ? label.x + label.width : label.x + label.width / 2
  context.textAlign = anchor
  context.lineWidth = 4
  context.lineJoin = 'round'
  context.strokeStyle = palette.stage
  context.strokeText(text, x, label.y + 25)
  context.fillStyle = palette.ink2
  context.fillText(text, x, label.y + 25)
}

function paintLeases(
  context: Context,
  index: StageIndex,
  occupancy: ReadonlyMap<number, OccupancyChange>,
  palette: Palette,
) {
  const leased = new Map<number, number>()
  for (const { leases } of occupancy.values()) {
    for (const lease of leases) leased.set(lease.device, (leased.get(lease.device) ?? 0) + lease.slabs)
  }
  const own = ownSlabs(index, occupancy)
  index.devices.forEach((place, device) => {
    if (place?.card.kind !== 'memory' || place.row === null) return
    const all =
      place.row.slabsPerCell === 1 ? place.row.slabCells.length : place.row.slabCells.length * place.row.slabsPerCell
    context.textAlign = 'left'
    context.fillStyle = palette.ink2
    context.font = `10px ${palette.font}`
    const kept = own.get(device) ?? 0
    const used = (leased.get(device) ?? 0) + kept
    context.fillText(`${used} of ${all} slabs ${kept > 0 ? 'in use' : 'leased'}`, place.row.x + 20, place.row.y + 14)
    context.textAlign = 'right'
    context.fillStyle = palette.ink
    context.font = `11px ${palette.font}`
    context.fillText(percent(used / all), place.row.valueAnchor.x, place.row.valueAnchor.y)
  })
}
