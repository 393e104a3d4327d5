import { sortRun } from './sort-run'

const FIRST_CAPACITY = 1024

/** An event's kind and its arguments a, b, c stand side by side in `data`, from four times its slot on. */
export const PARTS = 4

/**
 * Event slots: an entry in each column per event that is pending or in the making, recycled by a stack of free slots.
 *
 * What is written and read together stands together, so that an event among a million costs few cache misses. The first
 * of three layers (columns, wheel, queue) of one object: the hot path would pay for every hop between objects.
 */
export abstract class EventColumns {
  /** Per slot, ps. */
  time = new Float64Array(FIRST_CAPACITY)
  /** Kind, a, b and c per slot. */
  data = new Int32Array(PARTS * FIRST_CAPACITY)

  /** Sequence number per slot: how many events were scheduled before it. */
  protected order = new Float64Array(FIRST_CAPACITY)
  /** Free slots, a stack of `freeCount`. */
  protected free = new Int32Array(FIRST_CAPACITY)
  protected freeCount = 0

  constructor() {
    this.freeSlots(0, FIRST_CAPACITY)
  }

  get pending(): number {
    return this.free.length - this.freeCount
  }

  /** Takes a free slot for an event. Set `time[slot]` next, then `push(slot)`: so no double crosses a call. */
  alloc(kind: number, a: number, b: number, c: number): number {
    if (this.freeCount === 0) this.grow()
    this.freeCount -= 1
    const slot = this.free[this.freeCount]
    const data = this.data
    const at = slot * PARTS
    data[at] = kind
    data[at + 1] = a
    data[at + 2] = b
    data[at + 3] = c
    return slot
  }

  /** All pending slots, in the order in which they will pop: sorted by sequence number, then, stably, by time. */
  protected pendingSlots(): Int32Array {
    const { time, order, free } = this
    const isFree = new Uint8Array(free.length)
    for (let i = 0; i < this.freeCount; i += 1) isFree[free[i]] = 1
    const slots = new Int32Array(this.pending)
    for (let slot = 0, found = 0; found < slots.length; slot += 1) if (isFree[slot] === 0) slots[found++] = slot
    sortRun(
      Float64Array.from(slots, (slot) => order[slot]),
      slots,
      slots.length,
    )
    sortRun(
      Float64Array.from(slots, (slot) => time[slot]),
      slots,
      slots.length,
    )
    return slots
  }

  protected freeAll(): void {
    this.freeCount = 0
    this.freeSlots(0, this.free.length)
  }

  /** Doubles every column. */
  protected grow(): void {
    const size = this.free.length
    this.time = twice(this.time)
    this.data = twice(this.data)
    this.order = twice(this.order)
    this.free = twice(this.free)
    this.freeSlots(size, this.free.length)
  }

  /** Puts the slots from `first` to before `end` on the free stack, the lowest on top. */
  private freeSlots(first: number, end: number): void {
    for (let slot = end - 1; slot >= first; slot -= 1) this.free[this.freeCount++] = slot
  }
}

/** A copy of the column with room for twice as many entries. */
export function twice<Column extends Float64Array | Int32Array | Uint8Array>(column: Column): Column {
  const larger = new (column.constructor as new (length: number) => Column)(column.length * 2)
  larger.set(column)
  return larger
}
