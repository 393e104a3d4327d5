import { channelSeries, waitingSeries, type SeriesIndex } from '../../app/series-index'
import type { Scenario } from '../../scenario/scenario'
import type { RunShape } from '../../simulator/display'
import type { Series } from '../../simulator/result'

export type LaneKind =
  | 'simulated'
  | 'decisions'
  | 'faults'
  | 'migrations'
  | 'latency'
  | 'utilization'
  | 'queue'
  | 'count'
  | 'memory'
  | 'amount'
  | 'link'
  | 'waiting'

/** One curve of a lane. */
export interface LaneRow {
  /** Beside the lane's left end: a device's number or an arrow. */
  readonly label: string
  readonly series: Series | undefined
  /** Top within the lane, px. */
  readonly top: number
  readonly height: number
}

export interface Lane {
  readonly key: string
  readonly kind: LaneKind
  readonly name: string
  /** A second line under the name; '' for none. */
  readonly note: string
  /** px from the top of all lanes */
  readonly top: number
  readonly height: number
  readonly rows: readonly LaneRow[]
  /** utilization: which kind of device, or `engine`, for the color. */
  readonly deviceKind: string
}

const rulerHeight = 18
const mostRows = 8
const rowHeight = 12

export interface LaneInput {
  readonly scenario: Scenario
  readonly shape: RunShape
  readonly series: SeriesIndex
  /** Link whose load is shown; '' for the one with most bytes. */
  readonly link: string
}

/** The lanes from top to bottom, in the order of the design. */
export function layLanes(input: LaneInput | null): Lane[] {
  const drafts = [
    draft('simulated', 'simulated', 18),
    draft('decisions', 'decisions', 24),
    ...(input === null || input.scenario.faults.length === 0 ? [] : [draft('faults', 'faults', 24)]),
    draft('migrations', 'migrations', 24),
    ...(input === null
      ? emptyLanes()
      : [
          ...latencyLanes(input),
          ...poolLanes(input),
          ...gpuLanes(input),
          ...engineLanes(input),
          ...replicaLanes(input),
          ...idleMemoryLanes(input),
          ...linkLane(input),
          ...waitingLane(input),
        ]),
  ]
  let top = rulerHeight
  return drafts.map((lane) => {
    const placed = { ...lane, top }
    top += lane.height
    return placed
  })
}

const draft = (
  kind: LaneKind,
  name: string,
  height: number,
  rows: readonly LaneRow[] = [],
  deviceKind = '',
  note = '',
): Lane => ({
  key: `${kind} ${name}`,
  kind,
  name,
  note,
  top: 0,
  height,
  rows,
  deviceKind,
})

const emptyLanes = () => [
  draft('latency', 'latency', 40, [], '', 'p99, p50'),
  draft('utilization', 'utilization', 36),
  draft('waiting', 'waiting', 24),
]

function latencyLanes({ scenario, series }: LaneInput): Lane[] {
  const entries = [...new Set(scenario.workload.sources.map((source) => source.entry))].slice(0, 2)
  return entries.map((id) => {
    const row = (metric: string): LaneRow => ({
      label: '',
      series: series.find('operation', id, metric),
      top: 0,
      height: 40,
    })
    return draft('latency', id, 40, [row('p99_us'), row('p50_us')], '', 'p99, p50')
  })
}

function poolLanes({ scenario, shape, series }: LaneInput): Lane[] {
  return scenario.topology.nodes.flatMap((node, index) => {
    if (node.kind !== 'cpu' && node.kind !== 'gpu') return []
    const devices = shape.devices.filter((device) => device.node === index).slice(0, mostRows)
    const height = devices.length === 1 ? 24 : rowHeight
    const rows = devices.map((device, at) => ({
      label: devices.length === 1 ? '' : String(device.device),
      series: series.find('device', device.id, 'utilization'),
      top: at * height,
      height,
    }))
    return [draft('utilization', `${node.id} utilization`, devices.length * height, rows, node.kind)]
  })
}

/** What kernels of a GPU pool wait for: streams, all devices together, and memory, device by device. */
function gpuLanes({ scenario, shape, series }: LaneInput): Lane[] {
  return scenario.topology.nodes.flatMap((node, index) => {
    if (node.kind !== 'gpu') return []
    const devices = shape.devices.filter((device) => device.node === index)
    const find = (metric: string) => devices.flatMap((device) => series.find('device', device.id, metric) ?? [])
    const queues = find('queue')
    const used = find('memory_used_gib').slice(0, mostRows)
    const height = used.length === 1 ? 24 : rowHeight
    const rows = used.map((one, at) => ({
      label: used.length === 1 ? '' : String(at),
      series: scaled(one, 1 / node.spec.memoryGiB),
      top: at * height,
      height,
    }))
    const queue: LaneRow = { label: '', series: summed(queues), top: 0, height: 24 }
    return [
      ...(queues.length === 0 ? [] : [draft('queue', `${node.id} queue`, 24, [queue], 'gpu')]),
      ...(rows.length === 0 ? [] : [draft('memory', `${node.id} memory`, rows.length * height, rows, 'gpu')]),
    ]
  })
}

/** The engines of NICs, device by device. */
function engineLanes({ scenario, shape, series }: LaneInput): Lane[] {
  return scenario.topology.nodes.flatMap((node, index) => {
    const devices = shape.devices.filter((device) => device.node === index)
    const found = devices.flatMap((device) => {
      const one = series.find('device', device.id, 'engine_utilization')
      return one === undefined ? [] : [{ device: device.device, series: one }]
    })
    const shown = found.slice(0, mostRows)
    const height = shown.length === 1 ? 24 : rowHeight
    const rows = shown.map((one, at) => ({
      label: shown.length === 1 ? '' : String(one.device),
      series: one.series,
      top: at * height,
      height,
    }))
    return rows.length === 0 ? [] : [draft('utilization', `${node.id} engines`, rows.length * height, rows, 'engine')]
  })
}

/** Instances in use of services whose number may change. */
function replicaLanes({ scenario, series }: LaneInput): Lane[] {
  return scenario.application.services.flatMap(({ id }) => {
    const replicas = series.find('service', id, 'replicas')
    return replicas === undefined
      ? []
      : [draft('count', `${id} replicas`, 24, [{ label: '', series: replicas, top: 0, height: 24 }], 'cpu')]
  })
}

/** Memory of no use, where a run has some: leased or out of reach, leased in vain, lost by rounding to slabs. */
function idleMemoryLanes({ series }: LaneInput): Lane[] {
  return (['stranded', 'unused', 'fragmented'] as const).flatMap((name) => {
    const found = series.find('run', '', `memory_${name}_gib`)
    const lane = draft('amount', name, 24, [{ label: '', series: found, top: 0, height: 24 }])
    return mostOf(lane) > 0 ? [lane] : []
  })
}

/** The greatest value of a lane that has no bound of its own. */
export function mostOf({ rows }: Lane, otherwise = 0): number {
  const values = rows.flatMap(({ series }) => [...(series?.values ?? [])])
  return values.reduce((max, value) => (Number.isFinite(value) ? Math.max(max, value) : max), otherwise)
}

const scaled = (series: Series, factor: number): Series => ({
  ...series,
  values: series.values.map((value) => value * factor),
})

function summed(parts: readonly Series[]): Series | undefined {
  const [first] = parts
  if (first === undefined) return undefined
  return {
    ...first,
    values: first.values.map((_value, at) => parts.reduce((sum, part) => sum + (part.values[at] ?? 0), 0)),
  }
}

/** Both directions of the busiest line of the selected link, or of all links. */
function linkLane({ scenario, shape, series, link }: LaneInput): Lane[] {
  const loads = shape.channels.flatMap((channel, at) => {
    const id = scenario.topology.links[channel.link]?.id ?? ''
    const load = channelSeries(series, shape, at, id, 'utilization')
    return load === undefined || (link !== '' && id !== link) ? [] : [{ channel, load, sum: sumOf(load) }]
  })
  const busiest = loads.reduce<(typeof loads)[number] | undefined>(
    (best, each) => (best === undefined || each.sum > best.sum ? each : best),
    undefined,
  )
  if (busiest === undefined) return []
  const { from, to, lane } = busiest.channel
  const nodeOf = (device: number) => scenario.topology.nodes[shape.devices[device]?.node ?? -1]?.id
  const isForward = nodeOf(from) === scenario.topology.links[busiest.channel.link]?.from
  const back = loads.find(({ channel }) => channel.from === to && channel.to === from && channel.lane === lane)
  const [ahead, behind] = isForward ? [busiest.load, back?.load] : [back?.load, busiest.load]
  const names = [from, to].map((device) => shape.devices[device]?.id ?? '')
  const row = (label: string, load: Series | undefined, at: number): LaneRow => ({
    label,
    series: load,
    top: at * rowHeight,
    height: rowHeight,
  })
  const name = (isForward ? names : names.reverse()).join(' ⇄ ')
  return [draft('link', `link ${name}`, 2 * rowHeight, [row('→', ahead, 0), row('←', behind, 1)])]
}

const sumOf = (series: Series) => series.values.reduce((sum, value) => sum + (Number.isFinite(value) ? value : 0), 0)

function waitingLane({ series }: LaneInput): Lane[] {
  return [draft('waiting', 'waiting', 24, [{ label: '', series: waitingSeries(series), top: 0, height: 24 }])]
}

export const lanesHeight = (lanes: readonly Lane[]) => lanes.reduce((sum, lane) => sum + lane.height, rulerHeight)
