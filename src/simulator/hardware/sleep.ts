import { capture, reinstate, type Plain, type Saved } from '../engine/plain-state'
import { TimeWeighted } from '../statistics/time-weighted'

const FIELDS = ['asleep', 'ready']

/** Which devices sleep because nothing is on them, and for how long they have. */
export class Sleep {
  /** 1 while a device sleeps. */
  asleep: Uint8Array
  /** From when on a device that was woken can be used, ps. */
  ready: Float64Array
  /** 1 while a device sleeps. */
  readonly time: TimeWeighted
  /** Whether any can. */
  readonly isUsed: boolean

  /** @param wakePs what waking takes, one entry per device; NaN: it never sleeps */
  constructor(readonly wakePs: Float64Array) {
    this.asleep = new Uint8Array(wakePs.length)
    this.ready = new Float64Array(wakePs.length)
    this.time = new TimeWeighted(wakePs.length)
    this.isUsed = wakePs.some((ps) => !Number.isNaN(ps))
  }

  /** How long until a device could be used if it were woken now, ps. */
  wakingPs(device: number, now: number): number {
    return this.asleep[device] === 1 ? this.wakePs[device] : Math.max(0, this.ready[device] - now)
  }

  /** Something comes to a device; says how long until it can be used, ps. */
  wake(device: number, now: number): number {
    const waking = this.wakingPs(device, now)
    if (this.asleep[device] === 0) return waking
    this.asleep[device] = 0
    this.ready[device] = now + waking
    this.time.add(device, -1, now)
    return waking
  }

  /** Devices with nothing on them fall asleep. @param used 1 where something is */
  settle(used: Uint8Array, now: number): void {
    for (let device = 0; device < used.length; device += 1) {
      if (used[device] === 1 || this.asleep[device] === 1 || Number.isNaN(this.wakePs[device])) continue
      this.asleep[device] = 1
      this.time.add(device, 1, now)
    }
  }

  save(): Saved {
    return { ...capture(this as unknown as Record<string, Plain>, FIELDS), time: this.time.save() }
  }

  restore(saved: Saved): void {
    reinstate(this as unknown as Record<string, Plain>, FIELDS, saved)
    this.time.restore(saved['time'] as Float64Array)
  }
}
