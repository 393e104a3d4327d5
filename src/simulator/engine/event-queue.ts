import { MOMENTS, ORDER, PARTS, TIME } from './event-columns'
import { EventWheel, FRONT_END, LIMIT, NOW, SEQUENCE, TUNED_AT, WHEEL_LIMIT } from './event-wheel'

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

/**
 * The pending events of a run, popped in (time, order of scheduling) order.
 *
 * An event is a slot: one record. The room for them grows by doubling and is then replaced, so read it through the
 * queue. Times are whole ps; any finite time is ordered correctly, up to 2^53 ps exactly and fast.
 */
export class EventQueue extends EventWheel {
  /** Entry 0: events popped. */
  readonly counts = new Float64Array(1)

  /**
   * @param time whole ps, at or after `clock[0]`
   * @param kind 0 … 255
   * @param a a 32-bit integer, as are `b` and `c`
   * @throws RangeError when the time has passed or is not finite
   */
  schedule(time: number, kind: number, a: number, b: number, c: number): void {
    const slot = this.alloc(kind, a, b, c)
    this.moments[slot * MOMENTS + TIME] = time
    this.push(slot)
  }

  /**
   * Schedules the event of a slot from `alloc` for the time that is in its record.
   *
   * @throws RangeError when the time has passed or is not finite
   */
  push(slot: number): void {
    const clock = this.clock
    const at = slot * MOMENTS
    const t = this.moments[at + TIME]
    if (!(t >= clock[NOW] && t < Infinity)) this.refuse(slot)
    const sequence = clock[SEQUENCE]
    clock[SEQUENCE] = sequence + 1
    this.moments[at + ORDER] = sequence
    if (t === clock[NOW] && t < WHEEL_LIMIT) this.appendPresent(slot)
    else this.place(slot)
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
    if (this.presentHead < this.presentTail) return this.clock[NOW]
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
      time: Float64Array.from(slots, (slot) => this.moments[slot * MOMENTS + TIME]),
      kind: Uint8Array.from(slots, (slot) => this.data[slot * PARTS]),
      a: slots.map((slot) => this.data[slot * PARTS + 1]),
      b: slots.map((slot) => this.data[slot * PARTS + 2]),
      c: slots.map((slot) => this.data[slot * PARTS + 3]),
    }
  }

  /** Forgets everything and goes on from what was saved, in the same order. */
  restore(saved: SavedEventQueue): void {
    this.emptyWheel()
    this.freeAll()
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
    if (this.presentHead < this.presentTail) return this.nextOfPresent()
    if (this.late.size > 0) return this.nextWithLate()
    return this.nextOfFront()
  }

  /** Whatever else is due at this instant was scheduled before it began, and comes first. */
  private nextOfPresent(): number {
    const now = this.clock[NOW]
    if (now > this.clock[LIMIT]) return -1
    if (this.clock[FRONT_END] <= now && this.frontHead === this.frontTail) this.fillFront() // after tuning
    if (this.late.size > 0 && this.late.firstTime() === now) return this.nextWithLate()
    if (this.frontHead < this.frontTail && this.frontTime[this.frontHead] === now) return this.nextOfFront()
    const slot = this.present[this.presentHead]
    this.presentHead += 1
    if (this.presentHead === this.presentTail) {
      this.presentHead = 0
      this.presentTail = 0
    }
    return this.release(slot)
  }

  private nextOfFront(): number {
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
    const { clock, late, moments } = this
    const t = late.firstTime()
    if (this.frontHead < this.frontTail) {
      const frontTime = this.frontTime[this.frontHead]
      const frontSlot = this.frontSlot[this.frontHead]
      if (
        frontTime < t ||
        (frontTime === t && moments[frontSlot * MOMENTS + ORDER] < moments[late.firstSlot() * MOMENTS + ORDER])
      ) {
        if (frontTime > clock[LIMIT]) return -1
        clock[NOW] = frontTime
        this.frontHead += 1
        return this.release(frontSlot)
      }
    }
    if (t > clock[LIMIT]) return -1
    clock[NOW] = t
    return this.release(late.pop(moments))
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

  private refuse(slot: number): never {
    this.free[this.freeCount] = slot
    this.freeCount += 1
    throw new RangeError(
      `an event needs a time at or after ${this.clock[NOW]} ps; got ${this.moments[slot * MOMENTS + TIME]}`,
    )
  }
}
