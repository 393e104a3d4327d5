/** Time-weighted columns as plain data. */
export interface SavedTimeWeighted {
  readonly value: Float64Array
  readonly integral: Float64Array
  readonly since: Float64Array
  readonly max: Float64Array
}

/**
 * Values that change at instants, such as queue lengths or busy cores, with their integrals over time: one entry per item
 * in each column. The mean over a window is `integral / length of the window`, after `settle(end)`.
 */
export class TimeWeighted {
  /** What each item is now. */
  readonly value: Float64Array
  /** Its integral over the window up to `since`: unit of the value × ps. */
  readonly integral: Float64Array
  /** Up to when it is integrated, ps. */
  readonly since: Float64Array
  /** The largest it was within the window. */
  readonly max: Float64Array

  constructor(items: number) {
    this.value = new Float64Array(items)
    this.integral = new Float64Array(items)
    this.since = new Float64Array(items)
    this.max = new Float64Array(items)
  }

  /** Changes item `i` to `value` at `now`, ps, not before its last change. */
  set(i: number, value: number, now: number): void {
    this.integral[i] += this.value[i] * (now - this.since[i])
    this.since[i] = now
    this.value[i] = value
    if (value > this.max[i]) this.max[i] = value
  }

  add(i: number, delta: number, now: number): void {
    this.set(i, this.value[i] + delta, now)
  }

  /** Integrates all items up to `now`, ps. */
  settle(now: number): void {
    for (let i = 0; i < this.value.length; i += 1) this.set(i, this.value[i], now)
  }

  /** Begins a new window at `now`, ps: no integral yet, and the largest is what is. */
  resetWindow(now: number): void {
    this.integral.fill(0)
    this.since.fill(now)
    this.max.set(this.value)
  }

  save(): SavedTimeWeighted {
    return {
      value: this.value.slice(),
      integral: this.integral.slice(),
      since: this.since.slice(),
      max: this.max.slice(),
    }
  }

  restore(saved: SavedTimeWeighted): void {
    this.value.set(saved.value)
    this.integral.set(saved.integral)
    this.since.set(saved.since)
    this.max.set(saved.max)
  }
}
