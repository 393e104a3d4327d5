import type { Fidelity } from '../../scenario/scenario'
import type { EventQueue } from '../engine/event-queue'
import type { Saved } from '../engine/plain-state'
import type { DisplayLog } from './display-log'
import { Messages } from './messages'
import type { Network } from './network'
import { Ports } from './ports'
import { Routes } from './routes'
import { movingTrain } from './train'
import { Wholes } from './wholes'

/**
 * What is on its way over the fabric: messages and their pieces, the ports they wait at, the routes they take. The first
 * of four layers (what there is, the work of ports, failures, sending) of one object: the hot path would pay for every
 * hop between objects.
 */
export abstract class MessagesUnderWay {
  readonly routes: Routes
  readonly ports: Ports
  readonly messages = new Messages()
  readonly wholes = new Wholes()
  /** Messages that wait at their senders until a way is up again, first in first out; -1: none. */
  protected parkedHead = -1
  protected parkedTail = -1
  protected readonly train = movingTrain()

  constructor(
    readonly network: Network,
    protected readonly queue: EventQueue,
    protected readonly log: DisplayLog,
    protected readonly fidelity: Fidelity = 'burst',
    /** Whether messages of requests go packet by packet. */
    protected readonly byPacket = fidelity === 'line',
  ) {
    this.ports = new Ports(network)
    this.routes = new Routes(network, this.ports.down)
  }

  protected channelOf(message: number): number {
    const { routes, messages } = this
    return routes.hops[routes.firstHop[messages.route[message]] + messages.hop[message]]
  }

  protected nextChannel(message: number): number {
    const { routes, messages } = this
    return routes.hops[routes.firstHop[messages.route[message]] + messages.hop[message] + 1]
  }

  /** Whole bytes, though a page may be cut into packets of thirds of a byte: so that an empty buffer holds exactly 0. */
  protected wireBytes(message: number, channel: number): number {
    const { messages } = this
    const payload = (messages.packets[message] - 1) * messages.full[message] + messages.tail[message]
    return Math.round(payload) + messages.packets[message] * this.ports.header[channel]
  }

  /** Shows what waits in the output ports, or for a way, without an end. */
  logWaiting(): void {
    const { messages, ports } = this
    for (let channel = 0; channel < ports.head.length; channel += 1)
      for (let message = ports.head[channel]; message >= 0; message = messages.next[message])
        this.logWait(message, channel, Infinity)
    this.logParked(Infinity)
  }

  protected logParked(until: number): void {
    const { next } = this.messages
    for (let message = this.parkedHead; message >= 0; message = next[message])
      this.logWait(message, this.channelOf(message), until)
  }

  protected logWire(message: number, channel: number, now: number): void {
    const { messages } = this
    const { shown, operation, request, wireEnd } = messages
    this.log.emit(now, wireEnd[message], shown[message], operation[message], request[message], channel, -1)
  }

  protected logWait(message: number, channel: number, until: number): void {
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
