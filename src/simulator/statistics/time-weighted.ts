const WIDTH = 4
const INTEGRAL = 1
const SINCE = 2
const LARGEST = 3

/**
 * Values that change at instants, such as queue lengths or busy cores, with their integrals over time: one entry per item
 * each. The mean over a window is `integralAt(i, end) / length of the window`.
 */
export class TimeWeighted {
  /** Per item: what it is now, its integral (unit of the value × ps) up to an instant, that instant (ps), its largest. */
  private readonly records: Float64Array

  constructor(readonly items: number) {
    this.records = new Float64Array(items * WIDTH)
  }

  /** Changes item `i` to `value` at `now`, ps, not before its last change. */
  set(i: number, value: number, now: number): void {
    const { records } = this
    const at = i * WIDTH
    records[at + INTEGRAL] += records[at] * (now - records[at + SINCE])
    records[at + SINCE] = now
    records[at] = value
    if (value > records[at + LARGEST]) records[at + LARGEST] = value
  }

  add(i: number, delta: number, now: number): void {
    const { records } = this
    const at = i * WIDTH
    const before = records[at]
    const value = before + delta
    records[at + INTEGRAL] += before * (now - records[at + SINCE])
    records[at + SINCE] = now
    records[at] = value
    if (value > records[at + LARGEST]) records[at + LARGEST] = value
  }

  /** What item `i` is now. */
  valueOf(i: number): number {
    return this.records[i * WIDTH]
  }

  /** The largest that item `i` was since `resetMaxima`. */
  maxOf(i: number): number {
    return this.records[i * WIDTH + LARGEST]
  }

  /** Its integral up to `now`, ps. Reads without touching: a look in between never changes a sum, to the last bit. */
  integralAt(i: number, now: number): number {
    const { records } = this
    const at = i * WIDTH
    return records[at + INTEGRAL] + records[at] * (now - records[at + SINCE])
  }

  /** From now on the largest is counted anew, from what is. */
  resetMaxima(): void {
    for (let at = 0; at < this.records.length; at += WIDTH) this.records[at + LARGEST] = this.records[at]
  }

  save(): Float64Array {
    return this.records.slice()
  }

  restore(saved: Float64Array): void {
    this.records.set(saved)
  }
}
