import { KIB } from '../../src/units/data'
import type { Fidelity } from '../../src/scenario/scenario'
import * as EventKind from '../../src/simulator/engine/event-kind'
import { PARTS } from '../../src/simulator/engine/event-columns'
import { EventQueue } from '../../src/simulator/engine/event-queue'
import type { Saved } from '../../src/simulator/engine/plain-state'
import { DisplayLog } from '../../src/simulator/hardware/display-log'
import { Fabric } from '../../src/simulator/hardware/fabric'
import type { Channel, Network } from '../../src/simulator/hardware/network'

/** A switch of a bare network; times in ps. */
export interface BareSwitch {
  readonly latencyPs: number
  readonly cutsThrough?: boolean
  /** Infinity unless given. */
  readonly bufferBytes?: number
}

/** A link between two places by their index: both directions, as in a rack. */
export interface BareLink {
  readonly from: number
  readonly to: number
  readonly gbps: number
  readonly propagationPs?: number
  /** Unlimited unless given. */
  readonly payloadBytes?: number
  /** 0 unless given. */
  readonly headerBytes?: number
  readonly lossless?: boolean
  readonly lanes?: number
  readonly retransmitPs?: number
}

/** Places: 'device' or a switch. */
export function bareNetwork(places: readonly ('device' | BareSwitch)[], links: readonly BareLink[]): Network {
  const vertices = places.map((place) =>
    place === 'device'
      ? { forwardPs: -1, cutsThrough: false, portBytes: Infinity }
      : {
          forwardPs: place.latencyPs,
          cutsThrough: place.cutsThrough === true,
          portBytes: place.bufferBytes ?? 512 * KIB,
        },
  )
  const channels = links.flatMap((link, index): Channel[] =>
    Array.from({ length: link.lanes ?? 1 }, (_, lane) =>
      [
        [link.from, link.to],
        [link.to, link.from],
      ].map(([from, to]) => ({
        link: index,
        rank: index,
        lane,
        lanes: link.lanes ?? 1,
        from,
        to,
        gbps: link.gbps,
        propagationPs: link.propagationPs ?? 0,
        payloadBytes: link.payloadBytes ?? Infinity,
        headerBytes: link.headerBytes ?? 0,
        lossless: link.lossless !== false,
        paging: false,
        retransmitPs: link.retransmitPs ?? 200_000_000,
      })),
    ).flat(),
  )
  return { vertices, channels }
}

/** Devices at both ends of a line of switches. */
export function lineOf(links: readonly Omit<BareLink, 'from' | 'to'>[], switches: readonly BareSwitch[]): Network {
  const places = ['device' as const, ...switches, 'device' as const]
  return bareNetwork(
    places,
    links.map((link, i) => ({ ...link, from: i, to: i + 1 })),
  )
}

/** A message to send: when, ps, from where to where, how much. */
export interface Sending {
  readonly at: number
  readonly from: number
  readonly to: number
  readonly bytes: number
}

/** A hop as it was made: which message of the sendings, over which channel, from when to when on the wire. */
export interface SeenHop {
  readonly message: number
  readonly channel: number
  /** Which piece of the message, from 1 on; in fidelity `line` the packet. */
  readonly number: number
  readonly packets: number
  readonly start: number
  readonly end: number
}

/** A fabric by itself: no devices that work, only messages at given times. */
export class BareFabric {
  readonly queue = new EventQueue()
  readonly fabric: Fabric
  /** When each sending has arrived, ps; NaN: not yet. */
  readonly arrived: Float64Array
  readonly hops: SeenHop[] = []

  constructor(
    readonly network: Network,
    readonly sendings: readonly Sending[],
    readonly fidelity: Fidelity,
  ) {
    this.fabric = new Fabric(network, this.queue, new DisplayLog(), fidelity)
    this.arrived = new Float64Array(sendings.length).fill(NaN)
    sendings.forEach(({ at }, i) => this.queue.schedule(at, EventKind.arrival, i, 0, 0))
    this.watch()
  }

  private watch(): void {
    const { messages } = this.fabric
    const numbers = new Map<number, number>()
    const pieces = new Map<number, number>()
    const count = (piece: number): number => {
      const { [piece]: subject } = messages.subject
      pieces.set(subject, (pieces.get(subject) ?? 0) + 1)
      numbers.set(piece, pieces.get(subject)!)
      return piece
    }
    const open = messages.open.bind(messages)
    const openLike = messages.openLike.bind(messages)
    const onWire = messages.onWire.bind(messages)
    messages.open = (...of) => count(open(...of))
    messages.openLike = (...of) => count(openLike(...of))
    messages.onWire = (piece, channel, start, end) => {
      const { [piece]: packets } = messages.packets
      const number = numbers.get(piece) ?? 0
      this.hops.push({ message: messages.subject[piece], channel, number, packets, start, end })
      onWire(piece, channel, start, end)
    }
  }

  /** Runs at most so many events. Whether none is left. */
  run(mostEvents = Infinity): boolean {
    const { queue, fabric } = this
    for (let count = 0; count < mostEvents; count += 1) {
      const slot = queue.next(Number.MAX_SAFE_INTEGER)
      if (slot < 0) return true
      const a = queue.data[slot * PARTS + 1]
      switch (queue.data[slot * PARTS]) {
        case EventKind.arrival:
          this.send(a)
          break
        case EventKind.portArrival:
          fabric.enter(a)
          break
        case EventKind.portKick:
          fabric.kick(a)
          break
        case EventKind.resend:
          fabric.resend(a)
          break
        case EventKind.delivered:
          this.deliver(a)
          break
      }
    }
    return false
  }

  private send(index: number): void {
    const { from, to, bytes } = this.sendings[index]
    const cargo = { purpose: 0, subject: index, request: index, operation: 0, shown: 0, atHead: false, bulk: false }
    this.fabric.send(this.fabric.routes.between(from, to), bytes, cargo)
  }

  private deliver(message: number): void {
    if (!this.fabric.arrive(message)) return
    this.arrived[this.fabric.messages.subject[message]] = this.queue.clock[0]!
    this.fabric.messages.close(message)
  }

  save(): Saved {
    return {
      queue: this.queue.save() as unknown as Saved,
      fabric: this.fabric.save(),
      arrived: this.arrived.slice(),
    }
  }

  restore(saved: Saved): void {
    this.queue.restore(saved['queue'] as never)
    this.fabric.restore(saved['fabric'] as Saved)
    this.arrived.set(saved['arrived'] as Float64Array)
  }
}

/** When every sending arrives, ps. */
export function arrivals(network: Network, sendings: readonly Sending[], fidelity: Fidelity): number[] {
  const bare = new BareFabric(network, sendings, fidelity)
  bare.run()
  return [...bare.arrived]
}
