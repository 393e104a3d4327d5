import * as EventKind from '../engine/event-kind'
import { serializationPs } from '../../units/rate'
import { BrokenWays } from './broken-ways'
import type { Cargo } from './messages'
import { packetsOfPiece } from './port-work'
import * as SegmentKind from './segment-kind'
import type { Route } from './routes'
import { lastButOneOf, passPort, shift, type Train } from './train'
import { lately, type RecentUse } from './recent-use'
import { mostTogether } from './wholes'

/** Up to how busy channels are others on them count for little, and for messages of requests next to nothing. */
const LITTLE_USE = 1 / 32
const HARDLY_USED = 1 / 128
/** Where they count, a turn of a message keeps a wire busy for at most this part of what the quickest message there takes, its ends included. */
const TURN_OF_QUICKEST = 1 / 32
/** How long a piece of what moves keeps a wire busy at most: where others use its way, and where they hardly do, ps. */
const BULK_BESIDE = 50_000
const BULK_ALONE = 100_000
/** A piece is at most this part of any buffer on its way. */
const OF_BUFFER = 32

/**
 * Messages over routes of links and switches: output queues with finite buffers, credits on lossless links, drops and
 * time-outs on the others. What makes a hop as one event is a piece of a message, a train of packets; in fidelity
 * `line` each packet is a piece. A sender's port sends a piece of each of its messages in turn.
 */
export class Fabric extends BrokenWays {
  /** What the cores at the ends of a message of a request take for it at least, ps. */
  endsPs = 0

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
    if (this.fidelity !== 'line' && cargo.shown === SegmentKind.link) this.noteQuickest(route, bytes, now)
    const isCut = this.fidelity === 'line' || (this.byPacket && cargo.shown === SegmentKind.link)
    const most =
      isCut || packets === 1
        ? 1
        : Math.min(packetsOfPiece(full, cargo.shown, false), this.mostInTurn(route, full, cargo))
    if (packets <= mostTogether(most)) this.start(this.messages.open(route, packets, full, tail, cargo), now, now)
    else this.startPieces(route, this.wholes.open(packets, most, packets, full, tail, now, now), cargo)
  }

  /**
   * Sends `units` separate pieces of `unitBytes` as one train whose first and last pieces are there at the given times;
   * in fidelity `line`, and always if it is one piece of several packets, packet by packet, and then its arrival is told
   * when the last packet is in.
   */
  sendUnits(route: number, units: number, unitBytes: number, first: number, last: number, cargo: Cargo): void {
    const payload = this.routes.payload[route]
    const each = Math.max(1, Math.ceil(unitBytes / payload))
    const packets = units * each
    const most = each === 1 ? unitBytes : payload // the payload of an ideal link has no end
    const tail = unitBytes - (each - 1) * most
    if (packets > 1 && (this.fidelity === 'line' || units === 1)) {
      this.startPieces(route, this.wholes.open(packets, 1, each, most, tail, first, last), cargo)
      return
    }
    const full = unitBytes / each
    this.start(this.messages.open(route, packets, full, full, cargo), first, last)
  }

  /**
   * Most packets of a piece: fewer where others use its way, to take turns with them, all of the same length. A request's
   * message goes packet by packet beside memory; no piece takes much of a buffer on its way.
   */
  private mostInTurn(route: number, full: number, { shown }: Cargo): number {
    const most = Math.floor(this.leastBuffer(route) / OF_BUFFER / full) || 1
    if (shown === SegmentKind.link && !this.isUsed(route, this.ports.forCalls, HARDLY_USED)) return most
    const isCalled = this.isCalledOver(route)
    const isRead = this.isUsed(route, this.ports.forMemory, LITTLE_USE)
    if (shown !== SegmentKind.link) return Math.min(most, this.packetsOfMove(route, full, isCalled || isRead))
    if (isCalled && isRead) return 1
    return Math.min(most, Math.max(1, this.packetsIn(route, full, this.quickestOn(route) * TURN_OF_QUICKEST)))
  }

  private noteQuickest(route: number, bytes: number, now: number): void {
    const { hops, firstHop, reach, perByte } = this.routes
    const ps = this.endsPs + reach[route] + bytes * perByte[route]
    for (let hop = firstHop[route]; hops[hop] >= 0; hop += 1) this.ports.quickest.note(hops[hop], ps, now)
  }

  /** What the quickest message of late over any channel of a route takes on an idle rack, ps. */
  private quickestOn(route: number): number {
    const { hops, firstHop } = this.routes
    const now = this.queue.clock[0]
    let least = Infinity
    for (let hop = firstHop[route]; hops[hop] >= 0; hop += 1)
      least = Math.min(least, this.ports.quickest.of(hops[hop], now))
    return least
  }

  private packetsOfMove(route: number, full: number, isBeside: boolean): number {
    const { forCalls, forMemory } = this.ports
    if (isBeside) return Math.max(2, this.packetsIn(route, full, BULK_BESIDE))
    if (!this.isUsed(route, forCalls, 0) && !this.isUsed(route, forMemory, 0)) return Infinity
    return Math.max(2, this.packetsIn(route, full, BULK_ALONE))
  }

  /** Packets that pass the slowest wire of a route within so many ps. */
  private packetsIn(route: number, full: number, ps: number): number {
    const { hops, firstHop } = this.routes
    const { header, psPerByte } = this.ports
    let slowest = 0
    for (let hop = firstHop[route]; hops[hop] >= 0; hop += 1)
      slowest = Math.max(slowest, (full + header[hops[hop]]) * psPerByte[hops[hop]])
    return Math.floor(ps / slowest)
  }

  /** Room of the smallest buffer on a route, bytes. */
  leastBuffer(route: number): number {
    const { hops, firstHop } = this.routes
    let least = Infinity
    for (let hop = firstHop[route] + 1; hops[hop] >= 0; hop += 1) least = Math.min(least, this.ports.buffer[hops[hop]])
    return least
  }

  /** Whether messages of requests have kept a channel of a route busy for more than a small part of the time of late. */
  private isCalledOver(route: number): boolean {
    return this.isUsed(route, this.ports.forCalls, LITTLE_USE)
  }

  /**
   * Whether messages of requests or memory that moves have kept a channel of a route busy for more than a small part of
   * the time of late, or remote memory for more than a share of it, be it as trains or as flows.
   */
  isSharedOver(route: number, share: number): boolean {
    const { hops, firstHop } = this.routes
    const { forCalls, forMoves, forMemory, forFlows } = this.ports
    const now = this.queue.clock[0]
    const little = LITTLE_USE * lately(now)
    const much = share * lately(now)
    for (let hop = firstHop[route]; hops[hop] >= 0; hop += 1) {
      const channel = hops[hop]
      if (forCalls.isOver(channel, little, now) || forMoves.isOver(channel, little, now)) return true
      const isMuch = forMemory.used[channel] + forFlows.used[channel] > much
      if (isMuch && forMemory.of(channel, now) + forFlows.of(channel, now) > much) return true
    }
    return false
  }

  private isUsed(route: number, recent: RecentUse, share: number): boolean {
    const { hops, firstHop } = this.routes
    const now = this.queue.clock[0]
    const least = share * lately(now)
    for (let hop = firstHop[route]; hops[hop] >= 0; hop += 1) if (recent.isOver(hops[hop], least, now)) return true
    return false
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

  /**
   * The way of a train of `sendUnits` over an idle route, into `train`: when its packets arrive, ps; at the rates of now,
   * or at others, Gb/s by channel.
   */
  unloaded(
    route: Route,
    units: number,
    unitBytes: number,
    first: number,
    last: number,
    train: Train,
    rates = this.ports.gbps,
  ): void {
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
      const gbps = rates[route.channels[hop]]
      const ser = (payload: number): number => serializationPs(payload + channel.headerBytes, gbps)
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
}
