import type { OccupancyChange } from '../../simulator/display'
import type { Fill, Palette } from '../charts/palette'
import { ownSlabs } from './occupancy'
import type { StageIndex } from './stage-index'

type Context = CanvasRenderingContext2D
type Occupancy = ReadonlyMap<number, OccupancyChange>

/** Slabs of memory devices by owner: solid, lined, pale; later owners begin again. The lowest others are the device's own. */
export function paintSlabs(context: Context, index: StageIndex, occupancy: Occupancy, palette: Palette) {
  const fills = [palette.memory, palette.patterns.memory, palette.memorySoft]
  const own = ownSlabs(index, occupancy)
  const leased = new Map([...own.keys()].map((device) => [device, new Set<number>()]))
  for (const [instance, { leases }] of occupancy) {
    for (const { device, firstSlab, slabs } of leases) {
      const cells = paint(
        context,
        index,
        device,
        firstSlab,
        slabs,
        fills[instance % fills.length] ?? palette.memory,
        palette,
      )
      const known = leased.get(device)
      if (known !== undefined) for (const cell of cells) known.add(cell)
    }
  }
  for (const [device, slabs] of own) {
    const row = index.devices[device]?.row
    const free = [...(row?.slabCells.keys() ?? [])].filter((cell) => !(leased.get(device)?.has(cell) ?? false))
    const cells = free.slice(0, Math.ceil(slabs / (row?.slabsPerCell ?? 1)))
    for (const cell of cells) paintCell(context, index, device, cell, palette.computeSoft, palette.compute)
  }
}

/** Returns the cells of the slabs. */
function paint(
  context: Context,
  index: StageIndex,
  device: number,
  firstSlab: number,
  slabs: number,
  fill: Fill,
  palette: Palette,
): readonly number[] {
  const row = index.devices[device]?.row
  if (row === undefined || row === null) return []
  const first = Math.floor(firstSlab / row.slabsPerCell)
  const end = Math.min(row.slabCells.length, Math.ceil((firstSlab + slabs) / row.slabsPerCell))
  const cells = Array.from({ length: Math.max(0, end - first) }, (_, i) => first + i)
  for (const cell of cells) paintCell(context, index, device, cell, fill, palette.memory)
  return cells
}

function paintCell(context: Context, index: StageIndex, device: number, at: number, fill: Fill, stroke: string) {
  const cell = index.devices[device]?.row?.slabCells[at]
  if (cell === undefined) return
  context.fillStyle = fill
  context.strokeStyle = stroke
  context.lineWidth = 1
  context.fillRect(cell.x, cell.y, cell.size, cell.size)
  context.strokeRect(cell.x + 0.5, cell.y + 0.5, cell.size - 1, cell.size - 1)
}
