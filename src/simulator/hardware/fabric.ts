import * as EventKind from '../engine/event-kind'
import { serializationPs } from '../../units/rate'
import type { Fidelity } from '../../scenario/scenario'
import type { EventQueue } from '../engine/event-queue'
import type { Saved } from '../engine/plain-state'
import type { DisplayLog } from './display-log'
import { Messages, type Cargo } from './messages'
import type { Network } from './network'
import { Ports } from './ports'
import { Routes, type Route } from './routes'
import { lastButOneOf, movingTrain, passPort, readyAt, shift, type Train } from './train'
import { Wholes, mostTogether } from './wholes'

/**
 * A message longer than this enters the fabric in pieces, of one packet at least, and in shorter ones while others wait
 * at its port; bytes. In fidelity `line` every packet is a piece.
 */
const PIECE_BYTES = 4096
const SHARED_PIECE_BYTES = 1024

/**
 * Messages over routes of links and switches: output queues with finite buffers, credits on lossless links, drops and
 * time-outs on the others. What makes a hop as one event is a piece of a message, a train of packets; in fidelity
 * `line` each packet is a piece. A sender's port sends a piece of each of its messages in turn.
 */
export class Fabric {
  readonly routes: Routes
  readonly ports: Ports
  readonly messages = new Messages()
  readonly wholes = new Wholes()
  /** Messages that wait at their senders until a way is up again, first in first out; -1: none. */
  private parkedHead = -1
  private parkedTail = -1
  private readonly train = movingTrain()

  constructor(
    readonly network: Network,
    private readonly queue: EventQueue,
    private readonly log: DisplayLog,
    private readonly fidelity: Fidelity = 'burst',
  ) {
    this.ports = new Ports(network)
    this.routes = new Routes(network, this.ports.down)
  }

  /**
   * Sends `bytes` over a route on which nothing can hold them up (`routes.free`), without a message of its own; says when
   * they arrive, ps. Only where no link fails: what is under way is not known here.
   */
  sendFree(route: number, bytes: number, shown: number, operation: number, request: number): number {
    const channel = this.routes.hops[this.routes.firstHop[route]]
    const now = this.queue.clock[0]
    const arrival = now + this.routes.free[route]
    this.ports.charge(channel, now, 0, bytes, 1)
    if (this.log.on) this.log.emit(now, arrival, shown, operation, request, channel, -1)
    return arrival
  }

  /** Sends `bytes` from one device to another, available at once. The two must differ and a route must exist. */
  send(route: number, bytes: number, cargo: Cargo): void {
    const payload = this.routes.payload[route]
    const packets = Math.max(1, Math.ceil(bytes / payload))
    const full = packets === 1 ? bytes : payload
    const tail = bytes - (packets - 1) * full
    const now = this.queue.clock[0]
    const most = this.fidelity === 'line' ? 1 : Math.max(1, Math.floor(PIECE_BYTES / full))
    if (packets <= mostTogether(most)) this.start(this.messages.open(route, packets, full, tail, cargo), now, now)
    else this.startPieces(route, this.wholes.open(packets, most, packets, full, tail, now, now), cargo)
  }

  /**
   * Sends `units` separate pieces of `unitBytes` as one train whose first and last pieces are there at the given times;
   * in fidelity `line` packet by packet, and then its arrival is told when the last packet is in.
   */
  sendUnits(route: number, units: number, unitBytes: number, first: number, last: number, cargo: Cargo): void {
    const payload = this.routes.payload[route]
    const each = Math.max(1, Math.ceil(unitBytes / payload))
    const packets = units * each
    const most = each === 1 ? unitBytes : payload // the payload of an ideal link has no end
    const tail = unitBytes - (each - 1) * most
    if (this.fidelity === 'line' && packets > 1) {
      this.startPieces(route, this.wholes.open(packets, 1, each, most, tail, first, last), cargo)
      return
    }
    const full = units === 1 && each > 1 ? payload : unitBytes / each
    this.start(this.messages.open(route, packets, full, units === 1 && each > 1 ? tail : full, cargo), first, last)
  }

  private start(message: number, first: number, last: number): void {
    this.messages.setTrain(message, first, last)
    if (first <= this.queue.clock[0]) this.enter(message)
    else this.queue.schedule(first, EventKind.portArrival, message, 0, 0)
  }

  private startPieces(route: number, whole: number, cargo: Cargo): void {
    const { messages, wholes } = this
    const packets = wholes.nextPackets(whole)
    const piece = messages.open(route, packets, wholes.full[whole], wholes.tailOf(whole, packets - 1), cargo)
    messages.whole[piece] = whole
    messages.leads[piece] = 1
    wholes.sent[whole] = packets
    const first = wholes.first[whole]
    this.start(piece, first, first)
  }

  /** A piece has left its first port: the next of the same message joins the end of the queue there. */
  private followUp(piece: number, channel: number): void {
    const { messages, wholes } = this
    const whole = messages.whole[piece]
    const most = this.ports.head[channel] < 0 ? PIECE_BYTES : SHARED_PIECE_BYTES
    const packets = wholes.nextPackets(whole, Math.max(1, Math.floor(most / wholes.full[whole])))
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

  /** The way of a train of `sendUnits` over an idle route, into `train`: when its packets arrive, ps. */
  unloaded(route: Route, units: number, unitBytes: number, first: number, last: number, train: Train): void {
    const each = Math.max(1, Math.ceil(unitBytes / route.payloadBytes))
    const isCut = units === 1 && each > 1
    const full = isCut ? route.payloadBytes : unitBytes / each
    const tail = isCut ? unitBytes - (each - 1) * full : full
    const { train: way } = this
    way.packets = units * each
    way.first = first
    way.lastButOne = lastButOneOf(way.packets, first, last)
    way.last = last
    way.lag = way.lagLast = 0
    for (let hop = 0; hop < route.channels.length; hop += 1) {
      const channel = this.network.channels[route.channels[hop]]
      if (hop > 0) shift(way, this.network.vertices[channel.from].forwardPs)
      const ser = (payload: number): number => serializationPs(payload + channel.headerBytes, channel.gbps)
      passPort(way, way.first, ser(full), ser(tail), this.network.vertices[channel.to].cutsThrough ? ser(0) : -1)
      shift(way, channel.propagationPs)
    }
    train.packets = way.packets
    train.first = way.first
    train.lastButOne = way.lastButOne
    train.last = way.last
  }

  /** A message's head is at the output port of its next hop: event `portArrival`. */
  enter(message: number): void {
    const { messages, ports } = this
    const hop = messages.hop[message]
    if (hop === 0) {
      if (this.routes.version > 0 && !this.takeWay(message)) return
    } else if (!this.takeIn(message, hop)) return
    const channel = this.channelOf(message)
    const now = this.queue.clock[0]
    if (ports.head[channel] < 0 && ports.freeAt[channel] <= now && this.hasCredit(message, channel)) {
      messages.waitingSince[message] = now
      this.transmit(message, channel)
    } else this.join(message, channel)
  }

  private join(message: number, channel: number): void {
    const { messages, ports } = this
    const now = this.queue.clock[0]
    messages.waitingSince[message] = now
    ports.enqueue(channel, message, this.wireBytes(message, channel), messages, now)
    this.wakeAt(channel, Math.max(now, ports.freeAt[channel]))
  }

  /** A message at its sender takes the way that is up now; false: there is none, and it waits for one. */
  private takeWay(message: number): boolean {
    const { messages, routes } = this
    if (!routes.broken[messages.route[message]]) return true
    const { from, to } = routes.list[messages.route[message]]
    messages.route[message] = routes.between(from, to)
    if (!routes.broken[messages.route[message]]) return true
    messages.waitingSince[message] = this.queue.clock[0]!
    messages.next[message] = -1
    if (this.parkedHead < 0) this.parkedHead = message
    else messages.next[this.parkedTail] = message
    this.parkedTail = message
    return false
  }

  /** Whether a message that comes over a wire finds its port up and room in its buffer; otherwise it is lost. */
  private takeIn(message: number, hop: number): boolean {
    const { messages, ports } = this
    const channel = this.channelOf(message)
    const before = this.routes.hops[this.routes.firstHop[messages.route[message]] + hop - 1]
    const wire = this.wireBytes(message, channel)
    if (ports.lossless[before]) ports.reserved[channel] -= wire
    if (messages.resendAt[message] < 0) {
      if (ports.down[channel] > 0) this.lose(message, channel)
      else if (!ports.lossless[before] && this.overflows(message, channel, wire)) this.lose(message, before, channel)
      else return true
    }
    const now = this.queue.clock[0]
    if (ports.blockedHead[channel] >= 0) this.wakeAt(channel, Math.max(now + 1, ports.freeAt[channel]))
    this.sendAgain(message)
    return false
  }

  private channelOf(message: number): number {
    const { routes, messages } = this
    return routes.hops[routes.firstHop[messages.route[message]] + messages.hop[message]]
  }

  /** Whole bytes, though a page may be cut into packets of thirds of a byte: so that an empty buffer holds exactly 0. */
  private wireBytes(message: number, channel: number): number {
    const { messages } = this
    const payload = (messages.packets[message] - 1) * messages.full[message] + messages.tail[message]
    return Math.round(payload) + messages.packets[message] * this.ports.header[channel]
  }

  /** Whether a piece finds a full buffer. One that only its own message fills always has room: see docs/model.md. */
  private overflows(message: number, channel: number, wire: number): boolean {
    const { messages, ports } = this
    const held = ports.occupied(channel, this.queue.clock[0])
    if (held === 0 || held + wire <= ports.buffer[channel]) return false
    const whole = messages.whole[message]
    if (whole < 0 || ports.sending[channel] !== whole) return true
    for (let other = ports.head[channel]; other >= 0; other = messages.next[other])
      if (messages.whole[other] !== whole) return true
    return false
  }

  /** What is under way is lost: on a link, or (`at`) in front of a full port; it is sent again after that link's time-out. */
  lose(message: number, link: number, at = link): void {
    const { messages, ports } = this
    ports.dropped[at] += messages.packets[message]
    messages.resendAt[message] = this.queue.clock[0] + ports.retransmit[link]
    messages.wireEnd[message] = 0
  }

  /** Event `resend`. */
  resend(message: number): void {
    const { messages, routes } = this
    messages.hop[message] = 0
    messages.resendAt[message] = -1
    if (routes.version > 0) {
      const { from, to } = routes.list[messages.route[message]]
      messages.route[message] = routes.between(from, to)
    }
    const now = this.queue.clock[0]
    messages.setTrain(message, now, now)
    this.enter(message)
  }

  /**
   * Event `delivered`: whether a message is complete with this. If not, the handle is done with: what it stood for waits
   * for the other pieces of its message, or was lost on its last hop.
   */
  arrive(message: number): boolean {
    const { messages, wholes } = this
    if (messages.resendAt[message] >= 0) {
      this.sendAgain(message)
      return false
    }
    const whole = messages.whole[message]
    if (whole < 0) return true
    wholes.arrived[whole] += messages.packets[message]
    wholes.firstIn[whole] = Math.min(wholes.firstIn[whole], messages.first[message])
    if (wholes.arrived[whole] < wholes.packets[whole]) {
      messages.close(message)
      return false
    }
    messages.first[message] = wholes.firstIn[whole]!
    wholes.close(whole)
    return true
  }

  /**
   * Whether the next hop's buffer has room, and nobody has waited longer for it; a train larger than the buffer needs it
   * empty. Registers the wait if not.
   */
  private hasCredit(message: number, channel: number): boolean {
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

  private nextChannel(message: number): number {
    const { routes, messages } = this
    return routes.hops[routes.firstHop[messages.route[message]] + messages.hop[message] + 1]
  }

  private transmit(message: number, channel: number): void {
    const { messages, ports, train } = this
    const now = this.queue.clock[0]
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
    ports.charge(channel, now, taken, this.wireBytes(message, channel), train.packets)
    ports.sending[channel] = messages.whole[message]
    const isFirst = messages.hop[message] === 0
    if (!isFirst) this.holdUpstream(message, channel, train.last + train.lagLast)
    shift(train, ports.propagation[channel])
    messages.onWire(message, channel, now, train.last + train.lagLast)
    if (this.log.on) this.logWire(message, channel, now)
    this.forward(message, channel)
    if (isFirst) {
      if (messages.leads[message]) this.followUp(message, channel)
      else if (messages.bulk[message]) this.bulkHasLeft(message, channel)
    }
    if (ports.head[channel] >= 0) this.wakeAt(channel, ports.freeAt[channel])
    if (ports.blockedHead[channel] >= 0) this.wakeWaiting(channel)
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

  private forward(message: number, channel: number): void {
    const { messages, ports, train } = this
    const next = this.nextChannel(message)
    if (next < 0) {
      messages.storeTrain(message, train)
      const at = messages.atHead[message] ? train.first : train.last
      this.queue.schedule(at, EventKind.delivered, message, 0, 0)
      return
    }
    shift(train, ports.forward[channel])
    messages.storeTrain(message, train)
    if (ports.lossless[channel]) ports.reserved[next] += this.wireBytes(message, next)
    messages.hop[message] += 1
    this.queue.schedule(train.first, EventKind.portArrival, message, 0, 0)
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

  /** A struck wire that a message's last bit is not over yet; -1: none. Only the last two hops are looked at. */
  wireUnder(message: number, struck: ReadonlySet<number>): number {
    const { messages } = this
    const now = this.queue.clock[0]
    if (messages.hop[message] === 0 && messages.wireEnd[message] === 0) return -1
    if (messages.wireEnd[message] > now && struck.has(messages.wireChannel[message]))
      return messages.wireChannel[message]
    if (messages.wireBefore[message] > now && struck.has(messages.channelBefore[message]))
      return messages.channelBefore[message]
    return -1
  }

  /** The port that a message is on its way to or in front of, behind the first; -1: none. */
  between(message: number): number {
    const { hop, wireEnd } = this.messages
    const isArriving = this.nextChannel(message) < 0 && wireEnd[message] > this.queue.clock[0]
    return hop[message] > 0 && !isArriving ? this.channelOf(message) : -1
  }

  /** What is lost waits for its time-out. */
  sendAgain(message: number): void {
    const at = Math.max(this.queue.clock[0], this.messages.resendAt[message])
    this.queue.schedule(at, EventKind.resend, message, 0, 0)
  }

  /** A port stops in the middle of what it sends. */
  stop(channel: number): void {
    const { ports } = this
    const rest = ports.freeAt[channel] - this.queue.clock[0]
    if (rest <= 0) return
    ports.worked[channel] -= rest
    ports.freeAt[channel] -= rest
  }

  /** Takes those of a port's queue that fit out of it, in order. */
  takeOut(channel: number, fits: (message: number) => boolean): number[] {
    const { messages, ports } = this
    const now = this.queue.clock[0]
    const all: number[] = []
    for (let message = ports.head[channel]; message >= 0; message = messages.next[message]) all.push(message)
    const out = all.filter(fits)
    if (out.length === 0) return out
    for (const message of all) {
      ports.dequeue(channel, this.wireBytes(message, channel), messages, now)
      if (this.log.on) this.logWait(message, channel, now)
    }
    for (const message of all)
      if (!out.includes(message)) ports.enqueue(channel, message, this.wireBytes(message, channel), messages, now)
    return out
  }

  /** Nobody waits for room any more; every port with something to send looks again now. */
  wakeAll(): void {
    const { ports } = this
    for (let channel = 0; channel < ports.head.length; channel += 1) ports.unblockAll(channel)
    for (let channel = 0; channel < ports.head.length; channel += 1)
      if (ports.head[channel] >= 0) this.wakeAt(channel, Math.max(this.queue.clock[0], ports.freeAt[channel]))
  }

  /** Takes all messages that wait for a way off their list; returns the first, the others follow by `messages.next`. */
  unpark(): number {
    const first = this.parkedHead
    if (this.log.on) this.logParked(this.queue.clock[0])
    this.parkedHead = -1
    this.parkedTail = -1
    return first
  }

  /** Shows what waits in the output ports, or for a way, without an end. */
  logWaiting(): void {
    const { messages, ports } = this
    for (let channel = 0; channel < ports.head.length; channel += 1)
      for (let message = ports.head[channel]; message >= 0; message = messages.next[message])
        this.logWait(message, channel, Infinity)
    this.logParked(Infinity)
  }

  private logParked(until: number): void {
    const { next } = this.messages
    for (let message = this.parkedHead; message >= 0; message = next[message])
      this.logWait(message, this.channelOf(message), until)
  }

  private logWire(message: number, channel: number, now: number): void {
    const { messages } = this
    const { shown, operation, request, wireEnd } = messages
    this.log.emit(now, wireEnd[message], shown[message], operation[message], request[message], channel, -1)
  }

  private logWait(message: number, channel: number, until: number): void {
    const { shown, operation, request, waitingSince } = this.messages
    this.log.emitWait(waitingSince[message], until, shown[message], operation[message], request[message], channel)
  }

  save(): Saved {
    const { parkedHead, parkedTail, ports, messages, wholes, routes } = this
    return {
      ports: ports.save(),
      messages: messages.save(),
      wholes: wholes.save(),
      routes: routes.save(),
      parkedHead,
      parkedTail,
    }
  }

  restore(saved: Saved): void {
    this.ports.restore(saved['ports'] as Saved)
    this.messages.restore(saved['messages'] as Saved)
    this.wholes.restore(saved['wholes'] as Saved)
    this.routes.restore(saved['routes'] as Saved)
    this.parkedHead = saved['parkedHead'] as number
    this.parkedTail = saved['parkedTail'] as number
  }
}
