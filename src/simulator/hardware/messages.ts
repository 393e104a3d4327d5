import { Records } from '../engine/records'
import { lastButOneOf, type MovingTrain } from './train'

/** What a message is for; with its `subject` it tells who takes it at the far end. */
export interface Cargo {
  /** See `Purpose` in services. */
  readonly purpose: number
  readonly subject: number
  /** For the display: root request and root operation, -1: none. */
  readonly request: number
  readonly operation: number
  /** Segment kind while it travels. */
  readonly shown: number
  /** Told at the head's arrival in place of the last packet's (memory trains). */
  readonly atHead: boolean
  /** A chunk of a transfer: `bulkNext` is scheduled when all of it has left its first port. */
  readonly bulk: boolean
}

/**
 * What is under way, a column per property; a message is a handle. A long message, in fidelity `line` every message of
 * several packets, travels as pieces, each with a handle of its own: see Wholes.
 */
export class Messages extends Records {
  route = this.int()
  hop = this.int()
  packets = this.real()
  /** Payload of a full packet and of the last one, bytes. */
  full = this.real()
  tail = this.real()
  /** When its packets are at the next port, ps; see Train. */
  first = this.real()
  lastButOne = this.real()
  last = this.real()
  lag = this.real()
  lagLast = this.real()
  purpose = this.int()
  subject = this.int()
  request = this.real()
  operation = this.int()
  shown = this.int()
  atHead = this.int()
  bulk = this.int()
  /** The message that it is a piece of; -1: it is all of it. */
  whole = this.int()
  /** Another piece follows when it has left its first port. */
  leads = this.int()
  /** Lost, and sent again at this time, ps; -1: not lost. */
  resendAt = this.real()
  next = this.int()
  waitingSince = this.real()
  /** The hop that it makes or made last, ps; and until when it is on the wire before that. */
  wireStart = this.real()
  wireEnd = this.real()
  wireChannel = this.int()
  wireBefore = this.real()
  channelBefore = this.int()

  constructor() {
    super(16)
  }

  open(route: number, packets: number, full: number, tail: number, cargo: Cargo): number {
    const message = this.blank(packets, full, tail)
    this.route[message] = route
    this.whole[message] = -1
    this.purpose[message] = cargo.purpose
    this.subject[message] = cargo.subject
    this.request[message] = cargo.request
    this.operation[message] = cargo.operation
    this.shown[message] = cargo.shown
    this.atHead[message] = cargo.atHead ? 1 : 0
    this.bulk[message] = cargo.bulk ? 1 : 0
    return message
  }

  /** Another piece of the same message. */
  openLike(piece: number, packets: number, full: number, tail: number): number {
    const message = this.blank(packets, full, tail)
    this.route[message] = this.route[piece]!
    this.whole[message] = this.whole[piece]!
    this.purpose[message] = this.purpose[piece]!
    this.subject[message] = this.subject[piece]!
    this.request[message] = this.request[piece]!
    this.operation[message] = this.operation[piece]!
    this.shown[message] = this.shown[piece]!
    this.atHead[message] = this.atHead[piece]!
    this.bulk[message] = this.bulk[piece]!
    return message
  }

  private blank(packets: number, full: number, tail: number): number {
    const message = this.take()
    this.hop[message] = 0
    this.packets[message] = packets
    this.full[message] = full
    this.tail[message] = tail
    this.leads[message] = 0
    this.resendAt[message] = -1
    this.next[message] = -1
    this.wireStart[message] = Infinity
    this.wireEnd[message] = 0
    return message
  }

  close(message: number): void {
    this.pool.release(message)
  }

  /** Pieces that are there from `first` to `last`, evenly. */
  setTrain(message: number, first: number, last: number): void {
    this.first[message] = first
    this.last[message] = last
    this.lastButOne[message] = lastButOneOf(this.packets[message], first, last)
    this.lag[message] = 0
    this.lagLast[message] = 0
  }

  getTrain(message: number, train: MovingTrain): void {
    train.packets = this.packets[message]!
    train.first = this.first[message]!
    train.lastButOne = this.lastButOne[message]!
    train.last = this.last[message]!
    train.lag = this.lag[message]!
    train.lagLast = this.lagLast[message]!
  }

  storeTrain(message: number, train: MovingTrain): void {
    this.first[message] = train.first
    this.lastButOne[message] = train.lastButOne
    this.last[message] = train.last
    this.lag[message] = train.lag
    this.lagLast[message] = train.lagLast
  }

  /** One packet that may go on at an instant, and is in by so much later. */
  setOne(message: number, at: number, lag: number): void {
    this.first[message] = at
    this.lastButOne[message] = at
    this.last[message] = at
    this.lag[message] = lag
    this.lagLast[message] = lag
  }

  onWire(message: number, channel: number, start: number, end: number): void {
    this.channelBefore[message] = this.wireChannel[message]!
    this.wireBefore[message] = this.wireEnd[message]!
    this.wireChannel[message] = channel
    this.wireStart[message] = start
    this.wireEnd[message] = end
  }

  /** Handles of all messages under way. */
  *underWay(): Generator<number> {
    const live = this.pool.liveMap()
    for (let message = 0; message < live.length; message += this.width) if (live[message]) yield message
  }
}
