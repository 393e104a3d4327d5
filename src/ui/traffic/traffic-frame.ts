import type { ActiveState } from '../../app/playback'
import { Kind, phaseIndex } from '../../app/segment-kind'
import {
  bandSegments,
  exemplarStride,
  isExemplar,
  maxExemplars,
  nextLevel,
  scramble,
  type DetailLevel,
} from './level-of-detail'
import type { StageIndex } from './stage-index'

/** How one core is used; the value in `core`. */
export const CoreUse = { idle: 0, compute: 1, memory: 2, accel: 3 } as const

/** Shown as motion only if it lasts this long on the wall, s. */
const readableSeconds = 0.15

export interface FrameOptions {
  /** ps of simulated time per second of wall time while playing in readable time; 0 draws all motion. */
  readonly readableSpeed: number
}

/** Something that is drawn on a link. */
interface Travelers {
  count: number
  /** Index into the shape's channels. */
  channel: Int32Array
  /** 0..1 */
  fraction: Float32Array
  /** Index into the phases: 2 memory train, 3 request; 7: memory that moves. */
  color: Uint8Array
  operation: Int16Array
  request: Float64Array
}

/** Everything the painters draw of one instant, and the numbers that the labels say. */
export interface TrafficFrame {
  timePs: number
  level: DetailLevel
  /** Different root requests. */
  requests: number
  /** Places where a request is: one more than `requests` for each parallel branch beyond the first. */
  marks: number
  /** Marks per phase: wait, compute, memory, network, accel, outside. */
  phases: Int32Array
  trains: number
  chunks: number
  /** Marks per device: waiting for a worker or a core, for a page, at a NIC, outside, held by a stopped instance. */
  waiting: Int32Array
  pageWaits: Int32Array
  atNic: Int32Array
  outside: Int32Array
  frozen: Int32Array
  /** Kernels per device that wait for others to make a batch with. */
  batching: Int32Array
  /** Messages and steps in or before every engine. */
  engines: Int32Array
  /** Memory trains in service, per device. */
  serving: Int32Array
  /** Messages and trains waiting at the port of a channel. */
  portQueue: Int32Array
  /** Use of every core, and the request on it (-1). */
  core: Uint8Array
  coreRequest: Float64Array
  travelers: Travelers
  /** Bands: travelers per drawn lane and segment, requests and trains apart. */
  bands: Float32Array
  trainBands: Float32Array
  bandCount: number
  exemplars: number
  /** One exemplar stands for so many. */
  stride: number
  /** Travelers per channel too short to be seen moving at this speed. */
  pulses: Int32Array
  pulseCount: number
}

const emptyTravelers = (size: number): Travelers => ({
  count: 0,
  channel: new Int32Array(size),
  fraction: new Float32Array(size),
  color: new Uint8Array(size),
  operation: new Int16Array(size),
  request: new Float64Array(size),
})

/** Turns segments into frames. Its columns are used again for every frame. */
export class FrameBuilder {
  readonly frame: TrafficFrame
  private readonly seen = new RequestSet()

  constructor(readonly index: StageIndex) {
    const devices = index.shape.devices.length
    const channels = index.shape.channels.length
    this.frame = {
      timePs: 0,
      level: 'dots',
      requests: 0,
      marks: 0,
      phases: new Int32Array(8),
      trains: 0,
      chunks: 0,
      waiting: new Int32Array(devices),
      pageWaits: new Int32Array(devices),
      atNic: new Int32Array(devices),
      outside: new Int32Array(devices),
      frozen: new Int32Array(devices),
      batching: new Int32Array(devices),
      engines: new Int32Array(index.engineCount),
      serving: new Int32Array(devices),
      portQueue: new Int32Array(channels),
      core: new Uint8Array(index.coreCount),
      coreRequest: new Float64Array(index.coreCount),
      travelers: emptyTravelers(4096),
      bands: new Float32Array(index.drawnLanes * bandSegments),
      trainBands: new Float32Array(index.drawnLanes * bandSegments),
      bandCount: 0,
      exemplars: 0,
      stride: 1,
      pulses: new Int32Array(channels),
      pulseCount: 0,
    }
  }

  build(active: ActiveState, options: FrameOptions): TrafficFrame {
    const { frame } = this
    this.clear(active.timePs)
    for (let at = 0; at < active.count; at += 1) this.add(active, active.indices[at] ?? 0, options)
    frame.requests = this.seen.size
    frame.marks = frame.phases.subarray(0, 6).reduce((sum, count) => sum + count, 0)
    const drawn = Math.max(frame.marks, frame.travelers.count)
    frame.level = nextLevel(frame.level, drawn)
    if (frame.level === 'bands') this.fold(drawn)
    return frame
  }

  private clear(timePs: number) {
    const { frame } = this
    frame.timePs = timePs
    frame.trains = 0
    frame.chunks = 0
    frame.pulseCount = 0
    frame.exemplars = 0
    frame.bandCount = 0
    frame.stride = 1
    frame.travelers.count = 0
    frame.phases.fill(0)
    for (const column of [frame.waiting, frame.pageWaits, frame.atNic, frame.outside, frame.frozen]) column.fill(0)
    for (const column of [frame.serving, frame.portQueue, frame.pulses, frame.batching, frame.engines]) column.fill(0)
    frame.core.fill(CoreUse.idle)
    frame.coreRequest.fill(-1)
    this.seen.clear()
  }

  private add(active: ActiveState, index: number, options: FrameOptions) {
    const { segments } = active.window
    const kind = segments.kind[index] ?? 0
    const place = segments.place[index] ?? 0
    const request = segments.request[index] ?? -1
    const isOnDevice =
      kind !== Kind.portQueue && kind !== Kind.link && kind !== Kind.memoryLink && kind !== Kind.bulkLink
    const device = isOnDevice ? this.index.devices[place] : null
    const phase = phaseIndex(kind, device?.onAccelerator === true)
    if (phase < 6) {
      this.frame.phases[phase] = (this.frame.phases[phase] ?? 0) + 1
      this.seen.add(request)
    } else if (kind === Kind.bulkLink) this.frame.chunks += 1
    else this.frame.trains += 1
    if (isOnDevice) this.addOnDevice(kind, place, segments.detail[index] ?? 0, request)
    else if (kind === Kind.portQueue) increment(this.frame.portQueue, place)
    else this.addTraveler(active, index, kind, options)
  }

  private addOnDevice(kind: number, device: number, detail: number, request: number) {
    const { frame } = this
    if (kind === Kind.core || kind === Kind.memoryStall || kind === Kind.kernel) {
      const place = this.index.devices[device]
      if (place === undefined || place === null) return
      const core = place.firstCore + detail
      frame.core[core] =
        kind === Kind.memoryStall
          ? CoreUse.memory
          : kind === Kind.kernel || place.onAccelerator
            ? CoreUse.accel
            : CoreUse.compute
      frame.coreRequest[core] = request
    } else if (kind === Kind.workerQueue || kind === Kind.coreQueue || kind === Kind.kernelQueue)
      increment(frame.waiting, device)
    else if (kind === Kind.kernelBatch) increment(frame.batching, device)
    else if (kind === Kind.engine) increment(frame.engines, (this.index.devices[device]?.firstEngine ?? 0) + detail)
    else if (kind === Kind.pageWait) increment(frame.pageWaits, device)
    else if (kind === Kind.nic) increment(frame.atNic, device)
    else if (kind === Kind.delay) increment(frame.outside, device)
    else if (kind === Kind.frozen) increment(frame.frozen, device)
    else if (kind === Kind.memoryService) increment(frame.serving, device)
  }

  private addTraveler(active: ActiveState, index: number, kind: number, options: FrameOptions) {
    const { segments } = active.window
    const { frame } = this
    const start = segments.start[index] ?? 0
    const length = Math.min(segments.end[index] ?? 0, 1e300) - start
    const channel = segments.place[index] ?? 0
    if (options.readableSpeed > 0 && length < readableSeconds * options.readableSpeed) {
      increment(frame.pulses, channel)
      frame.pulseCount += 1
      return
    }
    const list = frame.travelers.count < frame.travelers.channel.length ? frame.travelers : this.moreTravelers()
    const at = list.count++
    list.channel[at] = channel
    list.fraction[at] = (active.timePs - start) / length
    list.color[at] = kind === Kind.memoryLink ? 2 : kind === Kind.bulkLink ? 7 : 3
    list.operation[at] = segments.operation[index] ?? -1
    list.request[at] = segments.request[index] ?? -1
  }

  private moreTravelers(): Travelers {
    const old = this.frame.travelers
    const more = emptyTravelers(2 * old.channel.length)
    more.count = old.count
    more.channel.set(old.channel)
    more.fraction.set(old.fraction)
    more.color.set(old.color)
    more.operation.set(old.operation)
    more.request.set(old.request)
    this.frame.travelers = more
    return more
  }

  /** Counts travelers into bands and keeps only exemplars and chunks as dots. */
  private fold(drawn: number) {
    const { frame } = this
    const { travelers: list, bands, trainBands } = frame
    bands.fill(0)
    trainBands.fill(0)
    frame.stride = exemplarStride(drawn)
    let kept = 0
    for (let at = 0; at < list.count; at += 1) {
      const lane = this.index.channels[list.channel[at] ?? 0]?.drawn ?? -1
      const color = list.color[at] ?? 0
      const isKept = color === 7 || (frame.exemplars < maxExemplars && isExemplar(list.request[at] ?? 0, frame.stride))
      if (color !== 7 && lane >= 0) {
        const segment = Math.min(bandSegments - 1, Math.floor((list.fraction[at] ?? 0) * bandSegments))
        increment(color === 2 ? trainBands : bands, lane * bandSegments + segment)
        frame.bandCount += 1
      }
      if (!isKept) continue
      if (color !== 7) frame.exemplars += 1
      copyTraveler(list, at, kept)
      kept += 1
    }
    list.count = kept
  }
}

function copyTraveler(list: Travelers, from: number, to: number) {
  list.channel[to] = list.channel[from] ?? 0
  list.fraction[to] = list.fraction[from] ?? 0
  list.color[to] = list.color[from] ?? 0
  list.operation[to] = list.operation[from] ?? 0
  list.request[to] = list.request[from] ?? 0
}

function increment(column: Int32Array | Float32Array, index: number) {
  column[index] = (column[index] ?? 0) + 1
}

/** A set of request numbers that makes no garbage: open addressing, cleared by a new mark. */
class RequestSet {
  size = 0
  private mark = 0
  private keys = new Float64Array(4096)
  private marks = new Uint32Array(4096)

  clear() {
    this.size = 0
    this.mark += 1
  }

  add(request: number) {
    const mask = this.keys.length - 1
    let slot = scramble(request) & mask
    while (this.marks[slot] === this.mark) {
      if (this.keys[slot] === request) return
      slot = (slot + 1) & mask
    }
    this.marks[slot] = this.mark
    this.keys[slot] = request
    this.size += 1
    if (this.size > this.keys.length / 2) this.grow()
  }

  private grow() {
    const old = this.keys.filter((_key, slot) => this.marks[slot] === this.mark)
    this.keys = new Float64Array(2 * this.keys.length)
    this.marks = new Uint32Array(this.keys.length)
    this.size = 0
    for (const key of old) this.add(key)
  }
}
