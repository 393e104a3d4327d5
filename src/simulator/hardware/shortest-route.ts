import { serializationPs } from '../../units/rate'
import type { Channel, Network } from './network'

/** Best known ways to a place: when a packet's header and its last bit are in there, ps, and how it came. */
interface Label {
  readonly at: number
  /** As `tail` where the place does not cut through. */
  readonly head: number
  readonly tail: number
  readonly by: number
  readonly before: Label | null
  done: boolean
}

/** The ways from some places to all others, each found once. */
export type KnownWays = Map<number, ReadonlyMap<number, readonly Label[]>>

/** What routes are found by: a message of so many bytes, in one packet. */
const PROBE_BYTES = 64

/**
 * Shortest ways by the unloaded latency of a 64-byte message, ties by the link id of the last hop that differs.
 *
 * Dijkstra over the places that pass messages on. Behind a switch that cuts through, two instants matter: when the
 * header is in and when the last bit is. Of ways to one place of which none is better in both, all are followed.
 */
export class ShortestRoutes {
  private readonly leaving: number[][]
  private readonly entering: number[][]
  private readonly packetPs: Float64Array
  private readonly headerPs: Float64Array

  constructor(private readonly network: Network) {
    const { channels, vertices } = network
    this.leaving = vertices.map(() => [])
    this.entering = vertices.map(() => [])
    this.packetPs = Float64Array.from(channels, (c) => wirePs(c, Math.min(PROBE_BYTES, c.payloadBytes)))
    this.headerPs = Float64Array.from(channels, (c) => wirePs(c, 0))
    channels.forEach((channel, index) => {
      if (channel.lane !== 0) return
      if (this.passes(channel.to)) this.leaving[channel.from].push(index)
      this.entering[channel.to].push(index)
    })
  }

  private passes(vertex: number): boolean {
    return this.network.vertices[vertex].forwardPs >= 0
  }

  /**
   * First lanes of the channels from one device to another; null where no way leads there over usable channels.
   *
   * @param known what was found before with the same usable channels; more is added
   */
  find(from: number, to: number, usable: (channel: number) => boolean, known: KnownWays): number[] | null {
    const labels = known.get(from) ?? this.search(from, usable)
    known.set(from, labels)
    const entries = this.entering[to]
    if (entries.length === 1 && usable(entries[0])) {
      const ways = labels.get(this.network.channels[entries[0]].from) ?? []
      if (ways.length === 1) return [...unwind(ways[0]), entries[0]]
    }
    const ends = new Map<number, Label[]>()
    for (const index of entries) {
      const { from: last } = this.network.channels[index]
      if (!usable(index) || (last !== from && !this.passes(last))) continue
      for (const label of labels.get(last) ?? []) keep(this.follow(label, index, true), ends, [], this.network.channels)
    }
    const arrived = ends.get(to)
    return arrived ? unwind(arrived[0]) : null
  }

  /** The best ways from one device to all places that pass messages on. */
  private search(from: number, usable: (channel: number) => boolean): Map<number, Label[]> {
    const start: Label = { at: from, head: 0, tail: 0, by: -1, before: null, done: false }
    const labels = new Map<number, Label[]>([[from, [start]]])
    const open = [start]
    for (let label = nearest(open); label; label = nearest(open)) {
      label.done = true
      for (const index of this.leaving[label.at])
        if (usable(index)) keep(this.follow(label, index, false), labels, open, this.network.channels)
    }
    return labels
  }

  /** A packet's way one hop on. */
  private follow(label: Label, index: number, isLast: boolean): Label {
    const channel = this.network.channels[index]
    const here = this.network.vertices[label.at]
    const forward = label.before === null ? 0 : here.forwardPs
    const start = label.head + forward
    const end = Math.max(start + this.packetPs[index], label.tail + forward)
    const tail = end + channel.propagationPs
    const cuts = !isLast && this.network.vertices[channel.to].cutsThrough
    const head = cuts ? start + this.headerPs[index] + channel.propagationPs : tail
    return { at: channel.to, head, tail, by: index, before: label, done: false }
  }
}

/** Adds a way to a place unless one known is as good; takes out those that it beats. */
function keep(label: Label, labels: Map<number, Label[]>, open: Label[], channels: readonly Channel[]): void {
  const known = labels.get(label.at) ?? []
  const rank = (one: Label): number => (one.before === null ? -1 : channels[one.by].rank)
  const beats = (one: Label, other: Label): boolean =>
    one.head <= other.head &&
    one.tail <= other.tail &&
    (one.head < other.head || one.tail < other.tail || rank(one) <= rank(other))
  if (known.some((other) => beats(other, label))) return
  for (const other of known) if (beats(label, other)) other.done = true
  labels.set(label.at, [...known.filter((other) => !beats(label, other)), label])
  open.push(label)
}

function nearest(open: readonly Label[]): Label | null {
  let best: Label | null = null
  for (const label of open) {
    if (label.done) continue
    if (!best || label.tail < best.tail || (label.tail === best.tail && label.at < best.at)) best = label
  }
  return best
}

function unwind(last: Label): number[] {
  const path: number[] = []
  for (let label: Label | null = last; label && label.by >= 0; label = label.before) path.push(label.by)
  return path.reverse()
}

function wirePs(channel: Channel, payload: number): number {
  return serializationPs(payload + channel.headerBytes, channel.gbps)
}
