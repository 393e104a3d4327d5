import { capture, reinstate, type Saved } from './plain-state'

const FIELDS = ['free', 'freeCount', 'used'] as const

/** Hands out small integer handles and takes them back; the columns they index grow with `capacity`. */
export class SlotPool {
  private free = new Int32Array(64)
  private freeCount = 0
  /** Handles ever handed out; every handle is below it. */
  used = 0

  take(): number {
    if (this.freeCount > 0) {
      this.freeCount -= 1
      return this.free[this.freeCount]
    }
    this.used += 1
    return this.used - 1
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

  /** One byte per handle ever handed out: 1 where it is out. */
  liveMap(): Uint8Array {
    const map = new Uint8Array(this.used).fill(1)
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

/** A longer copy, at least `needed` long, at least twice as long as before. */
export function growBytes(column: Uint8Array, needed: number): Uint8Array<ArrayBuffer> {
  const longer = new Uint8Array(Math.max(needed, column.length * 2))
  longer.set(column)
  return longer
}
