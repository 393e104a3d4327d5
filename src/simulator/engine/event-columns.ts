import { sortRun } from './sort-run'

const FIRST_CAPACITY = 1024

/** Words of 32 bits in the record of an event: its kind and its arguments a, b and c, then its two doubles. */
export const PARTS = 8
/** Doubles in the same record, and where its time, ps, and its sequence number stand among them. */
export const MOMENTS = 4
export const TIME = 2
export const ORDER = 3

/**
 * Event slots: a record per event that is pending or in the making, recycled by a stack of free slots.
 *
 * All of a record stands in half a cache line, seen as words and as doubles, so that an event among a million costs one
 * cache miss. The first of three layers (records, wheel, queue) of one object: the hot path would pay for every hop
 * between objects.
 */
export abstract class EventColumns {
  /** Kind, a, b and c of each slot from `slot * PARTS` on. */
  data = new Int32Array(PARTS * FIRST_CAPACITY)
  /** Of each slot, from `slot * MOMENTS` on: at `TIME` its time, ps, at `ORDER` how many were scheduled before it. */
  moments = new Float64Array(this.data.buffer)

  /** Free slots, a stack of `freeCount`. */
  protected free = new Int32Array(FIRST_CAPACITY)
  protected freeCount = 0

  constructor() {
    this.freeSlots(0, FIRST_CAPACITY)
  }

  get pending(): number {
    return this.free.length - this.freeCount
  }

  /** Takes a free slot for an event. Set its time next, then `push(slot)`: so no double crosses a call. */
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
    const { moments, free } = this
    const isFree = new Uint8Array(free.length)
    for (let i = 0; i < this.freeCount; i += 1) isFree[free[i]] = 1
    const slots = new Int32Array(this.pending)
    for (let slot = 0, found = 0; found < slots.length; slot += 1) if (isFree[slot] === 0) slots[found++] = slot
    sortRun(
      Float64Array.from(slots, (slot) => moments[slot * MOMENTS + ORDER]),
      slots,
      slots.length,
    )
    sortRun(
      Float64Array.from(slots, (slot) => moments[slot * MOMENTS + TIME]),
      slots,
      slots.length,
    )
    return slots
  }

  protected freeAll(): void {
    this.freeCount = 0
    this.freeSlots(0, this.free.length)
  }

  /** Doubles the room. */
  protected grow(): void {
    const size = this.free.length
    this.data = twice(this.data)
    this.moments = new Float64Array(this.data.buffer)
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
