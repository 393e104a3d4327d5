import { Records } from '../engine/records'

/**
 * Messages that travel in several pieces, a column per property: what has been cut off so far, what has arrived. The
 * pieces are messages of their own (see Messages); a message that travels as one piece is not in here.
 */
export class Wholes extends Records {
  /** Of the whole message; cut off so far; arrived. */
  packets = this.real()
  sent = this.real()
  arrived = this.real()
  /** Most packets of a piece. */
  most = this.real()
  /** Packets of one unit; the payload of each but the unit's last, and of that one, bytes. */
  each = this.int()
  full = this.real()
  unitTail = this.real()
  /** Its packets are there for sending evenly from first to last, ps. */
  first = this.real()
  last = this.real()
  /** When the first packet arrived at the far end, ps; Infinity: none has. */
  firstIn = this.real()

  constructor() {
    super(16)
  }

  open(
    packets: number,
    most: number,
    each: number,
    full: number,
    unitTail: number,
    first: number,
    last: number,
  ): number {
    const whole = this.take()
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
}

/**
 * How many packets may end a message in one piece where pieces have at most `most`. A last packet never follows several
 * in a piece of its own: smaller than they are, it would slip into gaps between them that are only there on average.
 */
export function mostTogether(most: number): number {
  return most > 1 ? most + 1 : most
}
