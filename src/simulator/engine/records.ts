import type { Saved } from './plain-state'
import { SlotPool } from './slot-pool'

/** Records that there is room for at first. */
const FIRST = 64

/**
 * A table of records behind a pool of handles. A field is a column, read and written as `table.field[handle]`; all fields
 * of a record stand together in memory, as the columns are views into the same two blocks, one of whole numbers and one of
 * doubles, and a handle is where its record begins in both. What works on a record thus meets a few cache lines, however
 * many records there are.
 */
export abstract class Records {
  readonly pool: SlotPool
  private words: Int32Array<ArrayBuffer>
  private reals: Float64Array<ArrayBuffer>
  private wordsTaken = 0
  private realsTaken = 0

  /** @param width entries of a record in each block, and the distance between handles */
  constructor(protected readonly width: number) {
    this.pool = new SlotPool(width)
    this.words = new Int32Array(FIRST * width)
    this.reals = new Float64Array(FIRST * width)
  }

  /** A field of `count` 32-bit integers, one after another: the others at `handle + 1` and so on. */
  protected int(count = 1): Int32Array {
    const first = this.wordsTaken
    this.wordsTaken = this.taken(first, count)
    return new Int32Array(this.words.buffer, first * 4)
  }

  /** A field of `count` doubles. */
  protected real(count = 1): Float64Array {
    const first = this.realsTaken
    this.realsTaken = this.taken(first, count)
    return new Float64Array(this.reals.buffer, first * 8)
  }

  private taken(first: number, count: number): number {
    if (first + count > this.width) throw new RangeError(`a record of ${this.width} entries has no room for more`)
    return first + count
  }

  protected take(): number {
    const handle = this.pool.take()
    if (handle >= this.words.length) this.grow(this.words.length * 2)
    return handle
  }

  /** Makes one record as another is. */
  copy(from: number, to: number): void {
    this.words.copyWithin(to, from, from + this.width)
    this.reals.copyWithin(to, from, from + this.width)
  }

  private grow(entries: number): void {
    const { words, reals } = this
    this.words = new Int32Array(entries)
    this.reals = new Float64Array(entries)
    this.words.set(words)
    this.reals.set(reals)
    const fields = this as unknown as Record<string, unknown>
    for (const [name, field] of Object.entries(fields)) {
      if (field instanceof Int32Array && field.buffer === words.buffer)
        fields[name] = new Int32Array(this.words.buffer, field.byteOffset)
      if (field instanceof Float64Array && field.buffer === reals.buffer)
        fields[name] = new Float64Array(this.reals.buffer, field.byteOffset)
    }
  }

  save(): Saved {
    const end = this.pool.used * this.width
    return { words: this.words.slice(0, end), reals: this.reals.slice(0, end), pool: this.pool.save() }
  }

  restore(saved: Saved): void {
    const words = saved['words'] as Int32Array
    if (words.length > this.words.length) this.grow(words.length)
    this.words.fill(0).set(words)
    this.reals.fill(0).set(saved['reals'] as Float64Array)
    this.pool.restore(saved['pool'] as Saved)
  }
}
