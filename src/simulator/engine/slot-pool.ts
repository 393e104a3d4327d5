import { capture, reinstate, type Saved } from './plain-state'

const FIELDS = ['free', 'freeCount', 'used'] as const

/** Hands out small integer handles, the multiples of a step, and takes them back. */
export class SlotPool {
  private free = new Int32Array(64)
  private freeCount = 0
  /** Handles ever handed out; every handle is below `used` steps. */
  used = 0

  constructor(private readonly step: number) {}

  take(): number {
    if (this.freeCount > 0) {
      this.freeCount -= 1
      return this.free[this.freeCount]
    }
    this.used += 1
    return (this.used - 1) * this.step
  }

  release(slot: number): void {
    if (this.freeCount === this.free.length) this.free = growInt(this.free, this.freeCount + 1)
    this.free[this.freeCount] = slot
    this.freeCount += 1
  }

  /** How many handles are out. */
  get live(): number {
    return this.used - this.freeCount
  }

  /** A byte up to the last handle ever handed out: 1 where a handle is out. */
  liveMap(): Uint8Array {
    const map = new Uint8Array(this.used * this.step)
    for (let i = 0; i < map.length; i += this.step) map[i] = 1
    for (let i = 0; i < this.freeCount; i += 1) map[this.free[i]] = 0
    return map
  }

  save(): Saved {
    return capture(this as unknown as { free: Int32Array; freeCount: number; used: number }, FIELDS)
  }

  restore(saved: Saved): void {
    reinstate(this as unknown as { free: Int32Array; freeCount: number; used: number }, FIELDS, saved)
  }
}

/** A longer copy, at least `needed` long, at least twice as long as before. */
export function growInt(column: Int32Array, needed: number): Int32Array<ArrayBuffer> {
  const longer = new Int32Array(Math.max(needed, column.length * 2))
  longer.set(column)
  return longer
}

/** A longer copy, at least `needed` long, at least twice as long as before. */
export function growFloat(column: Float64Array, needed: number): Float64Array<ArrayBuffer> {
  const longer = new Float64Array(Math.max(needed, column.length * 2))
  longer.set(column)
  return longer
}
