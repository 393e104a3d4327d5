import { GIB } from '../units/data'
import { capture, reinstate, type Plain, type Saved } from './engine/plain-state'
import type { RunShape } from './display'
import { accounts, type MemoryAccount } from './memory-account'
import type { Series, Timeline } from './result'
import { RowPercentiles, SHARES } from './row-percentiles'
import type { Machine } from './services/machine'

/** Buckets of a run; fewer where there are very many series, so that memory stays bounded. */
const MOST_BUCKETS = 600
const FEWEST_BUCKETS = 60
const MOST_VALUES = 3_000_000

/** Reads item `i` at `now`: a total that grows, or (`isLevel`) what it is at the end of a bucket. */
interface Gauge {
  readonly metric: string
  readonly unit: string
  readonly isLevel: boolean
  readonly read: (i: number, now: number) => number
  /** Of a percentile: which of `SHARES` it is. */
  readonly share?: number
}

interface Meter {
  readonly scope: string
  readonly id: string
  readonly gauge: Gauge
  readonly item: number
  /** Divides the growth per ps. */
  readonly per: number
}

/** The meters of one gauge, read one after another. */
interface Bank {
  readonly gauge: Gauge
  readonly meters: Int32Array
  readonly items: Int32Array
  readonly per: Float64Array
}

function banksOf(meters: readonly Meter[]): readonly Bank[] {
  return [...new Set(meters.map((meter) => meter.gauge))].map((gauge) => {
    const own = [...meters.keys()].filter((i) => meters[i].gauge === gauge)
    return {
      gauge,
      meters: Int32Array.from(own),
      items: Int32Array.from(own, (i) => meters[i].item),
      per: Float64Array.from(own, (i) => meters[i].per),
    }
  })
}

/** Means per bucket of equal width over a whole run: utilization, queues, link load, latency percentiles. */
export class TimelineRecorder {
  readonly bucketPs: number
  readonly buckets: number
  private readonly meters: readonly Meter[]
  private readonly banks: readonly Bank[]
  private filled = 0
  private last: Float64Array
  /** A row per bucket, a column per meter. */
  private values: Float64Array
  private readonly rows: RowPercentiles

  constructor(machine: Machine, shape: RunShape, linkIds: readonly string[], account: MemoryAccount) {
    this.meters = [
      ...runMeters(machine),
      ...memoryMeters(account),
      ...deviceMeters(machine, shape),
      ...channelMeters(machine, shape, linkIds),
      ...latencyMeters(machine, shape),
      ...replicaMeters(machine),
    ]
    this.banks = banksOf(this.meters)
    const most = Math.max(
      FEWEST_BUCKETS,
      Math.min(MOST_BUCKETS, Math.floor(MOST_VALUES / Math.max(1, this.meters.length))),
    )
    this.bucketPs = Math.max(1, Math.ceil(shape.endPs / most))
    this.buckets = Math.ceil(shape.endPs / this.bucketPs)
    this.last = new Float64Array(this.meters.length)
    this.values = new Float64Array(this.meters.length * this.buckets).fill(NaN)
    this.rows = new RowPercentiles(this.buckets, machine.measures.recent)
  }

  /** The bucket that ends now is full. */
  tick(machine: Machine, now: number): void {
    const width = now - this.filled * this.bucketPs
    if (this.filled >= this.buckets || width <= 0) return
    for (const bank of this.banks) this.readBank(bank, now, width)
    this.rows.add(this.filled, machine.measures.recent)
    for (const histogram of machine.measures.recent) histogram?.reset()
    this.filled += 1
  }

  private readBank({ gauge, meters, items, per }: Bank, now: number, width: number): void {
    const { last, values } = this
    const { read, isLevel } = gauge
    const row = this.filled * this.meters.length
    for (let i = 0; i < meters.length; i += 1) {
      const at = meters[i]
      const total = read(items[i], now)
      values[row + at] = isLevel ? total : (total - last[at]) / (width * per[i])
      last[at] = total
    }
  }

  result(): Timeline {
    const width = this.meters.length
    const series = this.meters.map(({ scope, id, gauge: { metric, unit, share }, item }, i): Series => ({
      ...{ scope, id, metric, unit },
      values: Float64Array.from({ length: this.buckets }, (_, bucket) => this.values[bucket * width + i]),
      ...(share === undefined ? {} : { rows: this.rows.of(item, share).map((ps) => ps / 1e6) }),
    }))
    return { bucketPs: this.bucketPs, joined: this.rows.joined, filled: this.filled, series }
  }

  save(): Saved {
    const own = capture(this as unknown as Record<string, Plain>, ['filled', 'last', 'values'])
    return { ...own, rows: this.rows.save() }
  }

  restore(saved: Saved): void {
    reinstate(this as unknown as Record<string, Plain>, ['filled', 'last', 'values'], saved)
    this.rows.restore(saved['rows'] as Saved)
  }
}

const total = (metric: string, read: Gauge['read']): Gauge => ({ metric, unit: '', isLevel: false, read })

const level = (metric: string, unit: string, read: Gauge['read']): Gauge => ({ metric, unit, isLevel: true, read })

function runMeters(machine: Machine): Meter[] {
  const { inHouse } = machine.measures
  return ['in_flight', 'waiting_for_worker'].map((metric, item) => ({
    scope: 'run',
    id: '',
    gauge: total(metric, (i, now) => inHouse.integralAt(i, now)),
    item,
    per: 1,
  }))
}

/** Memory of no use, where memory can be taken back. */
function memoryMeters({ isOn, time }: MemoryAccount): Meter[] {
  if (!isOn) return []
  return accounts.map((name, item) => ({
    scope: 'run',
    id: '',
    gauge: { ...total(`memory_${name}_gib`, (i, now) => time.integralAt(i, now)), unit: 'GiB' },
    item,
    per: GIB,
  }))
}

/** What is read of devices, by what it stands for. */
function deviceGauges(machine: Machine) {
  const { cores, memory, nics, engines, gpus, slabs, local } = machine
  return {
    cores: total('utilization', (i, now) => cores.busyCores.integralAt(i, now)),
    queue: total('queue', (i, now) => cores.queue.integralAt(i, now)),
    local: level('memory_used_gib', 'GiB', (i) => (local.used[i] + local.held[i]) / GIB),
    channels: total('utilization', (i, now) => memory.workedUntil(i, now)),
    slabs: level('memory_used_gib', 'GiB', (i) => slabs.usedBytes(i) / GIB),
    streams: total('utilization', (i, now) => gpus.busyStreams.integralAt(i, now)),
    kernels: total('queue', (i, now) => gpus.queue.integralAt(i, now)),
    pipeline: total('pipeline_utilization', (i, now) => nics.workedUntil(i, now)),
    engines: total('engine_utilization', (i, now) => engines.workedUntil(i, now)),
  }
}

function deviceMeters(machine: Machine, shape: RunShape): Meter[] {
  const { cores, memory, engines, gpus } = machine
  const gauges = deviceGauges(machine)
  return shape.devices.flatMap(({ id, kind }, item): Meter[] => {
    const of = (gauge: Gauge, per = 1): Meter => ({ scope: 'device', id, gauge, item, per })
    const core = (): Meter[] => [of(gauges.cores, cores.count[item]), of(gauges.queue)]
    switch (kind) {
      case 'cpu':
        return [...core(), of(gauges.local)]
      case 'memory':
        return [of(gauges.channels, memory.devices[item]!.channels), of(gauges.slabs)]
      case 'gpu':
        return [of(gauges.streams, gpus.devices[item]!.streams), of(gauges.kernels), of(gauges.local)]
      case 'nic': {
        const engine = engines.count(item) > 0 ? [of(gauges.engines, engines.count(item))] : []
        return [of(gauges.pipeline), ...(cores.count[item] > 0 ? core() : []), ...engine]
      }
      default:
        return []
    }
  })
}

function channelMeters(machine: Machine, shape: RunShape, linkIds: readonly string[]): Meter[] {
  const { ports } = machine.fabric
  const gauge = total('utilization', (i, now) => (shape.channels[i].link < 0 ? 0 : ports.workedUntil(i, now)))
  return shape.channels.map((_, item): Meter => ({
    scope: 'link',
    id: channelName(shape, linkIds, item),
    gauge,
    item,
    per: 1,
  }))
}

/** `cpu-tor/0 cpu.0>tor`: link, lane, direction. */
function channelName(shape: RunShape, linkIds: readonly string[], channel: number): string {
  const { link, lane, from, to } = shape.channels[channel]
  return `${linkIds[link]}/${lane} ${shape.devices[from].id}>${shape.devices[to].id}`
}

function latencyMeters(machine: Machine, shape: RunShape): Meter[] {
  const { recent } = machine.measures
  const percentile = (metric: string, share: number): Gauge => ({
    ...level(metric, 'us', (i) => recent[i]!.percentile(SHARES[share]) / 1e6),
    share,
  })
  const half = percentile('p50_us', 0)
  const most = percentile('p99_us', 1)
  return recent.flatMap((histogram, item): Meter[] => {
    const of = (gauge: Gauge): Meter => ({ scope: 'operation', id: shape.operations[item], gauge, item, per: 1 })
    return histogram ? [of(half), of(most)] : []
  })
}

/** Instances in use of the services whose number may change. */
function replicaMeters({ instances, lives }: Machine): Meter[] {
  const gauge = total('replicas', (i, now) => lives.up.integralAt(i, now))
  return instances.services.flatMap(({ id, isElastic }, item): Meter[] =>
    isElastic ? [{ scope: 'service', id, gauge, item, per: 1 }] : [],
  )
}
