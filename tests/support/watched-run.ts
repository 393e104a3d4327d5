import { createRun, type Run } from '../../src/simulator/run'
import type { Scenario } from '../../src/scenario/scenario'

/** Counts jobs at a station one by one: who came when, and how long those that left have stayed; ps. */
class Station {
  private readonly since = new Map<number, { at: number; weight: number }>()
  private stayed = 0

  enter(job: number, at: number, weight: number): void {
    if (this.since.has(job)) throw new Error(`job ${job} is there already`)
    this.since.set(job, { at, weight })
  }

  leave(job: number, at: number): void {
    const came = this.since.get(job)
    if (!came) throw new Error(`job ${job} never came`)
    this.since.delete(job)
    this.stayed += (at - came.at) * came.weight
  }

  /** Weighted time of all who left and of all who are there at `now`. */
  sojourn(now: number): number {
    let sum = this.stayed
    for (const { at, weight } of this.since.values()) sum += (now - at) * weight
    return sum
  }
}

/** A message's way as it was seen. */
interface Way {
  readonly hops: number[]
  readonly wire: number
}

/** Watches a run from outside: what enters and leaves cores and ports, and which way each message goes. */
export class WatchedRun {
  readonly run: Run
  readonly cores = new Map<number, Station>()
  readonly ports = new Map<number, Station>()
  /** Bytes with headers seen to be sent over each channel. */
  readonly sent: Float64Array
  /** Messages that arrived without having passed every hop of their route once, in order. */
  strays = 0
  private readonly ways = new Map<number, Way>()

  constructor(scenario: Scenario, seed = scenario.run.seed) {
    this.run = createRun(scenario, { seed })
    this.sent = new Float64Array(this.run.shape.channels.length)
    this.watchCores()
    this.watchPorts()
    this.watchMessages()
  }

  private watchCores(): void {
    const { cores } = this.run.machine
    const occupy = cores.occupy.bind(cores)
    const vacate = cores.vacate.bind(cores)
    cores.occupy = (device, core, job, now) => {
      station(this.cores, device).enter(core, now, 1)
      occupy(device, core, job, now)
    }
    cores.vacate = (device, core, now) => {
      station(this.cores, device).leave(core, now)
      vacate(device, core, now)
    }
  }

  private watchPorts(): void {
    const { ports } = this.run.machine.fabric
    const enqueue = ports.enqueue.bind(ports)
    const dequeue = ports.dequeue.bind(ports)
    ports.enqueue = (channel, message, wire, messages, now) => {
      station(this.ports, channel).enter(message, now, wire)
      enqueue(channel, message, wire, messages, now)
    }
    ports.dequeue = (channel, wire, messages, now) => {
      station(this.ports, channel).leave(ports.head[channel], now)
      dequeue(channel, wire, messages, now)
    }
  }

  private watchMessages(): void {
    const { messages, ports, routes } = this.run.machine.fabric
    const open = messages.open.bind(messages)
    const openLike = messages.openLike.bind(messages)
    const onWire = messages.onWire.bind(messages)
    const close = messages.close.bind(messages)
    messages.open = (route, packets, full, tail, cargo) => {
      const message = open(route, packets, full, tail, cargo)
      this.ways.set(message, { hops: [], wire: (packets - 1) * full + tail })
      return message
    }
    messages.openLike = (piece, packets, full, tail) => {
      const message = openLike(piece, packets, full, tail)
      this.ways.set(message, { hops: [], wire: (packets - 1) * full + tail })
      return message
    }
    messages.onWire = (message, channel, start, end) => {
      const way = this.ways.get(message)!
      if (messages.hop[message] === 0) way.hops.length = 0
      way.hops.push(channel)
      this.sent[channel] += way.wire + messages.packets[message] * ports.header[channel]
      onWire(message, channel, start, end)
    }
    messages.close = (message) => {
      const route = [...routes.list[messages.route[message]].channels]
      if (String(this.ways.get(message)?.hops) !== String(route)) this.strays += 1
      this.ways.delete(message)
      close(message)
    }
  }

  finish(): Run {
    while (!this.run.advance(this.run.shape.endPs, 1_000_000));
    return this.run
  }
}

function station(stations: Map<number, Station>, index: number): Station {
  const known = stations.get(index)
  if (known) return known
  const made = new Station()
  stations.set(index, made)
  return made
}
