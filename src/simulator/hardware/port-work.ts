import { serializationPs } from '../../units/rate'
import * as EventKind from '../engine/event-kind'
import * as SegmentKind from './segment-kind'
import { MessagesUnderWay } from './messages-under-way'
import { passPort, readyAt, shift } from './train'

/**
 * A message enters the fabric in pieces, of one packet at least: at most so many bytes and so many packets, and less while
 * others wait at its port, which gives turns to messages by pieces. What belongs to no request, such as a move, may have
 * more packets in a piece while nothing waits but others of its kind. In fidelity `line` every packet is a piece.
 */
const PIECE_BYTES = 4096
const PIECE_PACKETS = 16
/** A piece is so many times shorter while others wait. */
const SHORTER = 8

/** Packets of a piece of a message whose full packets have so many bytes, shown as `shown` on its way. */
export function packetsOfPiece(full: number, shown: number, isShared: boolean): number {
  const shorter = isShared ? SHORTER : 1
  const most = Math.floor(PIECE_BYTES / shorter / full) || 1
  return isShared || shown === SegmentKind.link ? Math.min(most, PIECE_PACKETS / shorter) : most
}

/** Output ports send what waits at them, one piece at a time, as rates, credits and finite buffers allow. */
export abstract class PortWork extends MessagesUnderWay {
  protected join(message: number, channel: number): void {
    const { messages, ports } = this
    const now = this.queue.clock[0]
    messages.waitingSince[message] = now
    ports.enqueue(channel, message, this.wireBytes(message, channel), messages, now)
    this.wakeAt(channel, Math.max(now, ports.freeAt[channel]))
  }

  /** A piece has left its first port: the next of the same message joins the end of the queue there. */
  private followUp(piece: number, channel: number): void {
    const { messages, wholes } = this
    const whole = messages.whole[piece]
    const most = packetsOfPiece(wholes.full[whole], messages.shown[piece], this.isShared(piece, channel))
    const packets = wholes.nextPackets(whole, most)
    const index = wholes.sent[whole] + packets - 1
    const next = messages.openLike(piece, packets, wholes.full[whole], wholes.tailOf(whole, index))
    wholes.sent[whole] += packets
    messages.leads[next] = index + 1 < wholes.packets[whole] ? 1 : 0
    messages.leads[piece] = 0
    messages.bulk[piece] = 0
    const now = this.queue.clock[0]
    const ready = readyAt(index, wholes.packets[whole], wholes.first[whole], wholes.last[whole])
    messages.setTrain(next, Math.max(now, ready), Math.max(now, ready))
    if (ready > now) this.queue.schedule(ready, EventKind.portArrival, next, 0, 0)
    else this.join(next, channel)
  }

  /** Whether others wait at the port of a piece; for what belongs to no request, others that do. */
  private isShared(piece: number, channel: number): boolean {
    const { messages, ports } = this
    let other = ports.head[channel]
    if (messages.shown[piece] === SegmentKind.bulkLink)
      while (other >= 0 && messages.shown[other] === SegmentKind.bulkLink) other = messages.next[other]
    return other >= 0
  }

  /**
   * Whether the next hop's buffer has room, and nobody has waited longer for it; a train larger than the buffer needs it
   * empty. Registers the wait if not.
   */
  protected hasCredit(message: number, channel: number): boolean {
    const next = this.nextChannel(message)
    const { ports } = this
    if (next < 0 || !ports.lossless[channel] || ports.buffer[next] === Infinity || ports.down[next] > 0) return true
    const now = this.queue.clock[0]
    const need = Math.min(this.wireBytes(message, next), ports.buffer[next])
    const isFirst = ports.blockedHead[next] < 0
    if (isFirst && ports.occupied(next, now) + need <= ports.buffer[next]) return true
    ports.block(channel, next)
    if (!isFirst) return false // woken together with those before it
    const room = ports.roomAt(next, need, now)
    if (room < Infinity) this.wakeAt(next, room)
    return false
  }

  /** Sends what may go now through a port. */
  protected transmit(message: number, channel: number): void {
    const { messages, ports } = this
    const now = this.queue.clock[0]
    const isFirst = messages.hop[message] === 0
    if (messages.packets[message] === 1) this.transmitOne(message, channel, now)
    else this.transmitTrain(message, channel, now)
    if (isFirst) {
      if (messages.leads[message]) this.followUp(message, channel)
      else if (messages.bulk[message]) this.bulkHasLeft(message, channel)
    }
    if (ports.head[channel] >= 0) this.wakeAt(channel, ports.freeAt[channel])
    if (ports.blockedHead[channel] >= 0) this.wakeWaiting(channel)
  }

  private transmitTrain(message: number, channel: number, now: number): void {
    const { messages, ports, train } = this
    messages.getTrain(message, train)
    const header = ports.header[channel]
    const gbps = ports.gbps[channel]
    const taken = passPort(
      train,
      now,
      serializationPs(messages.full[message] + header, gbps),
      serializationPs(messages.tail[message] + header, gbps),
      ports.cuts[channel] ? serializationPs(header, gbps) : -1,
    )
    this.occupy(message, channel, taken, train.last + train.lagLast)
    const next = this.nextChannel(message)
    shift(train, ports.propagation[channel] + (next < 0 ? 0 : ports.forward[channel]))
    messages.storeTrain(message, train)
    this.goOn(message, channel, next)
  }

  /** As `transmitTrain` for one packet, which most messages are: the same recurrence, without the train. */
  private transmitOne(message: number, channel: number, now: number): void {
    const { messages, ports } = this
    const gbps = ports.gbps[channel]
    const header = ports.header[channel]
    const untilIn = messages.last[message] + messages.lagLast[message] - now
    const taken = Math.max(serializationPs(messages.tail[message] + header, gbps), untilIn)
    const ahead = ports.cuts[channel] ? serializationPs(header, gbps) : taken
    this.occupy(message, channel, taken, now + taken)
    const next = this.nextChannel(message)
    const beyond = ports.propagation[channel] + (next < 0 ? 0 : ports.forward[channel])
    messages.setOne(message, now + ahead + beyond, taken - ahead)
    this.goOn(message, channel, next)
  }

  /** A port is taken from now on for so many ps, by what has left it at `departs`. */
  private occupy(message: number, channel: number, taken: number, departs: number): void {
    const { messages, ports } = this
    const now = this.queue.clock[0]
    ports.charge(channel, now, taken, this.wireBytes(message, channel), messages.packets[message])
    const shown = messages.shown[message]
    if (shown === SegmentKind.link) ports.forCalls.add(channel, taken, now)
    else if (shown === SegmentKind.memoryLink) ports.forMemory.add(channel, taken, now)
    else ports.forMoves.add(channel, taken, now)
    ports.sending[channel] = messages.whole[message]!
    if (messages.hop[message] > 0) this.holdUpstream(message, channel, departs)
    messages.onWire(message, channel, now, departs + ports.propagation[channel])
    if (this.log.on) this.logWire(message, channel, now)
  }

  /** Looks again when the first of those who wait for room in this port's buffer may have it. */
  private wakeWaiting(channel: number): void {
    const { ports } = this
    const first = ports.head[ports.blockedHead[channel]]
    const need = first < 0 ? 0 : Math.min(this.wireBytes(first, channel), ports.buffer[channel])
    const room = ports.roomAt(channel, need, this.queue.clock[0])
    this.wakeAt(channel, Math.min(room, Math.max(this.queue.clock[0], ports.freeAt[channel])))
  }

  private bulkHasLeft(message: number, channel: number): void {
    this.messages.bulk[message] = 0
    this.queue.schedule(this.ports.freeAt[channel], EventKind.bulkNext, this.messages.subject[message], 0, 0)
  }

  /** It comes to its next port, or to its end. */
  private goOn(message: number, channel: number, next: number): void {
    const { messages, ports } = this
    if (next < 0) {
      const at = messages.atHead[message] ? messages.first[message] : messages.last[message]
      this.queue.schedule(at, EventKind.delivered, message, 0, 0)
      return
    }
    if (ports.lossless[channel]) ports.reserved[next] += this.wireBytes(message, next)
    messages.hop[message] += 1
    this.queue.schedule(messages.first[message], EventKind.portArrival, message, 0, 0)
  }

  /** A train longer than this port's buffer keeps the port before it busy until the rest fits. */
  private holdUpstream(message: number, channel: number, departs: number): void {
    const { ports } = this
    if (this.wireBytes(message, channel) <= ports.buffer[channel]) return
    const { routes } = this
    const before = routes.hops[routes.firstHop[this.messages.route[message]] + this.messages.hop[message] - 1]
    if (!ports.lossless[before]) return
    const held = Math.floor(departs - ports.buffer[channel] * ports.psPerByte[channel])
    ports.hold(before, held - ports.propagation[before] - ports.forward[before])
  }

  wakeAt(channel: number, time: number): void {
    const { ports } = this
    if (ports.kickAt[channel] <= time) return
    ports.kickAt[channel] = time
    this.queue.schedule(time, EventKind.portKick, channel, 0, 0)
  }

  /** Event `portKick`: sends what waits here, then lets those try again who waited for room here. */
  kick(channel: number): void {
    const { ports } = this
    const now = this.queue.clock[0]
    if (ports.kickAt[channel] !== now) return
    ports.kickAt[channel] = Infinity
    this.sendNext(channel)
    for (let waiting = ports.unblockAll(channel); waiting >= 0;) {
      const following = ports.blockedNext[waiting]
      this.sendNext(waiting)
      waiting = following
    }
  }

  private sendNext(channel: number): void {
    const { ports } = this
    const message = ports.head[channel]
    if (message < 0) return
    const now = this.queue.clock[0]
    if (ports.freeAt[channel] > now) {
      this.wakeAt(channel, ports.freeAt[channel])
      return
    }
    if (ports.blockedOn[channel] >= 0 || !this.hasCredit(message, channel)) return
    ports.dequeue(channel, this.wireBytes(message, channel), this.messages, now)
    if (this.log.on) this.logWait(message, channel, now)
    this.transmit(message, channel)
  }
}
