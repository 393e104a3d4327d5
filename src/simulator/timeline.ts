import { GIB } from '../units/data'
import { capture, reinstate, type Plain, type Saved } from './engine/plain-state'
import type { RunShape } from './display'
import type { Series, Timeline } from './result'
import type { Machine } from './services/machine'

/** Buckets of a run; fewer where there are very many series, so that memory stays bounded. */
const MOST_BUCKETS = 600
const FEWEST_BUCKETS = 60
const MOST_VALUES = 3_000_000

interface Meter {
  readonly scope: string
  readonly id: string
  readonly metric: string
  readonly unit: string
  /** A total that grows, or (`now`) what it is at the end of a bucket. */
  readonly read: (now: number) => number
  readonly now?: boolean
  /** Divides the growth per ps. */
  readonly per: number
}

/** Means per bucket of equal width over a whole run: utilization, queues, link load, latency percentiles. */
export class TimelineRecorder {
  readonly bucketPs: number
  readonly buckets: number
  private readonly meters: readonly Meter[]
  private filled = 0
  private last: Float64Array
  private values: Float64Array

  constructor(machine: Machine, shape: RunShape, linkIds: readonly string[]) {
    this.meters = [
      ...runMeters(machine),
      ...deviceMeters(machine, shape),
      ...channelMeters(machine, shape, linkIds),
      ...latencyMeters(machine, shape),
    ]
    const most = Math.max(
      FEWEST_BUCKETS,
      Math.min(MOST_BUCKETS, Math.floor(MOST_VALUES / Math.max(1, this.meters.length))),
    )
    this.bucketPs = Math.max(1, Math.ceil(shape.endPs / most))
    this.buckets = Math.ceil(shape.endPs / this.bucketPs)
    this.last = new Float64Array(this.meters.length)
    this.values = new Float64Array(this.meters.length * this.buckets).fill(NaN)
  }

  /** The bucket that ends now is full. */
  tick(machine: Machine, now: number): void {
    const width = now - this.filled * this.bucketPs
    if (this.filled >= this.buckets || width <= 0) return
    this.meters.forEach((meter, i) => {
      const total = meter.read(now)
      const value = meter.now ? total : (total - this.last[i]) / (width * meter.per)
      this.values[i * this.buckets + this.filled] = value
      this.last[i] = total
    })
    for (const histogram of machine.measures.recent) histogram?.reset()
    this.filled += 1
  }

  result(): Timeline {
    const series = this.meters.map(({ scope, id, metric, unit }, i): Series => ({
      scope,
      id,
      metric,
      unit,
      values: this.values.slice(i * this.buckets, (i + 1) * this.buckets),
    }))
    return { bucketPs: this.bucketPs, filled: this.filled, series }
  }

  save(): Saved {
    return capture(this as unknown as Record<string, Plain>, ['filled', 'last', 'values'])
  }

  restore(saved: Saved): void {
    reinstate(this as unknown as Record<string, Plain>, ['filled', 'last', 'values'], saved)
  }
}

function runMeters(machine: Machine): Meter[] {
  const { inHouse } = machine.measures
  const meter = (metric: string, i: number): Meter => ({
    scope: 'run',
    id: '',
    metric,
    unit: '',
    per: 1,
    read: (now) => inHouse.integralAt(i, now),
  })
  return [meter('in_flight', 0), meter('waiting_for_worker', 1)]
}

function deviceMeters(machine: Machine, shape: RunShape): Meter[] {
  const { cores, memory, nics, engines, gpus, slabs, local } = machine
  return shape.devices.flatMap((device, i): Meter[] => {
    const of = (metric: string, unit: string, per: number, read: (now: number) => number, now = false): Meter => ({
      scope: 'device',
      id: device.id,
      metric,
      unit,
      per,
      read,
      now,
    })
    const core = (): Meter[] => [
      of('utilization', '', cores.count[i], (now) => cores.busyCores.integralAt(i, now)),
      of('queue', '', 1, (now) => cores.queue.integralAt(i, now)),
    ]
    if (device.kind === 'cpu') return [...core(), of('memory_used_gib', 'GiB', 1, () => local.used[i] / GIB, true)]
    if (device.kind === 'memory')
      return [
        of('utilization', '', memory.devices[i]!.channels, (now) => memory.workedUntil(i, now)),
        of('memory_used_gib', 'GiB', 1, () => slabs.usedBytes(i) / GIB, true),
      ]
    if (device.kind === 'gpu')
      return [
        of('utilization', '', gpus.devices[i]!.streams, (now) => gpus.busyStreams.integralAt(i, now)),
        of('queue', '', 1, (now) => gpus.queue.integralAt(i, now)),
        of('memory_used_gib', 'GiB', 1, () => local.used[i] / GIB, true),
      ]
    if (device.kind === 'nic') {
      const pipeline = of('pipeline_utilization', '', 1, (now) => nics.workedUntil(i, now))
      const engine = of('engine_utilization', '', engines.count(i), (now) => engines.workedUntil(i, now))
      return [pipeline, ...(cores.count[i] > 0 ? core() : []), ...(engines.count(i) > 0 ? [engine] : [])]
    }
    return []
  })
}

function channelMeters(machine: Machine, shape: RunShape, linkIds: readonly string[]): Meter[] {
  const { ports } = machine.fabric
  return shape.channels.map((channel, i): Meter => ({
    scope: 'link',
    id: channelName(shape, linkIds, i),
    metric: 'utilization',
    unit: '',
    per: 1,
    read: (now) => (channel.link < 0 ? 0 : ports.workedUntil(i, now)),
  }))
}

/** `cpu-tor/0 cpu.0>tor`: link, lane, direction. */
function channelName(shape: RunShape, linkIds: readonly string[], channel: number): string {
  const { link, lane, from, to } = shape.channels[channel]
  return `${linkIds[link]}/${lane} ${shape.devices[from].id}>${shape.devices[to].id}`
}

function latencyMeters(machine: Machine, shape: RunShape): Meter[] {
  return machine.measures.recent.flatMap((histogram, operation): Meter[] => {
    if (!histogram) return []
    const of = (metric: string, read: () => number): Meter => ({
      scope: 'operation',
      id: shape.operations[operation],
      metric,
      unit: 'us',
      per: 1,
      read,
      now: true,
    })
    return [of('p50_us', () => histogram.percentile(0.5) / 1e6), of('p99_us', () => histogram.percentile(0.99) / 1e6)]
  })
}
