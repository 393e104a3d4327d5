import { roundHalfUp } from '../../units/time'
import { capture, reinstate, type Saved } from '../engine/plain-state'

const FIELDS = ['channelFree', 'worked', 'served', 'turn'] as const

export const LINE_BYTES = 64
export const PAGE_BYTES = 4096

/** A memory device as the machine is built; times in ps. */
export interface MemoryDevice {
  readonly channels: number
  /** Bus time of one 64-byte line on one channel. */
  readonly linePs: number
  /** Controller and array, pipelined. */
  readonly latencyPs: number
  /** To the channels and back for the cores next to them. */
  readonly nearPs: number
  readonly slabBytes: number
  readonly slabs: number
}

/** @param rowMissNs mean of a miss; a hit where the row is open, by `rowHitRatio` */
export function memoryDevice(spec: {
  readonly channels: number
  readonly channelBandwidthGBps: number
  readonly rowHitNs: number
  readonly rowMissNs: number
  readonly rowHitRatio: number
  readonly controllerNs: number
  readonly nearLatencyNs: number
  readonly slabMiB: number
  readonly capacityGiB: number
}): MemoryDevice {
  const array = spec.rowHitRatio * spec.rowHitNs + (1 - spec.rowHitRatio) * spec.rowMissNs
  return {
    channels: spec.channels,
    linePs: roundHalfUp((LINE_BYTES * 1000) / spec.channelBandwidthGBps),
    latencyPs: roundHalfUp((spec.controllerNs + array) * 1000),
    nearPs: roundHalfUp(spec.nearLatencyNs * 1000),
    slabBytes: spec.slabMiB * 1048576,
    slabs: Math.floor((spec.capacityGiB * 1024) / spec.slabMiB),
  }
}

/** When the first and the last piece of an answer are ready, ps. */
export interface Served {
  first: number
  last: number
}

/**
 * Bandwidth and latency of memory devices: a train of lines is dealt out to the channels in turn, each channel works
 * first come first served, the latency behind is pipelined.
 */
export class MemoryChannels {
  private readonly firstChannel: Int32Array
  channelFree: Float64Array
  /** Bus time taken on per device, ps. */
  worked: Float64Array
  /** Lines served per device. */
  served: Float64Array
  /** Channel that gets the next line. */
  turn: Int32Array
  readonly answer: Served = { first: 0, last: 0 }

  /** @param devices one entry per device of the rack; null: no memory pool */
  constructor(readonly devices: readonly (MemoryDevice | null)[]) {
    this.firstChannel = new Int32Array(devices.length)
    let channels = 0
    devices.forEach((device, index) => {
      this.firstChannel[index] = channels
      channels += device?.channels ?? 0
    })
    this.channelFree = new Float64Array(channels)
    this.worked = new Float64Array(devices.length)
    this.served = new Float64Array(devices.length)
    this.turn = new Int32Array(devices.length)
  }

  /**
   * Serves `units` pieces of `lines` lines each that arrive evenly from `first` to `last`; the result is in `answer`.
   */
  serve(index: number, units: number, lines: number, first: number, last: number): Served {
    const device = this.devices[index]!
    const base = this.firstChannel[index]
    const total = units * lines
    const used = Math.min(device.channels, total)
    const { answer } = this
    answer.first = Infinity
    answer.last = 0
    const head = Math.ceil(lines / Math.min(device.channels, lines)) * device.linePs
    for (let i = 0; i < used; i += 1) {
      const channel = base + ((this.turn[index] + i) % device.channels)
      const mine = Math.floor(total / used) + (i < total % used ? 1 : 0)
      const start = Math.max(first, this.channelFree[channel])
      const done = Math.max(last + device.linePs, start + mine * device.linePs)
      this.channelFree[channel] = start + mine * device.linePs
      answer.first = Math.min(answer.first, start + head)
      answer.last = Math.max(answer.last, done)
    }
    this.turn[index] = (this.turn[index] + total) % device.channels
    this.worked[index] += total * device.linePs
    this.served[index] += units
    answer.first += device.latencyPs
    answer.last = Math.max(answer.first, answer.last + device.latencyPs)
    return answer
  }

  /** The same on an idle device, which stays as it is. */
  unloaded(index: number, units: number, lines: number, first: number, last: number): Served {
    const device = this.devices[index]!
    const total = units * lines
    const used = Math.min(device.channels, total)
    const most = Math.ceil(total / used)
    const head = Math.ceil(lines / Math.min(device.channels, lines)) * device.linePs
    const { answer } = this
    answer.first = first + head + device.latencyPs
    answer.last = Math.max(
      answer.first,
      Math.max(last + device.linePs, first + most * device.linePs) + device.latencyPs,
    )
    return answer
  }

  /** Bus time worked until `now`, all channels together, ps. */
  workedUntil(index: number, now: number): number {
    const device = this.devices[index]
    if (!device) return 0
    let ahead = 0
    for (let c = 0; c < device.channels; c += 1)
      ahead += Math.max(0, this.channelFree[this.firstChannel[index] + c] - now)
    return this.worked[index] - ahead
  }

  save(): Saved {
    return capture(this, FIELDS)
  }

  restore(saved: Saved): void {
    reinstate(this, FIELDS, saved)
  }
}
