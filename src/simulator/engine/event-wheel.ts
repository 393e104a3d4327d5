import { BUCKETS, BucketLevel, Chunks } from './bucket-level'
import { EventColumns, MOMENTS, PARTS, TIME, twice } from './event-columns'
import { SlotHeap } from './slot-heap'
import { sortRun } from './sort-run'

// Entries of `clock` after 0. A changing double in a field or a closure would be allocated anew at each store; in a
// typed array it is not.
export const NOW = 0
export const LIMIT = 1
export const SEQUENCE = 2
export const FRONT_END = 3
const FINE_START = 4
const FINE_END = 5
const FINE_WIDTH = 6
const FINE_SCALE = 7
const COARSE_START = 8
const COARSE_END = 9
const COARSE_WIDTH = 10
const COARSE_SCALE = 11
export const TUNED_AT = 12
const REGISTERS = 13

/** Past 2^53 ps bucket bounds are no longer exact: later events are taken from the heap, one by one. */
export const WHEEL_LIMIT = 9007199254740992
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
 * Where pending events wait, by time.
 *
 * A wheel of two levels: the fine level has 4,096 buckets, each a power of two of picoseconds wide; the coarse level has
 * 4,096 buckets, each as wide as the whole fine level; a heap holds what lies beyond. One fine bucket at a time is sorted
 * into the front run, from which events pop. Events that are placed before the end of the front run are inserted into it.
 * The width follows the mean time between pops, so it depends on simulated time only; the order of events does not depend
 * on it at all.
 */
export abstract class EventWheel extends EventColumns {
  /** Entry 0: time of the event popped last, ps. The other entries are the queue's own. */
  readonly clock = new Float64Array(REGISTERS)

  /** The front run: the next events in order, from `frontHead` to before `frontTail`. */
  protected frontTime = new Float64Array(this.free.length)
  protected frontSlot = new Int32Array(this.free.length)
  protected frontHead = 0
  protected frontTail = 0
  /** Events before the end of the front run that would have cost too long a shift. */
  protected readonly late = new SlotHeap()

  /** Events of this very instant, scheduled during it: they follow all others of it, first in first out. */
  protected present = new Int32Array(64)
  protected presentHead = 0
  protected presentTail = 0

  private readonly chunks = new Chunks()
  private readonly fine = new BucketLevel(this.chunks)
  private readonly coarse = new BucketLevel(this.chunks)
  private readonly overflow = new SlotHeap()
  /** First bucket of each level not yet taken, or `BUCKETS`. */
  private fineNext = BUCKETS
  private coarseNext = BUCKETS

  /** Keeps what `touch` reads from being taken for useless and left out. */
  protected touched = 0

  /** Fine buckets are 2^exponent ps wide. */
  protected exponent = FIRST_EXPONENT
  /** Pops until the wheel is tuned, of `period` in all. */
  protected popsLeft = FIRST_PERIOD
  protected period = FIRST_PERIOD

  constructor() {
    super()
    this.setWidth(FIRST_EXPONENT)
    this.startAt(0)
  }

  protected appendPresent(slot: number): void {
    if (this.presentTail === this.present.length) this.present = twice(this.present)
    this.present[this.presentTail] = slot
    this.presentTail += 1
  }

  protected place(slot: number): void {
    const clock = this.clock
    const t = this.moments[slot * MOMENTS + TIME]
    if (t < clock[FRONT_END]) {
      this.insertIntoFront(slot)
    } else if (t < clock[FINE_END]) {
      this.fine.append(((t - clock[FINE_START]) * clock[FINE_SCALE]) | 0, slot, t)
    } else if (t < clock[COARSE_END]) {
      this.coarse.append(((t - clock[COARSE_START]) * clock[COARSE_SCALE]) | 0, slot, t)
    } else {
      this.overflow.push(slot, this.moments)
    }
  }

  private insertIntoFront(slot: number): void {
    if (this.frontTail === this.frontSlot.length) this.compactFront()
    const { frontTime, frontSlot, frontTail } = this
    const t = this.moments[slot * MOMENTS + TIME]
    const last = Math.max(this.frontHead, frontTail - LONGEST_SHIFT)
    let at = frontTail
    while (at > last && frontTime[at - 1] > t) at -= 1
    if (at === last && at > this.frontHead && frontTime[at - 1] > t) {
      this.late.push(slot, this.moments)
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
  protected fillFront(): boolean {
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
    const { clock, frontTime, frontSlot } = this
    const bucket = this.fine.firstFrom(this.fineNext)
    if (bucket === BUCKETS) {
      this.fineNext = BUCKETS
      clock[FRONT_END] = clock[FINE_END]
      return false
    }
    this.fineNext = bucket + 1
    clock[FRONT_END] = clock[FINE_START] + (bucket + 1) * clock[FINE_WIDTH]
    const length = this.fine.moveTo(bucket, frontTime, frontSlot)
    this.frontTail = length
    this.touch(frontSlot, length)
    if (length > 1) sortRun(frontTime, frontSlot, length)
    return true
  }

  /** Reads from the records of all that come next: the processor then fetches them together, not one as each pops. */
  private touch(slots: Int32Array, length: number): void {
    const data = this.data
    let all = 0
    for (let i = 0; i < length; i += 1) all |= data[slots[i] * PARTS]
    this.touched = all
  }

  /** Spreads the next coarse bucket that holds anything over the fine level; false when there is none. */
  private openCoarseBucket(): boolean {
    if (this.coarseNext === BUCKETS) return false
    const bucket = this.coarse.firstFrom(this.coarseNext)
    if (bucket === BUCKETS) return false
    const { clock } = this
    const start = clock[COARSE_START] + bucket * clock[COARSE_WIDTH]
    this.coarseNext = bucket + 1
    this.fineNext = 0
    clock[FRONT_END] = start
    clock[FINE_START] = start
    clock[FINE_END] = start + clock[COARSE_WIDTH]
    this.coarse.spread(bucket, this.fine, start, clock[FINE_SCALE])
    return true
  }

  /** Past the wheel's limit the front run is one event long, and everything later stays in the heap. */
  private takeFromOverflow(): boolean {
    const clock = this.clock
    const t = this.overflow.firstTime()
    this.frontTime[0] = t
    this.frontSlot[0] = this.overflow.pop(this.moments)
    this.frontTail = 1
    clock[FRONT_END] = t
    clock[FINE_END] = t
    clock[COARSE_END] = t
    return true
  }

  protected setWidth(exponent: number): void {
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
  protected startAt(t: number): void {
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
    while (overflow.size > 0 && overflow.firstTime() < end) this.place(overflow.pop(this.moments))
  }

  /** Fits the bucket width to the mean time between the last pops. */
  protected tune(): void {
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

  protected emptyWheel(): void {
    this.frontHead = 0
    this.frontTail = 0
    this.presentHead = 0
    this.presentTail = 0
    this.late.clear()
    this.fine.clear()
    this.coarse.clear()
    this.chunks.clear()
    this.overflow.clear()
  }

  protected override grow(): void {
    super.grow()
    this.frontTime = twice(this.frontTime)
    this.frontSlot = twice(this.frontSlot)
  }
}
