import type { NodeKind } from '../../scenario/scenario'
import type { StageNode } from './stage-topology'

/** A rectangle in stage coordinates. */
export interface Rect {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** One core, stream or slab. */
export interface Cell {
  readonly x: number
  readonly y: number
  readonly size: number
}

/** The place of one device on its pool's card. */
export interface DeviceRow extends Rect {
  /** Index of the device in its pool. */
  readonly device: number
  /** Cores (CPU, DPU) or streams (GPU), in order; empty when there are too many to draw one by one. */
  readonly coreCells: readonly Cell[]
  /** Where the cores are, also when they are too many. */
  readonly coreArea: Rect
  /** Fixed-function engines of a NIC, in order; empty elsewhere. */
  readonly engineCells: readonly Cell[]
  /** Right end of the waiting ticks, at the middle of the row's first line; ticks grow to the left, 24 px are free. */
  readonly queueAnchor: { readonly x: number; readonly y: number }
  /** Track of the utilization bar. */
  readonly utilBar: Rect
  /** Right end of the utilization's text, at its baseline. */
  readonly valueAnchor: { readonly x: number; readonly y: number }
  /** Place of the instance chips (37 x 15, 42 px apart); height 0 when none fit. */
  readonly chips: Rect
  /** Memory: one cell per `slabsPerCell` slabs; empty elsewhere. */
  readonly slabCells: readonly Cell[]
  readonly slabsPerCell: number
  /** Memory: one track per channel; empty elsewhere. */
  readonly channelBars: readonly Rect[]
  /** Height at which the device's links leave the card. */
  readonly portY: number
}

export interface CardBody {
  readonly height: number
  readonly deviceRows: readonly DeviceRow[]
  /** More than 32 devices: one strip with least, median and greatest instead of rows; null otherwise. */
  readonly strip: Rect | null
  /** Line of text at the foot; null: none. */
  readonly footer: Rect | null
}

/** A pool's card, or a switch (then x, y, width and height are the square around its circle). */
export interface CardGeometry extends Rect, CardBody {
  readonly nodeId: string
  /** Index into the topology's nodes. */
  readonly node: number
  readonly kind: NodeKind
  readonly count: number
}

export const CARD_WIDTH = 240
export const HEADER_HEIGHT = 32
export const SWITCH_RADIUS = 35
const CHIP = { width: 37, height: 15, pitch: 42 } as const
/** Above this many devices a pool is drawn as a strip. */
const MAX_ROWS = 32
const PAD = 12
const CELLS_X = 60
/** Where utilization bars end; behind it stands the number. */
const BAR_END = 186
const FOOTER_HEIGHT = 28
const MAX_CORE_CELLS = 128

/** Lays out what is inside a card whose upper left corner is (x, y). */
export function layoutCard(node: StageNode, x: number, y: number): CardBody {
  const top = y + HEADER_HEIGHT
  const strip = node.count > MAX_ROWS ? { x: x + PAD, y: top + 12, width: CARD_WIDTH - 2 * PAD, height: 40 } : null
  const deviceRows = strip === null ? layoutRows(node, x, top + 6) : []
  const lastRow = deviceRows[deviceRows.length - 1]
  const bodyEnd =
    strip !== null ? strip.y + strip.height + 12 : lastRow === undefined ? top + 20 : lastRow.y + lastRow.height + 6
  const footer = node.hasFooter ? { x: x + PAD, y: bodyEnd, width: CARD_WIDTH - 2 * PAD, height: FOOTER_HEIGHT } : null
  return { height: bodyEnd + (footer?.height ?? 0) - y, deviceRows, strip, footer }
}

function layoutRows(node: StageNode, x: number, top: number): DeviceRow[] {
  const rows: DeviceRow[] = []
  let y = top
  for (let device = 0; device < node.count; device += 1) {
    const row = node.kind === 'memory' ? memoryRow(node, device, x, y) : coreRow(node, device, x, y)
    rows.push(row)
    y += row.height
  }
  return rows
}

function coreRow(node: StageNode, device: number, x: number, y: number): DeviceRow {
  const roomy = node.count <= 8
  const cells = coreCells(node, x + CELLS_X, y + 8, roomy)
  const hasChips = node.hosts && roomy
  const lines = Math.max(cells.area.height, 17)
  const height = hasChips ? lines + 35 : roomy ? Math.max(26, lines + 10) : 24
  const middle = hasChips ? y + 8 + lines / 2 : y + height / 2
  const barX = cells.area.width > 0 ? Math.max(x + 152, cells.area.x + cells.area.width + 8) : x + CELLS_X
  const shifted = moveCells(cells, middle - (y + 8) - cells.area.height / 2)
  return {
    device,
    x: x + PAD,
    y,
    width: CARD_WIDTH - 2 * PAD,
    height,
    coreCells: shifted.cells,
    coreArea: shifted.area,
    engineCells: engineCells(node.engines, x + BAR_END, middle),
    queueAnchor: { x: x + 56, y: middle },
    utilBar: { x: barX, y: middle - 4, width: x + BAR_END - engineRoom(node.engines) - barX, height: 8 },
    valueAnchor: { x: x + CARD_WIDTH - PAD, y: middle + 4 },
    chips: { x: x + CELLS_X, y: y + lines + 13, width: CARD_WIDTH - CELLS_X - PAD, height: hasChips ? CHIP.height : 0 },
    slabCells: [],
    slabsPerCell: 1,
    channelBars: [],
    portY: y + height / 2,
  }
}

const ENGINE = { size: 9, pitch: 12 } as const

/** What the engines take from the end of the utilization bar. */
const engineRoom = (engines: number): number => (engines === 0 ? 0 : engines * ENGINE.pitch + 4)

function engineCells(engines: number, right: number, middle: number): Cell[] {
  return Array.from({ length: engines }, (_, i) => ({
    x: right - (engines - i) * ENGINE.pitch + (ENGINE.pitch - ENGINE.size),
    y: middle - ENGINE.size / 2,
    size: ENGINE.size,
  }))
}

interface CellBlock {
  readonly cells: Cell[]
  readonly area: Rect
}

/** Cores in rows of 8, or smaller and more to a row when there are many. */
function coreCells(node: StageNode, x: number, y: number, roomy: boolean): CellBlock {
  const n = node.cores
  if (n === 0) return { cells: [], area: { x, y, width: 0, height: 0 } }
  const [columns, pitch, size] = cellGrid(node, n, roomy)
  const rows = Math.ceil(Math.min(n, MAX_CORE_CELLS) / columns)
  const area = { x, y, width: Math.min(columns, n) * pitch - (pitch - size), height: rows * pitch - (pitch - size) }
  if (n > MAX_CORE_CELLS) return { cells: [], area }
  return { cells: gridCells(n, columns, pitch, size, x, y), area }
}

function cellGrid(node: StageNode, n: number, roomy: boolean): readonly [columns: number, pitch: number, size: number] {
  if (!roomy) return n <= 8 ? [8, 10, 7] : n <= 64 ? [16, 5, 4] : [32, 2.5, 2]
  if (node.kind === 'gpu') return [7, 12, 10]
  return n <= 16 ? [8, 10, 7] : n <= 64 ? [16, 5, 4] : [26, 3.25, 2.5]
}

function gridCells(n: number, columns: number, pitch: number, size: number, x: number, y: number): Cell[] {
  return Array.from({ length: n }, (_, i) => ({
    x: x + (i % columns) * pitch,
    y: y + Math.floor(i / columns) * pitch,
    size,
  }))
}

function moveCells(block: CellBlock, dy: number): CellBlock {
  return {
    cells: block.cells.map((cell) => ({ ...cell, y: cell.y + dy })),
    area: { ...block.area, y: block.area.y + dy },
  }
}

const SLAB_COLUMNS = 16
const SLAB_PITCH = 13.5
const SLAB_SIZE = 11

function memoryRow(node: StageNode, device: number, x: number, y: number): DeviceRow {
  const most = node.count <= 4 ? 64 : node.count <= 8 ? 32 : 16
  let slabsPerCell = 1
  while (Math.ceil(node.slabs / slabsPerCell) > most) slabsPerCell *= 2
  const cellCount = Math.max(1, Math.ceil(node.slabs / slabsPerCell))
  const gridY = y + 22
  const gridHeight = Math.ceil(cellCount / SLAB_COLUMNS) * SLAB_PITCH - (SLAB_PITCH - SLAB_SIZE)
  const area = { x: x + PAD, y: gridY, width: CARD_WIDTH - 2 * PAD, height: gridHeight }
  const bars = channelBars(node.channels, x + PAD, gridY + gridHeight + 6)
  const barsEnd = gridY + gridHeight + 10
  const cores = memoryCores(node, x + CELLS_X, barsEnd + 7)
  const coresHeight = node.cores === 0 ? 0 : cores.area.height + 10
  const hasChips = node.hosts && node.count <= 8
  const height = gridHeight + 22 + 18 + coresHeight + (hasChips ? 20 : 0)
  return {
    device,
    x: x + PAD,
    y,
    width: CARD_WIDTH - 2 * PAD,
    height,
    coreCells: cores.cells,
    coreArea: node.cores === 0 ? { ...area, height: 0 } : cores.area,
    engineCells: [],
    queueAnchor:
      node.cores === 0
        ? { x: x + CARD_WIDTH - 52, y: y + 10 }
        : { x: x + CELLS_X - 4, y: cores.area.y + cores.area.height / 2 },
    utilBar: area,
    valueAnchor: { x: x + CARD_WIDTH - PAD, y: y + 14 },
    chips: {
      x: x + PAD,
      y: barsEnd + 4 + coresHeight,
      width: CARD_WIDTH - 2 * PAD,
      height: hasChips ? CHIP.height : 0,
    },
    slabCells: gridCells(cellCount, SLAB_COLUMNS, SLAB_PITCH, SLAB_SIZE, x + PAD, gridY),
    slabsPerCell,
    channelBars: bars,
    portY: gridY + gridHeight / 2,
  }
}

/** Cores beside the channels, under their bars. */
function memoryCores(node: StageNode, x: number, y: number): CellBlock {
  const [columns, pitch, size] = node.cores <= 16 ? ([16, 10, 7] as const) : ([32, 5, 4] as const)
  const n = Math.min(node.cores, MAX_CORE_CELLS)
  const rows = Math.ceil(n / columns)
  const area = {
    x,
    y,
    width: Math.max(0, Math.min(columns, n) * pitch - (pitch - size)),
    height: Math.max(0, rows * pitch - (pitch - size)),
  }
  return { cells: node.cores > MAX_CORE_CELLS ? [] : gridCells(n, columns, pitch, size, x, y), area }
}

function channelBars(channels: number, x: number, y: number): Rect[] {
  const gap = channels > 8 ? 2 : 6
  const width = (CARD_WIDTH - 2 * PAD + gap) / Math.max(1, channels) - gap
  return Array.from({ length: channels }, (_, i) => ({ x: x + i * (width + gap), y, width, height: 4 }))
}
