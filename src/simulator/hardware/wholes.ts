import { capture, reinstate, type Saved } from '../engine/plain-state'
import { SlotPool, growFloat, growInt } from '../engine/slot-pool'

const FIELDS = ['packets', 'sent', 'arrived', 'most', 'each', 'full', 'unitTail', 'first', 'last', 'firstIn'] as const

/**
 * Messages that travel in several pieces, a column per property: what has been cut off so far, what has arrived. The
 * pieces are messages of their own (see Messages); a message that travels as one piece is not in here.
 */
export class Wholes {
  private readonly pool = new SlotPool()
  private capacity = 16
  /** Of the whole message; cut off so far; arrived. */
  packets = new Float64Array(16)
  sent = new Float64Array(16)
  arrived = new Float64Array(16)
  /** Most packets of a piece. */
  most = new Float64Array(16)
  /** Packets of one unit; the payload of each but the unit's last, and of that one, bytes. */
  each = new Int32Array(16)
  full = new Float64Array(16)
  unitTail = new Float64Array(16)
  /** Its packets are there for sending evenly from first to last, ps. */
  first = new Float64Array(16)
  last = new Float64Array(16)
  /** When the first packet arrived at the far end, ps; Infinity: none has. */
  firstIn = new Float64Array(16)

  open(
    packets: number,
    most: number,
    each: number,
    full: number,
    unitTail: number,
    first: number,
    last: number,
  ): number {
    const whole = this.pool.take()
    if (whole >= this.capacity) this.grow()
    this.packets[whole] = packets
    this.sent[whole] = 0
    this.arrived[whole] = 0
    this.most[whole] = most
    this.each[whole] = each
    this.full[whole] = full
    this.unitTail[whole] = unitTail
    this.first[whole] = first
    this.last[whole] = last
    this.firstIn[whole] = Infinity
    return whole
  }

  close(whole: number): void {
    this.pool.release(whole)
  }

  /** How many packets the next piece has; 0: nothing is left. */
  nextPackets(whole: number, atMost = Infinity): number {
    const most = Math.min(this.most[whole], atMost)
    const left = this.packets[whole] - this.sent[whole]
    return left <= mostTogether(most) ? left : most
  }

  /** Payload of the last packet of the piece that ends with packet `index`. */
  tailOf(whole: number, index: number): number {
    return (index + 1) % this.each[whole] === 0 ? this.unitTail[whole] : this.full[whole]
  }

  private grow(): void {
    for (const field of FIELDS) {
      const column = this[field]
      if (column instanceof Float64Array) (this[field] as Float64Array) = growFloat(column, this.capacity * 2)
      else (this[field] as Int32Array) = growInt(column, this.capacity * 2)
    }
    this.capacity *= 2
  }

  save(): Saved {
    return { ...capture(this, FIELDS), pool: this.pool.save(), capacity: this.capacity }
  }

  restore(saved: Saved): void {
    reinstate(this, FIELDS, saved)
    this.capacity = saved['capacity'] as number
    this.pool.restore(saved['pool'] as Saved)
  }
}

/**
 * How many packets may end a message in one piece where pieces have at most `most`. A last packet never follows several
 * in a piece of its own: smaller than they are, it would slip into gaps between them that are only there on average.
 */
export function mostTogether(most: number): number {
  return most > 1 ? most + 1 : most
}
