import { roundHalfUp } from '../../units/time'
import { capture, reinstate, type Saved } from '../engine/plain-state'
import { growInt } from '../engine/slot-pool'
import { TimeWeighted } from '../statistics/time-weighted'

const FIELDS = ['owner', 'busy', 'head', 'tail', 'next', 'kernels', 'served', 'batches', 'slow', 'off'] as const

/** A GPU as the machine is built. */
export interface GpuDevice {
  /** Peak rates, per ps: the roofline's roof and its slope. */
  readonly flopsPerPs: number
  readonly bytesPerPs: number
  readonly launchPs: number
  readonly streams: number
}

/** @see Williams, Waterman, Patterson, Roofline, CACM 52(4), 2009: attainable rate = min(peak, intensity × bandwidth) */
function rooflinePs(flops: number, flopsPerPs: number, bytes: number, bytesPerPs: number): number {
  return roundHalfUp(Math.max(flops / flopsPerPs, bytes / bytesPerPs))
}

/**
 * The streams of every GPU, first come first served. What queues for them and runs on them are batches of one or more
 * kernels, integer handles of the services.
 */
export class Gpus {
  /** First stream of a device in `owner`. */
  private readonly first: Int32Array
  /** Batch on each stream; -1: idle. */
  owner: Int32Array
  /** Streams in use per device. */
  busy: Int32Array
  head: Int32Array
  tail: Int32Array
  /** Links the queues, one entry per batch. */
  next = new Int32Array(64)
  /** Kernels that are bound for a device, wait there or run there. */
  kernels: Int32Array
  /** Kernels, and batches, that have run. */
  served: Float64Array
  batches: Float64Array
  /** How many times slower launches that start now are; 1 is normal. */
  slow: Float64Array
  /** 1 where the device is down. */
  off: Uint8Array
  readonly busyStreams: TimeWeighted
  /** Kernels that are at the device and do not run yet. */
  readonly queue: TimeWeighted

  /** @param devices one entry per device of the rack; null: no GPU */
  constructor(readonly devices: readonly (GpuDevice | null)[]) {
    const n = devices.length
    this.first = new Int32Array(n + 1)
    devices.forEach((device, i) => (this.first[i + 1] = this.first[i] + (device?.streams ?? 0)))
    this.owner = new Int32Array(this.first[n]).fill(-1)
    this.busy = new Int32Array(n)
    this.head = new Int32Array(n).fill(-1)
    this.tail = new Int32Array(n).fill(-1)
    this.kernels = new Int32Array(n)
    this.served = new Float64Array(n)
    this.batches = new Float64Array(n)
    this.slow = new Float64Array(n).fill(1)
    this.off = new Uint8Array(n)
    this.busyStreams = new TimeWeighted(n)
    this.queue = new TimeWeighted(n)
  }

  /** How long a launch with so much work takes, ps. */
  kernelPs(index: number, flops: number, bytes: number): number {
    const { launchPs, flopsPerPs, bytesPerPs } = this.devices[index]!
    const ps = launchPs + rooflinePs(flops, flopsPerPs, bytes, bytesPerPs)
    return this.slow[index] === 1 ? ps : roundHalfUp(ps * this.slow[index])
  }

  enqueue(index: number, batch: number): void {
    if (batch >= this.next.length) this.next = growInt(this.next, batch + 1)
    this.next[batch] = -1
    if (this.head[index] < 0) this.head[index] = batch
    else this.next[this.tail[index]] = batch
    this.tail[index] = batch
  }

  /** A waiting batch leaves the queue without having run. */
  remove(index: number, batch: number): void {
    let before = -1
    for (let at = this.head[index]; at !== batch; at = this.next[at]!) before = at
    if (before < 0) this.head[index] = this.next[batch]!
    else this.next[before] = this.next[batch]!
    if (this.tail[index] === batch) this.tail[index] = before
  }

  /** The first waiting batch and the lowest idle stream; -1 where there are not both. The batch leaves the queue. */
  begin(index: number, now: number): number {
    const batch = this.head[index]
    if (batch < 0 || this.off[index] === 1 || this.busy[index] >= this.devices[index]!.streams) return -1
    this.head[index] = this.next[batch]!
    if (this.head[index] < 0) this.tail[index] = -1
    let stream = this.first[index]
    while (this.owner[stream] >= 0) stream += 1
    this.owner[stream] = batch
    this.busy[index] += 1
    this.busyStreams.add(index, 1, now)
    return batch
  }

  /** Stream of the device that a batch runs on. */
  streamOf(index: number, batch: number): number {
    let stream = this.first[index]
    while (this.owner[stream] !== batch) stream += 1
    return stream - this.first[index]
  }

  /** The batches on the streams of a device. */
  running(index: number): readonly number[] {
    return [...this.owner.subarray(this.first[index], this.first[index + 1])].filter((batch) => batch >= 0)
  }

  /** A batch of `kernels` kernels has run; its stream is idle. */
  end(index: number, batch: number, kernels: number, now: number): void {
    this.owner[this.first[index] + this.streamOf(index, batch)] = -1
    this.busy[index] -= 1
    this.busyStreams.add(index, -1, now)
    this.served[index] += kernels
    this.batches[index] += 1
  }

  save(): Saved {
    return {
      ...capture(this, FIELDS),
      busyStreams: this.busyStreams.save(),
      queue: this.queue.save(),
    }
  }

  restore(saved: Saved): void {
    reinstate(this, FIELDS, saved)
    this.busyStreams.restore(saved['busyStreams'] as never)
    this.queue.restore(saved['queue'] as never)
  }
}
