import type { FaultSpan } from '../../app/fault-spans'
import type { DecisionRow, MigrationRow, Timeline } from '../../simulator/result'
import { fillCurve, logAxis, strokeCurve, timedValues } from '../charts/canvas-curves'
import type { Plot } from '../charts/canvas-plot'
import type { Palette } from '../charts/palette'
import { ticks } from '../charts/scale'
import type { TimeScale } from '../charts/time-axis'
import { microsText } from '../charts/quantity-text'
import { lanesHeight, mostOf, type Lane, type LaneRow } from './lane-model'
import { paintDecisions } from './paint-decisions'
import { paintFaults, shadeFaults } from './paint-faults'
import { paintMigrations } from './paint-migrations'

type Context = CanvasRenderingContext2D

export interface LanesPicture {
  readonly lanes: readonly Lane[]
  readonly timeline: Timeline
  readonly decisions: readonly DecisionRow[]
  readonly migrations: readonly MigrationRow[]
  readonly faults: readonly FaultSpan[]
  readonly simulatedPs: number
  readonly warmupPs: number
  readonly endPs: number
}

/** Everything in the lanes but the playhead. */
export function paintLanes(plot: Plot, scale: TimeScale, picture: LanesPicture) {
  paintRuler(plot, scale, picture)
  paintWarmup(plot, scale, picture)
  shadeFaults(plot, scale, picture)
  for (const lane of picture.lanes) {
    hairline(plot, lane.top + lane.height + 0.5)
    paintLane(plot, scale, lane, picture)
  }
}

function paintLane(plot: Plot, scale: TimeScale, lane: Lane, picture: LanesPicture) {
  switch (lane.kind) {
    case 'simulated':
      paintSimulated(plot, scale, lane, picture)
      break
    case 'decisions':
      paintDecisions(plot, scale, lane, picture.decisions)
      break
    case 'faults':
      paintFaults(plot, scale, lane, picture)
      break
    case 'migrations':
      paintMigrations(plot, scale, lane, picture)
      break
    case 'latency':
      paintLatency(plot, scale, lane, picture.timeline)
      break
    case 'utilization':
    case 'memory':
    case 'link':
      for (const row of lane.rows) paintShare(plot, scale, lane, row, picture.timeline)
      break
    case 'amount':
    case 'queue':
    case 'count':
    case 'waiting':
      paintAmount(plot, scale, lane, picture.timeline)
  }
}

function hairline({ context, palette, width }: Plot, y: number) {
  context.fillStyle = palette.line
  context.fillRect(0, y - 0.5, width, 1)
}

function paintRuler({ context, palette, width }: Plot, scale: TimeScale, { endPs }: LanesPicture) {
  const [start, end] = scale.domain()
  context.font = `10px ${palette.font}`
  for (const time of ticks([start, end], Math.max(20, Math.floor(width / 24)))) {
    context.fillStyle = palette.line2
    context.fillRect(scale(time) - 0.5, 14, 1, 4)
  }
  for (const time of ticks([start, end], Math.max(2, Math.floor(width / 120)))) {
    const x = scale(time)
    context.fillStyle = palette.line2
    context.fillRect(x - 0.5, 10, 1, 8)
    context.fillStyle = palette.ink2
    const text = tickText(time, end - start, endPs)
    const isLast = x > width - 40
    context.textAlign = isLast ? 'right' : 'left'
    context.fillText(text, isLast ? x - 3 : x + 3, 10)
  }
}

/** In one unit for the whole ruler, with the decimals that tell neighbors apart. */
function tickText(ps: number, spanPs: number, endPs: number): string {
  if (ps === 0) return '0'
  const [unit, size] =
    endPs >= 10e12 ? (['s', 1e12] as const) : endPs >= 10e9 ? (['ms', 1e9] as const) : (['µs', 1e6] as const)
  if (size === 1e9 && ps % 1e12 === 0) return `${ps / 1e12} s`
  const digits = Math.max(0, Math.ceil(-Math.log10(spanPs / size / 10)))
  return `${(ps / size).toFixed(Math.min(9, digits))} ${unit}`
}

function paintWarmup({ context, palette }: Plot, scale: TimeScale, { warmupPs, lanes }: LanesPicture) {
  const x = Math.max(0, scale(0))
  const width = scale(warmupPs) - x
  if (width <= 0) return
  context.globalAlpha = 0.22
  context.fillStyle = palette.patterns.warm
  context.fillRect(x, 36, width, lanesHeight(lanes) - 36)
  context.globalAlpha = 1
}

function paintSimulated({ context, palette, width }: Plot, scale: TimeScale, lane: Lane, picture: LanesPicture) {
  const y = lane.top + 5
  const left = Math.max(0, scale(0))
  bar(context, left, y, Math.min(width, scale(picture.endPs)) - left, palette.track)
  bar(context, left, y, Math.min(width, scale(picture.simulatedPs)) - left, palette.line2)
  context.fillStyle = palette.patterns.warm
  context.fillRect(left, y - 2, scale(picture.warmupPs) - left, 10)
}

function bar(context: Context, x: number, y: number, width: number, color: string) {
  if (width <= 0) return
  context.fillStyle = color
  context.beginPath()
  context.roundRect(x, y, Math.max(2, width), 6, 3)
  context.fill()
}

/** Bounds of a latency lane in µs: whole decades around all its values. */
function decadesOf(rows: readonly LaneRow[]): readonly [number, number] {
  const values = rows.flatMap((row) => [...(row.series?.values ?? [])].filter((value) => value > 0))
  if (values.length === 0) return [10, 1000]
  const low = 10 ** Math.floor(Math.log10(values.reduce((a, b) => Math.min(a, b))))
  const high = 10 ** Math.ceil(Math.log10(values.reduce((a, b) => Math.max(a, b)) * 1.0001))
  return [low, Math.max(high, low * 10)]
}

function paintLatency(plot: Plot, scale: TimeScale, lane: Lane, timeline: Timeline) {
  const { context, palette, width } = plot
  const [low, high] = decadesOf(lane.rows)
  const y = logAxis(low, high, lane.top + lane.height - 4, lane.top + 4)
  context.fillStyle = palette.line
  context.fillRect(0, Math.round(y(Math.sqrt(low * high))), width, 1)
  paintPercentiles(plot, scale, lane, timeline, y)
}

function paintPercentiles(
  { context, palette }: Plot,
  scale: TimeScale,
  lane: Lane,
  timeline: Timeline,
  y: (value: number) => number,
) {
  lane.rows.forEach((row, at) => {
    context.strokeStyle = at === 0 ? palette.ink : palette.ink2
    context.lineWidth = at === 0 ? 1.5 : 1.25
    strokeCurve(context, scale, timedValues(row.series, timeline, scale), y)
  })
}

export const latencyLabels = (lane: Lane) => decadesOf(lane.rows).map((value) => microsText(value))

function colorOf({ kind, deviceKind }: Lane, palette: Palette): string {
  if (kind === 'link') return palette.switch
  if (kind === 'memory') return palette.memory
  if (deviceKind === 'nic') return palette.network
  return deviceKind === 'gpu' || deviceKind === 'engine' ? palette.accel : palette.compute
}

function softOf({ kind, deviceKind }: Lane, palette: Palette): string {
  if (kind === 'memory') return palette.memorySoft
  if (deviceKind === 'nic') return palette.networkSoft
  return deviceKind === 'gpu' || deviceKind === 'engine' ? palette.accelSoft : palette.computeSoft
}

function paintShare({ context, palette, width }: Plot, scale: TimeScale, lane: Lane, row: LaneRow, timeline: Timeline) {
  const top = lane.top + row.top
  if (lane.kind !== 'link') {
    context.globalAlpha = 0.55
    context.fillStyle = softOf(lane, palette)
    context.fillRect(0, top + 1, width, row.height - 1)
    context.globalAlpha = 1
  }
  context.fillStyle = colorOf(lane, palette)
  const place = { bottom: top + row.height, height: row.height - 1, most: 1 }
  fillCurve(context, scale, timedValues(row.series, timeline, scale), place)
}

/** From nothing to the most of the run. */
function paintAmount({ context, palette }: Plot, scale: TimeScale, lane: Lane, timeline: Timeline) {
  const values = timedValues(lane.rows[0]?.series, timeline, scale)
  const { memory, wait } = palette.patterns
  context.fillStyle = lane.kind === 'count' ? palette.ink3 : lane.kind === 'amount' ? memory : wait
  const most = lane.kind === 'amount' ? mostOf(lane) : mostOf(lane, 1)
  fillCurve(context, scale, values, { bottom: lane.top + lane.height - 1, height: lane.height - 4, most })
}

/** On a narrow screen: p99 above a track with a tick per decision. */
export function paintPhoneTrack(
  plot: Plot,
  scale: TimeScale,
  latency: Lane | undefined,
  timeline: Timeline,
  decisions: readonly DecisionRow[],
) {
  const { context, palette, width, height } = plot
  bar(context, 0, height - 8, width, palette.line2)
  context.fillStyle = palette.ink
  let last = -Infinity
  for (const { timePs, kind } of decisions) {
    const x = scale(timePs)
    if (kind === 'placement' || kind === 'memory' || x - last < 3) continue
    last = x
    context.fillRect(x - 1, height - 11, 2, 11)
  }
  if (latency === undefined) return
  const [low, high] = decadesOf(latency.rows)
  const p99 = { ...latency, rows: latency.rows.slice(0, 1) }
  paintPercentiles(plot, scale, p99, timeline, logAxis(low, high, height - 14, 4))
}
