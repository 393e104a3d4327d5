import type { Scenario } from '../../scenario/scenario'
import type { RunShape } from '../../simulator/display'
import { MIB } from '../../units/data'
import { serviceCodes } from '../stage/chip-code'
import type { CardGeometry, DeviceRow, Direction, LinkGeometry, LinkLine, StageGeometry } from '../stage/geometry'
import { lineOf } from '../stage/geometry'

/** Where a channel is drawn. */
export interface ChannelPlace {
  readonly link: LinkGeometry
  readonly line: LinkLine
  readonly direction: Direction
  /** Index into the shape's channels. */
  readonly channel: number
  /** Index into `lines`; equal for channels that share a drawn line and direction. */
  readonly drawn: number
}

export interface DevicePlace {
  readonly card: CardGeometry
  /** Null for switches and pools drawn as a strip. */
  readonly row: DeviceRow | null
  readonly id: string
  readonly onAccelerator: boolean
  /** Index of its first core in the frame's core columns. */
  readonly firstCore: number
  readonly cores: number
  /** Index of its first engine in the frame's engine column. */
  readonly firstEngine: number
  /** Bytes of a slab; 0: no memory device. */
  readonly slabBytes: number
}

/** Ties the run's indices to the places on the stage. */
export interface StageIndex {
  readonly geometry: StageGeometry
  readonly shape: RunShape
  readonly devices: readonly (DevicePlace | null)[]
  readonly channels: readonly (ChannelPlace | null)[]
  /** Short names of services, by id. */
  readonly codes: ReadonlyMap<string, string>
  readonly coreCount: number
  readonly engineCount: number
  /** How many lines times directions are drawn. */
  readonly drawnLanes: number
}

/** Null where the scenario on the stage no longer has the device or link that was run. */
export function indexStage(geometry: StageGeometry, scenario: Scenario, shape: RunShape): StageIndex {
  let coreCount = 0
  let engineCount = 0
  const devices = shape.devices.map((device) => {
    const firstCore = coreCount
    coreCount += device.cores
    const card = geometry.cardById.get(scenario.topology.nodes[device.node]?.id ?? '')
    if (card === undefined) return null
    const row = card.deviceRows[device.device] ?? null
    const firstEngine = engineCount
    engineCount += row?.engineCells.length ?? 0
    const { id, cores } = device
    const slabBytes = slabBytesOf(scenario.topology.nodes[device.node])
    return { card, row, id, onAccelerator: device.kind === 'gpu', firstCore, cores, firstEngine, slabBytes }
  })
  const lanes = new Map<string, number>()
  const channels = shape.channels.map((_channel, index) => placeChannel(index, geometry, scenario, shape, lanes))
  const codes = serviceCodes(scenario.application.services.map((service) => service.id))
  return { geometry, shape, devices, channels, codes, coreCount, engineCount, drawnLanes: lanes.size }
}

function slabBytesOf(node: Scenario['topology']['nodes'][number] | undefined): number {
  return node?.kind === 'memory' ? node.spec.slabMiB * MIB : 0
}

function placeChannel(
  index: number,
  geometry: StageGeometry,
  scenario: Scenario,
  shape: RunShape,
  lanes: Map<string, number>,
): ChannelPlace | null {
  const channel = shape.channels[index]
  const link = channel === undefined ? undefined : scenario.topology.links[channel.link]
  const from = shape.devices[channel?.from ?? -1]
  const to = shape.devices[channel?.to ?? -1]
  if (channel === undefined || link === undefined || from === undefined || to === undefined) return null
  const drawn = geometry.linkById.get(link.id)
  if (drawn === undefined) return null
  const direction: Direction = scenario.topology.nodes[from.node]?.id === link.from ? 0 : 1
  const line = lineOf(drawn, channel.lane)
  if (line === undefined) return null
  const key = `${link.id} ${drawn.lines.indexOf(line)} ${direction}`
  if (!lanes.has(key)) lanes.set(key, lanes.size)
  return { link: drawn, line, direction, channel: index, drawn: lanes.get(key) ?? 0 }
}
