import { serializationPs } from '../../units/rate'
import { EventKind } from '../engine/event-kind'
import type { EventQueue } from '../engine/event-queue'
import type { Saved } from '../engine/plain-state'
import type { DisplayLog } from './display-log'
import { Messages, type Cargo } from './messages'
import { Routes, type Network, type Route } from './network'
import { Ports } from './ports'
import { lastButOneOf, passPort, shift, type Train } from './train'

/** How long a sender of a lossy link waits before it sends again what was dropped, ps (200 µs). */
const RETRANSMIT_PS = 200_000_000

/**
 * Messages over routes of links and switches: one train per message and hop, store-and-forward, output queues with
 * finite buffers, credits on lossless links, drops and time-outs on the others.
 */
export class Fabric {
  readonly routes: Routes
  readonly ports: Ports
  readonly messages = new Messages()
  private readonly train: Train = { packets: 1, first: 0, lastButOne: 0, last: 0 }

  constructor(
    readonly network: Network,
    private readonly queue: EventQueue,
    private readonly log: DisplayLog,
  ) {
    this.routes = new Routes(network)
    this.ports = new Ports(network)
  }

  /** Sends `bytes` from one device to another, available at once. The two must differ and a route must exist. */
  send(route: number, bytes: number, cargo: Cargo): void {
    const payload = this.routes.list[route].payloadBytes
    const packets = Math.max(1, Math.ceil(bytes / payload))
    const full = packets === 1 ? bytes : payload
    const now = this.queue.clock[0]
    const message = this.messages.open(route, packets, full, bytes - (packets - 1) * full, cargo)
    this.messages.setTrain(message, now, now)
    this.enter(message)
  }

  /** Sends `units` separate pieces of `unitBytes` as one train whose first and last pieces are there at the given times. */
  sendUnits(route: number, units: number, unitBytes: number, first: number, last: number, cargo: Cargo): void {
    const each = Math.max(1, Math.ceil(unitBytes / this.routes.list[route].payloadBytes))
    const payload = unitBytes / each
    const message = this.messages.open(route, units * each, payload, payload, cargo)
    this.messages.setTrain(message, first, last)
    if (first <= this.queue.clock[0]) this.enter(message)
    else this.queue.schedule(first, EventKind.portArrival, message, 0, 0)
  }

  /** The way of a train of `sendUnits` over an idle route, into `train`: when its packets arrive, ps. */
  unloaded(route: Route, units: number, unitBytes: number, first: number, last: number, train: Train): void {
    const each = Math.max(1, Math.ceil(unitBytes / route.payloadBytes))
    train.packets = units * each
    train.first = first
    train.lastButOne = lastButOneOf(train.packets, first, last)
    train.last = last
    for (let hop = 0; hop < route.channels.length; hop += 1) {
      const channel = this.network.channels[route.channels[hop]]
      if (hop > 0) shift(train, this.network.vertices[channel.from].forwardPs)
      const ser = serializationPs(unitBytes / each + channel.headerBytes, channel.gbps)
      passPort(train, train.first, ser, ser)
      shift(train, channel.propagationPs)
    }
  }

  /** A message's head is at the output port of its next hop: event `portArrival`. */
  enter(message: number): void {
    const { messages, ports } = this
    const channel = this.channelOf(message)
    const hop = messages.hop[message]
    const wire = this.wireBytes(message, channel)
    if (hop > 0) {
      const before = this.routes.list[messages.route[message]].channels[hop - 1]
      ports.reserved[channel] -= wire
      if (!ports.lossless[before] && this.overflows(channel, wire)) {
        this.drop(message, channel)
        return
      }
    }
    const now = this.queue.clock[0]
    messages.waitingSince[message] = now
    if (ports.head[channel] < 0 && ports.freeAt[channel] <= now && this.hasCredit(message, channel)) {
      this.transmit(message, channel)
      return
    }
    ports.enqueue(channel, message, wire, messages, now)
    this.wakeAt(channel, Math.max(now, ports.freeAt[channel]))
  }

  private channelOf(message: number): number {
    return this.routes.list[this.messages.route[message]].channels[this.messages.hop[message]]
  }

  /** Whole bytes, though a page may be cut into packets of thirds of a byte: so that an empty buffer holds exactly 0. */
  private wireBytes(message: number, channel: number): number {
    const { messages } = this
    const payload = (messages.packets[message] - 1) * messages.full[message] + messages.tail[message]
    return Math.round(payload) + messages.packets[message] * this.ports.header[channel]
  }

  private overflows(channel: number, wire: number): boolean {
    const held = this.ports.occupied(channel, this.queue.clock[0])
    return held > 0 && held + wire > this.ports.buffer[channel]
  }

  private drop(message: number, channel: number): void {
    const { ports } = this
    ports.dropped[channel] += this.messages.packets[message]
    this.messages.bulk[message] = 0
    if (ports.blockedHead[channel] >= 0) this.wakeAt(channel, Math.max(this.queue.clock[0] + 1, ports.freeAt[channel]))
    this.queue.schedule(this.queue.clock[0] + RETRANSMIT_PS, EventKind.resend, message, 0, 0)
  }

  /** Event `resend`. */
  resend(message: number): void {
    this.messages.hop[message] = 0
    const now = this.queue.clock[0]
    this.messages.setTrain(message, now, now)
    this.enter(message)
  }

  /** Whether the next hop's buffer has room; a train larger than the buffer needs it empty. Registers the wait if not. */
  private hasCredit(message: number, channel: number): boolean {
    const next = this.nextChannel(message)
    const { ports } = this
    if (next < 0 || !ports.lossless[channel] || ports.buffer[next] === Infinity) return true
    const now = this.queue.clock[0]
    const need = Math.min(this.wireBytes(message, next), ports.buffer[next])
    if (ports.occupied(next, now) + need <= ports.buffer[next]) return true
    ports.block(channel, next)
    const room = ports.roomAt(next, need, now)
    if (room < Infinity) this.wakeAt(next, room)
    return false
  }

  private nextChannel(message: number): number {
    const { channels } = this.routes.list[this.messages.route[message]]
    const hop = this.messages.hop[message] + 1
    return hop < channels.length ? channels[hop] : -1
  }

  private transmit(message: number, channel: number): void {
    const { messages, ports, train } = this
    const now = this.queue.clock[0]
    train.packets = messages.packets[message]!
    messages.getTrain(message, train)
    const header = ports.header[channel]
    const gbps = ports.gbps[channel]
    const work = passPort(
      train,
      now,
      serializationPs(messages.full[message] + header, gbps),
      serializationPs(messages.tail[message] + header, gbps),
    )
    ports.charge(channel, now, work, this.wireBytes(message, channel), train.packets)
    if (messages.hop[message] > 0) this.holdUpstream(message, channel, train.last)
    shift(train, ports.propagation[channel])
    messages.onWire(message, channel, now, train.last)
    if (this.log.on)
      this.log.emit(
        now,
        train.last,
        messages.shown[message],
        messages.operation[message],
        messages.request[message],
        channel,
        -1,
      )
    if (messages.bulk[message] && messages.hop[message] === 0)
      this.queue.schedule(ports.freeAt[channel], EventKind.bulkNext, messages.subject[message], 0, 0)
    this.forward(message, channel)
    if (ports.head[channel] >= 0 || ports.blockedHead[channel] >= 0) this.wakeAt(channel, ports.freeAt[channel])
  }

  private forward(message: number, channel: number): void {
    const { messages, train } = this
    const next = this.nextChannel(message)
    if (next < 0) {
      messages.storeTrain(message, train)
      const at = messages.atHead[message] ? train.first : train.last
      this.queue.schedule(at, EventKind.delivered, message, 0, 0)
      return
    }
    shift(train, this.network.vertices[this.network.channels[channel].to].forwardPs)
    messages.storeTrain(message, train)
    this.ports.reserved[next] += this.wireBytes(message, next)
    messages.hop[message] += 1
    this.queue.schedule(train.first, EventKind.portArrival, message, 0, 0)
  }

  /** A train longer than this port's buffer keeps the port before it busy until the rest fits. */
  private holdUpstream(message: number, channel: number, departs: number): void {
    const { ports } = this
    if (this.wireBytes(message, channel) <= ports.buffer[channel]) return
    const before = this.routes.list[this.messages.route[message]].channels[this.messages.hop[message] - 1]
    if (!ports.lossless[before]) return
    const held = Math.floor(departs - ports.buffer[channel] * ports.psPerByte[channel])
    const away = ports.propagation[before] + this.network.vertices[this.network.channels[channel].from].forwardPs
    ports.hold(before, held - away)
  }

  private wakeAt(channel: number, time: number): void {
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

  /** Shows what waits in the output ports, without an end. */
  logWaiting(): void {
    const { messages, ports } = this
    for (let channel = 0; channel < ports.head.length; channel += 1)
      for (let message = ports.head[channel]; message >= 0; message = messages.next[message])
        this.logWait(message, channel, Infinity)
  }

  private logWait(message: number, channel: number, until: number): void {
    const { messages } = this
    this.log.emitWait(
      messages.waitingSince[message],
      until,
      messages.shown[message],
      messages.operation[message],
      messages.request[message],
      channel,
    )
  }

  save(): Saved {
    const pairs = this.routes.list.flatMap((route) => [route.from, route.to])
    return { ports: this.ports.save(), messages: this.messages.save(), pairs }
  }

  restore(saved: Saved): void {
    const pairs = saved['pairs'] as readonly number[]
    for (let i = 0; i < pairs.length; i += 2) this.routes.between(pairs[i], pairs[i + 1])
    this.ports.restore(saved['ports'] as Saved)
    this.messages.restore(saved['messages'] as Saved)
  }
}
