import { capture, reinstate, type Saved } from '../engine/plain-state'

const FIELDS = ['free', 'worked', 'served', 'waited', 'mostWaiting'] as const

/** A NIC as the machine is built; times in ps. */
export interface NicDevice {
  /** Pipelined latency of a message. */
  readonly messagePs: number
  /** How long a message occupies the pipeline: 1 / rate. */
  readonly gapPs: number
}

/** The message pipelines of the NIC devices; both directions share one. */
export class NicPipelines {
  free: Float64Array
  worked: Float64Array
  /** Messages taken in. */
  served: Float64Array
  /** Time that messages waited for the pipeline, ps; and the most that waited at once. */
  waited: Float64Array
  mostWaiting: Float64Array

  /** @param devices one entry per device of the rack; null: no NIC */
  constructor(readonly devices: readonly (NicDevice | null)[]) {
    this.free = new Float64Array(devices.length)
    this.worked = new Float64Array(devices.length)
    this.served = new Float64Array(devices.length)
    this.waited = new Float64Array(devices.length)
    this.mostWaiting = new Float64Array(devices.length)
  }

  /** Takes a message in; returns when it leaves the pipeline, ps. */
  pass(index: number, now: number): number {
    const device = this.devices[index]!
    const start = Math.max(now, this.free[index])
    this.waited[index] += start - now
    if (start > now)
      this.mostWaiting[index] = Math.max(this.mostWaiting[index], Math.ceil((start - now) / device.gapPs))
    this.free[index] = start + device.gapPs
    this.worked[index] += device.gapPs
    this.served[index] += 1
    return start + device.messagePs
  }

  workedUntil(index: number, now: number): number {
    return this.worked[index] - Math.max(0, this.free[index] - now)
  }

  save(): Saved {
    return capture(this, FIELDS)
  }

  restore(saved: Saved): void {
    reinstate(this, FIELDS, saved)
  }
}
