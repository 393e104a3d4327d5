import { CARD_WIDTH, layoutCard, SWITCH_RADIUS } from './card-layout'
import type { StageNode, StageTopology } from './stage-topology'

/** Middle of the upper edge of each node, by its id. */
export type Placements = ReadonlyMap<string, { readonly x: number; readonly y: number }>

const COLUMN_GAP = 100
const ROW_GAP = 40
const RACK_GAP = 120
const GRID = 20

export const sizeOf = (node: StageNode): { readonly width: number; readonly height: number } =>
  node.kind === 'switch'
    ? { width: 2 * SWITCH_RADIUS, height: 2 * SWITCH_RADIUS }
    : { width: CARD_WIDTH, height: layoutCard(node, 0, 0).height }

/**
 * Places for all nodes. What has a place keeps it; the others are laid out by role from left to right (hosts and NICs,
 * switches, pools), rack beside rack, and are moved down where something stands already.
 */
export function placeNodes(topology: StageTopology): Placements {
  const automatic = layeredPlaces(topology)
  const places = new Map<string, { x: number; y: number }>()
  for (const node of topology.nodes) if (node.at !== null) places.set(node.id, { x: node.at.x, y: node.at.y })
  for (const node of topology.nodes) {
    if (places.has(node.id)) continue
    const wished = automatic.get(node.id) ?? { x: 0, y: 0 }
    places.set(node.id, freePlace(node, wished, topology.nodes, places))
  }
  return places
}

/** The nearest free place at or below a wished one, with room for a line of text between. */
export function freePlace(
  node: StageNode,
  wished: { readonly x: number; readonly y: number },
  nodes: readonly StageNode[],
  places: Placements,
): { x: number; y: number } {
  const size = sizeOf(node)
  const others = nodes.flatMap((other) => {
    const at = places.get(other.id)
    return at === undefined || other.id === node.id ? [] : [{ at, size: sizeOf(other) }]
  })
  const hit = (y: number): boolean =>
    others.some(
      (other) =>
        Math.abs(other.at.x - wished.x) < (other.size.width + size.width) / 2 + GRID &&
        y < other.at.y + other.size.height + GRID &&
        other.at.y < y + size.height + GRID,
    )
  let y = wished.y
  while (hit(y)) y += GRID
  return { x: wished.x, y }
}

/** Places by role alone, whatever places the nodes have: "tidy". */
export function layeredPlaces(topology: StageTopology): Placements {
  const places = new Map<string, { x: number; y: number }>()
  let left = 0
  for (const group of rackGroups(topology)) {
    left += placeGroup(group, left, places) + RACK_GAP
  }
  return places
}

function rackGroups(topology: StageTopology): StageNode[][] {
  const groups = [...topology.racks.map((rack) => topology.nodes.filter((node) => node.rack === rack.id))]
  const known = new Set(topology.racks.map((rack) => rack.id))
  groups.push(topology.nodes.filter((node) => !known.has(node.rack)))
  return groups.filter((group) => group.length > 0)
}

/** Puts one group's columns side by side from `left` on; returns the group's width. */
function placeGroup(group: readonly StageNode[], left: number, places: Map<string, { x: number; y: number }>): number {
  const roles: readonly (readonly StageNode['kind'][])[] = [['cpu', 'nic'], ['switch'], ['memory', 'gpu']]
  const columns = roles.flatMap((kinds) => {
    const members = kinds.flatMap((kind) => group.filter((node) => node.kind === kind))
    return splitColumn(members)
  })
  const heights = columns.map(columnHeight)
  const tallest = Math.max(...heights)
  let x = left
  columns.forEach((column, i) => {
    const width = Math.max(...column.map((node) => sizeOf(node).width))
    const isSwitch = column[0]?.kind === 'switch'
    let y = isSwitch ? Math.round((tallest - (heights[i] ?? 0)) / 2 / GRID) * GRID : 0
    for (const node of column) {
      places.set(node.id, { x: x + width / 2, y })
      y += Math.ceil((sizeOf(node).height + rowGap(node)) / GRID) * GRID
    }
    x += width + COLUMN_GAP
  })
  return x - COLUMN_GAP - left
}

const rowGap = (node: StageNode): number => (node.kind === 'switch' ? 3 * ROW_GAP : ROW_GAP)
const columnHeight = (column: readonly StageNode[]): number =>
  column.reduce((sum, node) => sum + sizeOf(node).height + rowGap(node), -ROW_GAP)

/** At most five nodes above one another. */
function splitColumn(members: readonly StageNode[]): StageNode[][] {
  const columns: StageNode[][] = []
  for (let i = 0; i < members.length; i += 5) columns.push(members.slice(i, i + 5))
  return columns
}
