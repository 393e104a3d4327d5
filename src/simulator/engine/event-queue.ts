import { BUCKETS, BucketLevel } from './bucket-level'
import { SlotHeap } from './slot-heap'
import { sortRun } from './sort-run'

/** Everything a queue needs to go on, as plain data; the pending events stand in the order in which they will pop. */
export interface SavedEventQueue {
  /** Time of the event popped last, ps. */
  readonly now: number
  /** Events popped so far. */
  readonly popped: number
  /** The tuning of the wheel, which decides its speed and never its order. */
  readonly tuning: {
    readonly exponent: number
    readonly popsLeft: number
    readonly period: number
    readonly since: number
  }
  readonly time: Float64Array
  readonly kind: Uint8Array
  readonly a: Int32Array
  readonly b: Int32Array
  readonly c: Int32Array
}

// Entries of `clock` after 0. A changing double in a field or a closure would be allocated anew at each store; in a
// typed array it is not.
const NOW = 0
const LIMIT = 1
const SEQUENCE = 2
const FRONT_END = 3
const FINE_START = 4
const FINE_END = 5
const FINE_WIDTH = 6
const FINE_SCALE = 7
const COARSE_START = 8
const COARSE_END = 9
const COARSE_WIDTH = 10
const COARSE_SCALE = 11
const TUNED_AT = 12
const REGISTERS = 13

/** Past 2^53 ps bucket bounds are no longer exact: later events are taken from the heap, one by one. */
const WHEEL_LIMIT = 9007199254740992
const FIRST_CAPACITY = 1024
/** Fine buckets of 2^18 ps = 262 ns, until there is something to tune by. */
const FIRST_EXPONENT = 18
/** 2^(28 + 24) ps spanned by the coarse level: wider buckets would gain nothing below 2^53. */
const LAST_EXPONENT = 28
/** Pops before the wheel is tuned for the first time; four times as many each time, up to the last. */
const FIRST_PERIOD = 256
const LAST_PERIOD = 65536
/** Mean number of pops that a fine bucket should cover. */
const POPS_PER_BUCKET = 8
/** A late event is moved past at most this many events of the front run; beyond, it goes to a heap. */
const LONGEST_SHIFT = 24

/**
 * The pending events of a run, popped in (time, order of scheduling) order.
 *
 * A wheel of two levels: the fine level has 4,096 buckets, each a power of two of picoseconds wide; the coarse level has
 * 4,096 buckets, each as wide as the whole fine level; a heap holds what lies beyond. One fine bucket at a time is sorted
 * into the front run, from which events pop. Events that are scheduled before the end of the front run are inserted into
 * it. The width follows the mean time between pops, so it depends on simulated time only; the order of events does not
 * depend on it at all.
 *
 * An event is a slot: one entry in each column. Columns grow by doubling and are then replaced, so read them through
 * the queue. Times are whole ps; any finite time is ordered correctly, up to 2^53 ps exactly and fast.
 */
export class EventQueue {
  /** Entry 0: time of the event popped last, ps. The other entries are the queue's own. */
  readonly clock = new Float64Array(REGISTERS)
  /** Entry 0: events popped. */
  readonly counts = new Float64Array(1)
  /** Per slot, ps. */
  time = new Float64Array(FIRST_CAPACITY)
  kind = new Uint8Array(FIRST_CAPACITY)
  a = new Int32Array(FIRST_CAPACITY)
  b = new Int32Array(FIRST_CAPACITY)
  c = new Int32Array(FIRST_CAPACITY)

  /** Sequence number per slot: how many events were scheduled before it. */
  private order = new Float64Array(FIRST_CAPACITY)
  /** Next slot in the same bucket, or -1. */
  private link = new Int32Array(FIRST_CAPACITY)
  /** Free slots, a stack of `freeCount`. */
  private free = new Int32Array(FIRST_CAPACITY)
  private freeCount = 0

  /** The front run: the next events in order, from `frontHead` to before `frontTail`. */
  private frontTime = new Float64Array(FIRST_CAPACITY)
  private frontSlot = new Int32Array(FIRST_CAPACITY)
  private frontHead = 0
  private frontTail = 0
  /** Events before the end of the front run that would have cost too long a shift. */
  private readonly late = new SlotHeap()

  private readonly fine = new BucketLevel()
  private readonly coarse = new BucketLevel()
  private readonly overflow = new SlotHeap()
  /** First bucket of each level not yet taken, or `BUCKETS`. */
  private fineNext = BUCKETS
  private coarseNext = BUCKETS

  /** Fine buckets are 2^exponent ps wide. */
  private exponent = FIRST_EXPONENT
  private popsLeft = FIRST_PERIOD
  private period = FIRST_PERIOD

  constructor() {
    this.freeSlots(0, FIRST_CAPACITY)
    this.setWidth(FIRST_EXPONENT)
    this.startAt(0)
  }

  get pending(): number {
    return this.free.length - this.freeCount
  }

  /**
   * @param time whole ps, at or after `clock[0]`
   * @param kind 0 … 255
   * @param a a 32-bit integer, as are `b` and `c`
   * @throws RangeError when the time has passed or is not finite
   */
  schedule(time: number, kind: number, a: number, b: number, c: number): void {
    const slot = this.alloc(kind, a, b, c)
    this.time[slot] = time
    this.push(slot)
  }

  /** Takes a free slot for an event. Set `time[slot]` next, then `push(slot)`: so no double crosses a call. */
  alloc(kind: number, a: number, b: number, c: number): number {
    if (this.freeCount === 0) this.grow()
    this.freeCount -= 1
    const slot = this.free[this.freeCount]
    this.kind[slot] = kind
    this.a[slot] = a
    this.b[slot] = b
    this.c[slot] = c
    return slot
  }

  /**
   * Schedules the event of a slot from `alloc` for `time[slot]`.
   *
   * @throws RangeError when the time has passed or is not finite
   */
  push(slot: number): void {
    const clock = this.clock
    const t = this.time[slot]
    if (!(t >= clock[NOW] && t < Infinity)) this.refuse(slot)
    const sequence = clock[SEQUENCE]
    clock[SEQUENCE] = sequence + 1
    this.order[slot] = sequence
    this.place(slot)
  }

  /**
   * Pops the earliest event if it is due at or before `limit` ps.
   *
   * @returns its slot, whose columns stay as they are until the next `schedule` or `alloc`; or -1, and nothing changed
   */
  next(limit: number): number {
    this.clock[LIMIT] = limit
    return this.nextDue()
  }

  /** Time of the earliest event, ps; Infinity when there is none. */
  peekTime(): number {
    if (this.frontHead === this.frontTail && this.late.size === 0 && !this.fillFront()) return Infinity
    const front = this.frontHead < this.frontTail ? this.frontTime[this.frontHead] : Infinity
    return this.late.size > 0 ? Math.min(front, this.late.firstTime()) : front
  }

  /** A deep copy. Every slot from `alloc` must have been pushed. */
  save(): SavedEventQueue {
    const slots = this.pendingSlots()
    return {
      now: this.clock[NOW],
      popped: this.counts[0],
      tuning: {
        exponent: this.exponent,
        popsLeft: this.popsLeft,
        period: this.period,
        since: this.clock[TUNED_AT],
      },
      time: Float64Array.from(slots, (slot) => this.time[slot]),
      kind: Uint8Array.from(slots, (slot) => this.kind[slot]),
      a: slots.map((slot) => this.a[slot]),
      b: slots.map((slot) => this.b[slot]),
      c: slots.map((slot) => this.c[slot]),
    }
  }

  /** Forgets everything and goes on from what was saved, in the same order. */
  restore(saved: SavedEventQueue): void {
    this.clear()
    const { clock, counts } = this
    clock[NOW] = saved.now
    clock[SEQUENCE] = 0
    clock[TUNED_AT] = saved.tuning.since
    counts[0] = saved.popped
    this.popsLeft = saved.tuning.popsLeft
    this.period = saved.tuning.period
    this.setWidth(saved.tuning.exponent)
    this.startAt(saved.now)
    for (let i = 0; i < saved.time.length; i += 1) {
      this.schedule(saved.time[i], saved.kind[i], saved.a[i], saved.b[i], saved.c[i])
    }
  }

  private nextDue(): number {
    if (this.late.size > 0) return this.nextWithLate()
    if (this.frontHead === this.frontTail && !this.fillFront()) return -1
    const clock = this.clock
    const head = this.frontHead
    const t = this.frontTime[head]
    if (t > clock[LIMIT]) return -1
    clock[NOW] = t
    this.frontHead = head + 1
    return this.release(this.frontSlot[head])
  }

  private nextWithLate(): number {
    const { clock, late, order } = this
    const t = late.firstTime()
    if (this.frontHead < this.frontTail) {
      const frontTime = this.frontTime[this.frontHead]
      const frontSlot = this.frontSlot[this.frontHead]
      if (frontTime < t || (frontTime === t && order[frontSlot] < order[late.firstSlot()])) {
        if (frontTime > clock[LIMIT]) return -1
        clock[NOW] = frontTime
        this.frontHead += 1
        return this.release(frontSlot)
      }
    }
    if (t > clock[LIMIT]) return -1
    clock[NOW] = t
    return this.release(late.pop(order))
  }

  /** Counts the pop and frees the slot; its columns stay until it is taken again. */
  private release(slot: number): number {
    this.free[this.freeCount] = slot
    this.freeCount += 1
    this.counts[0] += 1
    this.popsLeft -= 1
    if (this.popsLeft === 0) this.tune()
    return slot
  }

  private place(slot: number): void {
    const clock = this.clock
    const t = this.time[slot]
    if (t < clock[FRONT_END]) {
      this.insertIntoFront(slot)
    } else if (t < clock[FINE_END]) {
      this.fine.append(((t - clock[FINE_START]) * clock[FINE_SCALE]) | 0, slot, this.link)
    } else if (t < clock[COARSE_END]) {
      this.coarse.append(((t - clock[COARSE_START]) * clock[COARSE_SCALE]) | 0, slot, this.link)
    } else {
      this.overflow.push(slot, this.time, this.order)
    }
  }

  private insertIntoFront(slot: number): void {
    if (this.frontTail === this.frontSlot.length) this.compactFront()
    const { frontTime, frontSlot, frontTail } = this
    const t = this.time[slot]
    const last = Math.max(this.frontHead, frontTail - LONGEST_SHIFT)
    let at = frontTail
    while (at > last && frontTime[at - 1] > t) at -= 1
    if (at === last && at > this.frontHead && frontTime[at - 1] > t) {
      this.late.push(slot, this.time, this.order)
      return
    }
    for (let i = frontTail; i > at; i -= 1) {
      frontTime[i] = frontTime[i - 1]
      frontSlot[i] = frontSlot[i - 1]
    }
    frontTime[at] = t
    frontSlot[at] = slot
    this.frontTail = frontTail + 1
  }

  /** Moves the front run to the start of its columns, which have room for every slot. */
  private compactFront(): void {
    this.frontTime.copyWithin(0, this.frontHead, this.frontTail)
    this.frontSlot.copyWithin(0, this.frontHead, this.frontTail)
    this.frontTail -= this.frontHead
    this.frontHead = 0
  }

  /** Fills the empty front run from the next bucket that holds anything; false when no event is pending. */
  private fillFront(): boolean {
    this.frontHead = 0
    this.frontTail = 0
    for (;;) {
      if (this.takeFineBucket()) return true
      if (this.openCoarseBucket()) continue
      if (this.overflow.size === 0) return false
      if (this.overflow.firstTime() >= WHEEL_LIMIT) return this.takeFromOverflow()
      this.startAt(this.overflow.firstTime())
    }
  }

  private takeFineBucket(): boolean {
    if (this.fineNext === BUCKETS) return false
    const { clock, time, link, frontTime, frontSlot } = this
    const bucket = this.fine.firstFrom(this.fineNext)
    if (bucket === BUCKETS) {
      this.fineNext = BUCKETS
      clock[FRONT_END] = clock[FINE_END]
      return false
    }
    this.fineNext = bucket + 1
    clock[FRONT_END] = clock[FINE_START] + (bucket + 1) * clock[FINE_WIDTH]
    let length = 0
    for (let slot = this.fine.take(bucket); slot >= 0; slot = link[slot]) {
      frontTime[length] = time[slot]
      frontSlot[length] = slot
      length += 1
    }
    this.frontTail = length
    if (length > 1) sortRun(frontTime, frontSlot, length)
    return true
  }

  /** Spreads the next coarse bucket that holds anything over the fine level; false when there is none. */
  private openCoarseBucket(): boolean {
    if (this.coarseNext === BUCKETS) return false
    const bucket = this.coarse.firstFrom(this.coarseNext)
    if (bucket === BUCKETS) return false
    const { clock, link } = this
    const start = clock[COARSE_START] + bucket * clock[COARSE_WIDTH]
    this.coarseNext = bucket + 1
    this.fineNext = 0
    clock[FRONT_END] = start
    clock[FINE_START] = start
    clock[FINE_END] = start + clock[COARSE_WIDTH]
    for (let slot = this.coarse.take(bucket), after = 0; slot >= 0; slot = after) {
      after = link[slot] // placing the slot rewrites its link
      this.place(slot)
    }
    return true
  }

  /** Past the wheel's limit the front run is one event long, and everything later stays in the heap. */
  private takeFromOverflow(): boolean {
    const clock = this.clock
    const t = this.overflow.firstTime()
    this.frontTime[0] = t
    this.frontSlot[0] = this.overflow.pop(this.order)
    this.frontTail = 1
    clock[FRONT_END] = t
    clock[FINE_END] = t
    clock[COARSE_END] = t
    return true
  }

  private setWidth(exponent: number): void {
    const clock = this.clock
    let width = 1
    for (let i = 0; i < exponent; i += 1) width *= 2
    this.exponent = exponent
    clock[FINE_WIDTH] = width
    clock[FINE_SCALE] = 1 / width
    clock[COARSE_WIDTH] = width * BUCKETS
    clock[COARSE_SCALE] = 1 / (width * BUCKETS)
  }

  /** Turns the empty wheel so that its first coarse bucket holds time `t`, ps, and takes in what no longer overflows. */
  private startAt(t: number): void {
    const { clock, overflow } = this
    const start = Math.floor(t * clock[COARSE_SCALE]) * clock[COARSE_WIDTH]
    const end = Math.min(start + clock[COARSE_WIDTH] * BUCKETS, WHEEL_LIMIT)
    clock[FRONT_END] = start
    clock[FINE_START] = start
    clock[FINE_END] = start
    clock[COARSE_START] = start
    clock[COARSE_END] = end
    this.fineNext = BUCKETS
    this.coarseNext = 0
    while (overflow.size > 0 && overflow.firstTime() < end) this.place(overflow.pop(this.order))
  }

  /** Fits the bucket width to the mean time between the last pops. */
  private tune(): void {
    const clock = this.clock
    const target = ((clock[NOW] - clock[TUNED_AT]) / this.period) * POPS_PER_BUCKET
    clock[TUNED_AT] = clock[NOW]
    this.period = Math.min(this.period * 4, LAST_PERIOD)
    this.popsLeft = this.period
    let exponent = 0
    for (let width = 1; width * 1.5 < target && exponent < LAST_EXPONENT; width *= 2) exponent += 1
    if (Math.abs(exponent - this.exponent) > 1 && clock[NOW] < WHEEL_LIMIT) this.rebuild(exponent)
  }

  /** Places all pending events anew in buckets of another width. */
  private rebuild(exponent: number): void {
    const slots = this.pendingSlots()
    this.emptyWheel()
    this.setWidth(exponent)
    this.startAt(this.clock[NOW])
    for (const slot of slots) this.place(slot)
  }

  /** All pending slots, in the order in which they will pop: sorted by sequence number, then, stably, by time. */
  private pendingSlots(): Int32Array {
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

  private emptyWheel(): void {
    this.frontHead = 0
    this.frontTail = 0
    this.late.clear()
    this.fine.clear()
    this.coarse.clear()
    this.overflow.clear()
  }

  private clear(): void {
    this.emptyWheel()
    this.freeCount = 0
    this.freeSlots(0, this.free.length)
  }

  private refuse(slot: number): never {
    this.free[this.freeCount] = slot
    this.freeCount += 1
    throw new RangeError(`an event needs a time at or after ${this.clock[NOW]} ps; got ${this.time[slot]}`)
  }

  /** Puts the slots from `first` to before `end` on the free stack, the lowest on top. */
  private freeSlots(first: number, end: number): void {
    for (let slot = end - 1; slot >= first; slot -= 1) this.free[this.freeCount++] = slot
  }

  private grow(): void {
    const size = this.free.length
    this.time = twice(this.time)
    this.kind = twice(this.kind)
    this.a = twice(this.a)
    this.b = twice(this.b)
    this.c = twice(this.c)
    this.order = twice(this.order)
    this.link = twice(this.link)
    this.free = twice(this.free)
    this.frontTime = twice(this.frontTime)
    this.frontSlot = twice(this.frontSlot)
    this.freeSlots(size, this.free.length)
  }
}

/** A copy of the column with room for twice as many entries. */
function twice<Column extends Float64Array | Int32Array | Uint8Array>(column: Column): Column {
  const larger = new (column.constructor as new (length: number) => Column)(column.length * 2)
  larger.set(column)
  return larger
}
