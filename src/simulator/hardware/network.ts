import { serializationPs } from '../../units/rate'
import { mix32 } from '../engine/random'

/** One direction of one lane of one physical link, as the machine is built. */
export interface Channel {
  /** Index of the link in the document; `rank` is its place when link ids are sorted, for ties. */
  readonly link: number
  readonly rank: number
  readonly lane: number
  readonly lanes: number
  /** Vertices: devices and switches alike. */
  readonly from: number
  readonly to: number
  /** Gb/s; Infinity: no serialization time. */
  readonly gbps: number
  readonly propagationPs: number
  /** Infinity: unlimited. */
  readonly payloadBytes: number
  readonly headerBytes: number
  readonly lossless: boolean
  readonly paging: boolean
}

export interface Vertex {
  /** What it adds to a packet that passes through, ps; -1: nothing passes through. */
  readonly forwardPs: number
  /** Bytes that an output port of it holds; Infinity: a sender's own queue. */
  readonly portBytes: number
}

/** Places joined by channels. Parallel lanes of one direction are two apart in `channels`. */
export interface Network {
  readonly vertices: readonly Vertex[]
  readonly channels: readonly Channel[]
}

export interface Route {
  readonly from: number
  readonly to: number
  /** Channel indices, first hop first; never empty. */
  readonly channels: Int32Array
  /** A message is cut by the smallest payload on its way. */
  readonly payloadBytes: number
  readonly paging: boolean
}

/** Latency of a 64-byte packet over one channel, ps. */
function hopPs(channel: Channel): number {
  return serializationPs(Math.min(64, channel.payloadBytes) + channel.headerBytes, channel.gbps) + channel.propagationPs
}

/**
 * Shortest routes by the unloaded latency of a 64-byte message, ties by link id; found when first asked for and kept.
 * Only switches (and NICs between two neighbors) pass messages on.
 */
export class Routes {
  private readonly found: Found
  private readonly reached = new Map<number, boolean>()
  private readonly leaving: number[][]
  private readonly entering: number[][]
  readonly list: Route[] = []

  constructor(readonly network: Network) {
    this.found = foundFor(network.vertices.length)
    this.leaving = network.vertices.map(() => [])
    this.entering = network.vertices.map(() => [])
    network.channels.forEach((channel, index) => {
      if (channel.lane !== 0) return
      if (this.passes(channel.to)) this.leaving[channel.from].push(index)
      this.entering[channel.to].push(index)
    })
  }

  private passes(vertex: number): boolean {
    return this.network.vertices[vertex].forwardPs >= 0
  }

  /** Index into `list`; -1 where no way leads there. */
  between(from: number, to: number): number {
    const key = from * this.network.vertices.length + to
    const known = this.found.get(key)
    if (known >= -1) return known
    const channels = this.shortest(from, to)
    const index = channels === null ? -1 : this.list.length
    if (channels !== null) this.list.push(this.route(from, to, channels))
    this.found.set(key, index)
    return index
  }

  /** Whether a way leads there; unlike `between` it leaves `list`, and so what a run has saved, as it is. */
  reaches(from: number, to: number): boolean {
    const key = from * this.network.vertices.length + to
    const known = this.reached.get(key)
    if (known !== undefined) return known
    const reaches = this.shortest(from, to) !== null
    this.reached.set(key, reaches)
    return reaches
  }

  private route(from: number, to: number, channels: readonly number[]): Route {
    const flow = mix32(from + 1, to + 1) >>> 0
    const picked = channels.map((index) => index + 2 * (flow % this.network.channels[index].lanes))
    const parts = picked.map((index) => this.network.channels[index])
    return {
      from,
      to,
      channels: Int32Array.from(picked),
      payloadBytes: Math.min(...parts.map((part) => part.payloadBytes)),
      paging: parts.some((part) => part.paging),
    }
  }

  /** Dijkstra over the vertices that pass messages on; the last hop is looked up from the far end. */
  private shortest(from: number, to: number): number[] | null {
    const { channels, vertices } = this.network
    const cost = new Map<number, number>([[from, 0]])
    const by = new Map<number, number>()
    const done = new Set<number>()
    for (;;) {
      const here = nearest(cost, done)
      if (here < 0) break
      done.add(here)
      const base = cost.get(here)! + (here === from ? 0 : vertices[here].forwardPs)
      for (const index of this.leaving[here]) this.relax(index, base, cost, by)
    }
    let best = Infinity
    let last = -1
    for (const index of this.entering[to]) {
      const channel = channels[index]
      const before = cost.get(channel.from)
      if (before === undefined || (channel.from !== from && !this.passes(channel.from))) continue
      const total = before + (channel.from === from ? 0 : vertices[channel.from].forwardPs) + hopPs(channel)
      if (total < best || (total === best && channel.rank < channels[last].rank)) [best, last] = [total, index]
    }
    return last < 0 ? null : this.unwind(from, last, by)
  }

  private relax(index: number, base: number, cost: Map<number, number>, by: Map<number, number>): void {
    const { channels } = this.network
    const channel = channels[index]
    const total = base + hopPs(channel)
    const before = cost.get(channel.to) ?? Infinity
    const wins = total < before || (total === before && channel.rank < channels[by.get(channel.to) ?? index].rank)
    if (!wins) return
    cost.set(channel.to, total)
    by.set(channel.to, index)
  }

  private unwind(from: number, last: number, by: ReadonlyMap<number, number>): number[] {
    const path = [last]
    let at = this.network.channels[last].from
    while (at !== from) {
      const index = by.get(at)!
      path.unshift(index)
      at = this.network.channels[index].from
    }
    return path
  }
}

/** Routes known so far by key: their index, -1 where there is no way, less where nobody has asked. */
interface Found {
  get(key: number): number
  set(key: number, index: number): void
}

const NOT_ASKED = -2
/** Up to so many pairs are kept in a flat table, which is faster to read. */
const MOST_FLAT_PAIRS = 4_000_000

function foundFor(vertices: number): Found {
  if (vertices * vertices <= MOST_FLAT_PAIRS) {
    const table = new Int32Array(vertices * vertices).fill(NOT_ASKED)
    return {
      get: (key) => table[key],
      set: (key, index) => {
        table[key] = index
      },
    }
  }
  const map = new Map<number, number>()
  return {
    get: (key) => map.get(key) ?? NOT_ASKED,
    set: (key, index) => {
      map.set(key, index)
    },
  }
}

function nearest(cost: ReadonlyMap<number, number>, done: ReadonlySet<number>): number {
  let best = Infinity
  let at = -1
  for (const [vertex, total] of cost) {
    if (done.has(vertex) || total > best || (total === best && vertex > at)) continue
    best = total
    at = vertex
  }
  return at
}
