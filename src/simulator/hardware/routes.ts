import { serializationPs } from '../../units/rate'
import { mix32 } from '../engine/random'
import { growFloat, growInt } from '../engine/slot-pool'
import type { Saved } from '../engine/plain-state'
import type { Network } from './network'
import { ShortestRoutes, type KnownWays } from './shortest-route'

export interface Route {
  readonly from: number
  readonly to: number
  /** Channel indices, first hop first; never empty. */
  readonly channels: Int32Array
  /** A message is cut by the smallest payload on its way. */
  readonly payloadBytes: number
  readonly paging: boolean
}

/**
 * The routes between devices, found when first asked for and kept. Only switches (and NICs between two neighbors) pass
 * messages on. A route keeps its index for the whole run; when the usable links change, a pair of devices may get
 * another index, and what is under way goes on along its old route.
 */
export class Routes {
  readonly list: Route[] = []
  /** Routes that lead over a channel that is down, by index; they stand for a pair that no usable way joins now. */
  readonly broken: boolean[] = []
  /** The channels of all routes one after another, each route closed by -1; and where each route's first stands. */
  hops = new Int32Array(64)
  firstHop = new Int32Array(64)
  /** Device that each route leads to. */
  target = new Int32Array(64)
  /** ps that a message takes where nothing can hold it up: one link without a rate; -1 otherwise. */
  free = new Float64Array(64)
  /** Payload that each route cuts messages by, bytes. */
  payload = new Float64Array(64)
  /** ps that a message without bytes takes on an idle rack, and each byte on the slowest of the links, as built. */
  reach = new Float64Array(64)
  perByte = new Float64Array(64)
  /** How often routes or rates on them may have changed: whoever keeps what follows from them keeps it for one version. */
  version = 0
  private readonly found: Found
  private readonly reached = new Map<number, boolean>()
  private readonly shortest: ShortestRoutes
  /** Ways over what is up now, and over all there is. */
  private readonly ways: KnownWays = new Map()
  private readonly allWays: KnownWays = new Map()

  /** @param down how many faults hold each channel down */
  constructor(
    readonly network: Network,
    private readonly down: Uint8Array,
  ) {
    this.found = foundFor(network.vertices.length)
    this.shortest = new ShortestRoutes(network)
  }

  /** Index into `list` of the way to take now, broken if all ways are; -1 where no way leads even with all links up. */
  between(from: number, to: number): number {
    const key = from * this.network.vertices.length + to
    const known = this.found.get(key)
    if (known >= -1) return known
    const channels = this.findUsable(from, to) ?? this.findAny(from, to)
    const index = channels === null ? -1 : this.add(from, to, this.lanesFor(from, to, channels))
    this.found.set(key, index)
    return index
  }

  /** Whether a way leads there with all links up; unlike `between` it leaves `list`, and so what a run has saved, as it is. */
  reaches(from: number, to: number): boolean {
    const key = from * this.network.vertices.length + to
    const known = this.reached.get(key)
    if (known !== undefined) return known
    const reaches = this.findAny(from, to) !== null
    this.reached.set(key, reaches)
    return reaches
  }

  /**
   * Finds all routes in use anew after channels have gone down or come back.
   *
   * @returns how many pairs of devices got another way, lost their last one, or got one back
   */
  refresh(): number {
    this.version += 1
    this.ways.clear()
    const before = new Map(this.pairs().map((index) => [index, this.broken[index]]))
    this.list.forEach(({ channels }, index) => {
      this.broken[index] = channels.some((channel) => this.down[channel] > 0)
    })
    const known = new Map(this.list.map((route, index) => [nameOf(route.from, route.to, route.channels), index]))
    let changed = 0
    for (const [index, wasBroken] of before) {
      const { from, to } = this.list[index]
      const links = this.findUsable(from, to)
      const channels = links === null ? this.list[index].channels : this.lanesFor(from, to, links)
      const now = known.get(nameOf(from, to, channels)) ?? this.add(from, to, channels)
      this.found.set(from * this.network.vertices.length + to, now)
      if (now !== index || this.broken[index] !== wasBroken) changed += 1
    }
    return changed
  }

  /** The routes that are taken now, one per pair of devices that has been asked for. */
  private pairs(): number[] {
    const { length } = this.network.vertices
    return this.list.flatMap(({ from, to }, index) => (this.found.get(from * length + to) === index ? [index] : []))
  }

  private findUsable(from: number, to: number): number[] | null {
    return this.shortest.find(from, to, this.isUsable, this.ways)
  }

  private findAny(from: number, to: number): number[] | null {
    return this.shortest.find(from, to, () => true, this.allWays)
  }

  /** Whether some lane of a physical link is up; takes the first lane. */
  private readonly isUsable = (index: number): boolean => {
    const { lanes } = this.network.channels[index]
    for (let lane = 0; lane < lanes; lane += 1) if (this.down[index + 2 * lane] === 0) return true
    return false
  }

  /** Each flow stays on one of a link's lanes that are up. */
  private lanesFor(from: number, to: number, firstLanes: readonly number[]): Int32Array {
    const flow = mix32(from + 1, to + 1) >>> 0
    const channels = Int32Array.from(firstLanes)
    for (let hop = 0; hop < channels.length; hop += 1) channels[hop] = this.laneOf(channels[hop], flow)
    return channels
  }

  private laneOf(index: number, flow: number): number {
    const { lanes } = this.network.channels[index]
    if (lanes === 1) return index
    const all = Array.from({ length: lanes }, (_, lane) => index + 2 * lane)
    const up = all.filter((channel) => this.down[channel] === 0)
    return up.length > 0 ? up[flow % up.length] : all[flow % lanes]
  }

  private add(from: number, to: number, channels: Int32Array): number {
    let payloadBytes = Infinity
    let paging = false
    let broken = false
    for (const index of channels) {
      const channel = this.network.channels[index]
      payloadBytes = Math.min(payloadBytes, channel.payloadBytes)
      paging ||= channel.paging
      broken ||= this.down[index] > 0
    }
    this.addColumns(to, channels, payloadBytes)
    this.list.push({ from, to, channels, payloadBytes, paging })
    this.broken.push(broken)
    return this.list.length - 1
  }

  private addColumns(to: number, channels: Int32Array, payloadBytes: number): void {
    const index = this.list.length
    const first = index === 0 ? 0 : this.firstHop[index - 1] + this.list[index - 1].channels.length + 1
    if (index >= this.firstHop.length) {
      this.firstHop = growInt(this.firstHop, index + 1)
      this.payload = growFloat(this.payload, index + 1)
      this.target = growInt(this.target, index + 1)
      this.free = growFloat(this.free, index + 1)
      this.reach = growFloat(this.reach, index + 1)
      this.perByte = growFloat(this.perByte, index + 1)
    }
    this.free[index] = this.freePs(channels)
    this.reach[index] = this.reachPs(channels)
    this.perByte[index] = channels.reduce((most, c) => Math.max(most, 8000 / this.network.channels[c].gbps), 0)
    this.target[index] = to
    this.payload[index] = payloadBytes
    if (first + channels.length >= this.hops.length) this.hops = growInt(this.hops, first + channels.length + 1)
    this.firstHop[index] = first
    this.hops.set(channels, first)
    this.hops[first + channels.length] = -1
  }

  private reachPs(channels: Int32Array): number {
    const { vertices } = this.network
    return channels.reduce((sum, index, hop) => {
      const { from, propagationPs, headerBytes, gbps } = this.network.channels[index]
      return sum + propagationPs + serializationPs(headerBytes, gbps) + (hop > 0 ? vertices[from].forwardPs : 0)
    }, 0)
  }

  private freePs(channels: Int32Array): number {
    const { gbps, payloadBytes, headerBytes, propagationPs } = this.network.channels[channels[0]]
    const isFree = channels.length === 1 && gbps === Infinity && payloadBytes === Infinity && headerBytes === 0
    return isFree ? propagationPs : -1
  }

  /** Every route as from, to, whether it is taken now, number of hops, and its channels. */
  save(): Saved {
    const taken = new Set(this.pairs())
    const flat = this.list.flatMap(({ from, to, channels }, index) => [
      from,
      to,
      taken.has(index) ? 1 : 0,
      channels.length,
      ...channels,
    ])
    return { flat: Int32Array.from(flat), version: this.version }
  }

  /** `down` must have been restored. */
  restore(saved: Saved): void {
    this.ways.clear()
    const { length } = this.network.vertices
    for (const { from, to } of this.list) this.found.set(from * length + to, NOT_ASKED)
    this.list.length = 0
    this.broken.length = 0
    const flat = saved['flat'] as Int32Array
    for (let i = 0; i < flat.length; i += 4 + flat[i + 3]) {
      const index = this.add(flat[i], flat[i + 1], flat.slice(i + 4, i + 4 + flat[i + 3]))
      if (flat[i + 2] === 1) this.found.set(flat[i] * length + flat[i + 1], index)
    }
    this.version = saved['version'] as number
  }
}

function nameOf(from: number, to: number, channels: Int32Array): string {
  return `${from} ${to} ${String(channels)}`
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
