import { LINE_BYTES, PAGE_BYTES } from '../hardware/memory'
import { ShortestRoutes, type KnownWays } from '../hardware/shortest-route'
import type { Route } from '../hardware/routes'
import type { Train } from '../hardware/train'
import { alikePlaces, type Alike } from './alike'
import type { Machine } from './machine'

/**
 * How far devices are from each other while nothing is under way and nothing is down or slowed, s. Ways are found beside those
 * that messages take: asking leaves the run as it is. What is found for two devices holds for all that are alike.
 */
export class Distances {
  private readonly ways: KnownWays = new Map()
  private readonly shortest: ShortestRoutes
  private readonly routes = new Map<number, Route | null>()
  private readonly known = new Map<number, Map<number, number>>()
  readonly alike: Alike

  constructor(private readonly machine: Machine) {
    this.shortest = new ShortestRoutes(machine.fabric.network)
    this.alike = alikePlaces(machine)
  }

  /** A message of so many bytes; 0 on one device, Infinity where no way leads there. */
  seconds(from: number, to: number, bytes: number): number {
    if (from === to) return 0
    let table = this.known.get(bytes)
    if (table === undefined) this.known.set(bytes, (table = new Map<number, number>()))
    const key = this.keyOf(from, to)
    let seconds = table.get(key)
    if (seconds === undefined) table.set(key, (seconds = this.find(from, to, bytes)))
    return seconds
  }

  private find(from: number, to: number, bytes: number): number {
    const route = this.route(from, to)
    return route === null ? Infinity : this.arrival(route, 1, bytes, 0, 0) * 1e-12
  }

  private arrival(route: Route, units: number, bytes: number, first: number, last: number): number {
    const train: Train = { packets: 1, first, lastButOne: first, last }
    const { fabric } = this.machine
    fabric.unloaded(route, units, bytes, first, last, train, fabric.ports.fullGbps)
    return train.last
  }

  /** The way, or one over links alike; null: no way leads there. */
  route(from: number, to: number): Route | null {
    const key = this.keyOf(from, to)
    const known = this.routes.get(key)
    if (known !== undefined) return known
    const { of, first, second } = this.alike
    const [start, end] = [first[of[from]], of[from] === of[to] && from !== to ? second[of[to]] : first[of[to]]]
    const channels = this.shortest.find(start, end, () => true, this.ways)
    const route = channels === null ? null : routeOver(this.machine, start, end, channels)
    this.routes.set(key, route)
    return route
  }

  private keyOf(from: number, to: number): number {
    const { of, count } = this.alike
    return of[from] * count + of[to]
  }

  /** A line, or on a paging way a page, read from a memory device, s; Infinity where no way leads there and back. */
  readSeconds(device: number, memory: number): number {
    const there = this.route(device, memory)
    const back = this.route(memory, device)
    if (there === null || back === null) return Infinity
    const lines = there.paging ? PAGE_BYTES / LINE_BYTES : 1
    const request = this.arrival(there, 1, LINE_BYTES, 0, 0)
    const { first, last } = this.machine.memory.asBuilt(memory, 1, lines, request, request)
    return this.arrival(back, 1, lines * LINE_BYTES, first, last) * 1e-12
  }
}

function routeOver(machine: Machine, from: number, to: number, channels: readonly number[]): Route {
  const all = channels.map((index) => machine.fabric.network.channels[index])
  return {
    from,
    to,
    channels: Int32Array.from(channels),
    payloadBytes: Math.min(...all.map((channel) => channel.payloadBytes)),
    paging: all.some((channel) => channel.paging),
  }
}
