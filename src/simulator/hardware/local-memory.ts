import { capture, reinstate, type Saved } from '../engine/plain-state'

const FIELDS = ['free', 'used'] as const

/** A device's own DRAM; times in ps. */
export interface LocalMemory {
  readonly latencyPs: number
  /** Time of one 64-byte line at full bandwidth; not rounded. */
  readonly linePs: number
  readonly capacityBytes: number
}

/** Local DRAM of every device: bandwidth shared first come first served, capacity handed out to instances. */
export class LocalMemories {
  free: Float64Array
  used: Float64Array

  constructor(readonly devices: readonly (LocalMemory | null)[]) {
    this.free = new Float64Array(devices.length)
    this.used = new Float64Array(devices.length)
  }

  /** Takes `lines` lines from the bus; returns how long they wait for those before them, ps. */
  take(index: number, lines: number, now: number): number {
    const start = Math.max(now, this.free[index])
    this.free[index] = start + Math.round(lines * this.devices[index]!.linePs)
    return start - now
  }

  roomBytes(index: number): number {
    const device = this.devices[index]
    return device ? device.capacityBytes - this.used[index] : 0
  }

  save(): Saved {
    return capture(this, FIELDS)
  }

  restore(saved: Saved): void {
    reinstate(this, FIELDS, saved)
  }
}
