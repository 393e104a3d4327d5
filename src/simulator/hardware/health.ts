import { capture, reinstate, type Plain, type Saved } from '../engine/plain-state'
import { TimeWeighted } from '../statistics/time-weighted'

/** Which devices are down, for how long they have been, and which are to be emptied. */
export class Health {
  /** Faults that hold each device down; 0: it works. */
  down: Uint8Array
  /** 1: others know that it is down. */
  known: Uint8Array
  /** Not 0: it is to be emptied, by order or as it is about to fail (see Control, which saves it). */
  readonly leaving: Uint8Array
  /** Failures so far, of devices that worked. */
  failures: Float64Array
  /** 1 while a device is down. */
  readonly time: TimeWeighted

  constructor(devices: number) {
    this.down = new Uint8Array(devices)
    this.known = new Uint8Array(devices)
    this.leaving = new Uint8Array(devices)
    this.failures = new Float64Array(devices)
    this.time = new TimeWeighted(devices)
  }

  /** Whether a device takes nothing new while another can: it is known to be down, or to be emptied. */
  isShunned(device: number): boolean {
    return this.known[device] === 1 || this.leaving[device] > 0
  }

  /** A fault strikes; says whether the device worked until now. */
  fail(device: number, now: number): boolean {
    this.down[device] += 1
    if (this.down[device] > 1) return false
    this.failures[device] += 1
    this.time.add(device, 1, now)
    return true
  }

  /** A fault ends; says whether the device works again. */
  repair(device: number, now: number): boolean {
    this.down[device] -= 1
    if (this.down[device] > 0) return false
    this.known[device] = 0
    this.time.add(device, -1, now)
    return true
  }

  save(): Saved {
    return {
      ...capture(this as unknown as Record<string, Plain>, ['down', 'known', 'failures']),
      time: this.time.save(),
    }
  }

  restore(saved: Saved): void {
    reinstate(this as unknown as Record<string, Plain>, ['down', 'known', 'failures'], saved)
    this.time.restore(saved['time'] as Float64Array)
  }
}
