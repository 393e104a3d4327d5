import { capture, reinstate, type Saved } from '../engine/plain-state'
import { TimeWeighted } from '../statistics/time-weighted'
import type { Messages } from './messages'
import type { Network } from './network'
import { RecentLeast } from './recent-least'
import { RecentUse } from './recent-use'

const FIELDS = [
  'freeAt',
  'leaving',
  'pace',
  'worked',
  'reserved',
  'queued',
  'head',
  'tail',
  'sending',
  'kickAt',
  'bytes',
  'packets',
  'dropped',
  'blockedOn',
  'blockedNext',
  'blockedHead',
  'blockedTail',
  'gbps',
  'psPerByte',
] as const

/** The output ports, one per channel: what waits, what is on its way here, when the port is free. Times in ps. */
export class Ports {
  /** Rate now; faults may divide it. And the rate as built. */
  gbps: Float64Array
  readonly fullGbps: Float64Array
  psPerByte: Float64Array
  readonly propagation: Float64Array
  readonly header: Float64Array
  readonly buffer: Float64Array
  readonly lossless: Uint8Array
  /** Of the place at the far end: what it adds to a packet, ps; and whether it sends on when the header is in. */
  readonly forward: Float64Array
  readonly cuts: Uint8Array
  /** How long a sender waits before it sends again what was lost here, ps. */
  readonly retransmit: Float64Array
  /** How many faults hold it down. */
  readonly down: Uint8Array
  freeAt: Float64Array
  /** Of what is being sent, or was last: its bytes; and ps in which one of them leaves, more than the wire takes where they come slowly. */
  leaving: Float64Array
  pace: Float64Array
  /** Work taken on so far, ps. */
  worked: Float64Array
  /** Work of late for messages of requests, for lines and pages of memory, for what moves, and for flows. */
  readonly forCalls: RecentUse
  readonly forMemory: RecentUse
  readonly forMoves: RecentUse
  readonly forFlows: RecentUse
  /** What the quickest message of late takes on an idle rack, ps. */
  readonly quickest: RecentLeast
  /** Bytes on lossless wires towards this port, which its buffer has promised to take. */
  reserved: Float64Array
  /** Bytes waiting, without what is being sent. */
  queued: Float64Array
  /** Messages waiting, first in first out; -1: none. */
  head: Int32Array
  tail: Int32Array
  /** Message of several pieces of which one is, or was last, being sent; -1: another. */
  sending: Int32Array
  kickAt: Float64Array
  /** Sent since the start, headers included. */
  bytes: Float64Array
  packets: Float64Array
  dropped: Float64Array
  /** The port whose room this one waits for; -1: none; and the list of those that wait for it. */
  blockedOn: Int32Array
  blockedNext: Int32Array
  blockedHead: Int32Array
  blockedTail: Int32Array
  readonly queueBytes: TimeWeighted

  constructor(network: Network) {
    const { channels, vertices } = network
    const n = channels.length
    this.fullGbps = Float64Array.from(channels, (channel) => channel.gbps)
    this.gbps = this.fullGbps.slice()
    this.psPerByte = Float64Array.from(channels, (channel) => 8000 / channel.gbps)
    this.propagation = Float64Array.from(channels, (channel) => channel.propagationPs)
    this.header = Float64Array.from(channels, (channel) => channel.headerBytes)
    this.buffer = Float64Array.from(channels, (channel) => vertices[channel.from].portBytes)
    this.lossless = Uint8Array.from(channels, (channel) => (channel.lossless ? 1 : 0))
    this.forward = Float64Array.from(channels, (channel) => vertices[channel.to].forwardPs)
    this.cuts = Uint8Array.from(channels, (channel) => (vertices[channel.to].cutsThrough ? 1 : 0))
    this.retransmit = Float64Array.from(channels, (channel) => channel.retransmitPs)
    this.down = new Uint8Array(n)
    this.freeAt = new Float64Array(n)
    this.leaving = new Float64Array(n)
    this.pace = new Float64Array(n)
    this.worked = new Float64Array(n)
    this.forCalls = new RecentUse(n)
    this.forMemory = new RecentUse(n)
    this.forMoves = new RecentUse(n)
    this.forFlows = new RecentUse(n)
    this.quickest = new RecentLeast(n)
    this.reserved = new Float64Array(n)
    this.queued = new Float64Array(n)
    this.head = new Int32Array(n).fill(-1)
    this.tail = new Int32Array(n).fill(-1)
    this.sending = new Int32Array(n).fill(-1)
    this.kickAt = new Float64Array(n).fill(Infinity)
    this.bytes = new Float64Array(n)
    this.packets = new Float64Array(n)
    this.dropped = new Float64Array(n)
    this.blockedOn = new Int32Array(n).fill(-1)
    this.blockedNext = new Int32Array(n).fill(-1)
    this.blockedHead = new Int32Array(n).fill(-1)
    this.blockedTail = new Int32Array(n).fill(-1)
    this.queueBytes = new TimeWeighted(n)
  }

  /** Bytes in the buffer or promised to it. */
  occupied(channel: number, now: number): number {
    const sending = this.freeAt[channel] - now
    const rest = sending > 0 && this.pace[channel] > 0 ? sending / this.pace[channel] : 0
    return this.queued[channel] + this.reserved[channel] + Math.min(rest, this.leaving[channel])
  }

  /**
   * When `need` more bytes will fit by what is being sent draining away; never before `now` + 1.
   * Infinity where that alone makes no room: then the port sends again before, and wakes those that wait.
   */
  roomAt(channel: number, need: number, now: number): number {
    const room = this.buffer[channel] - need - this.reserved[channel] - this.queued[channel]
    if (room < 0) return Infinity
    return Math.max(now + 1, Math.ceil(this.freeAt[channel] - room * this.pace[channel]))
  }

  enqueue(channel: number, message: number, wire: number, messages: Messages, now: number): void {
    messages.next[message] = -1
    if (this.head[channel] < 0) this.head[channel] = message
    else messages.next[this.tail[channel]] = message
    this.tail[channel] = message
    this.queued[channel] += wire
    this.queueBytes.add(channel, wire, now)
  }

  dequeue(channel: number, wire: number, messages: Messages, now: number): void {
    const following = messages.next[this.head[channel]]
    this.head[channel] = following
    if (following < 0) this.tail[channel] = -1
    this.queued[channel] -= wire
    this.queueBytes.add(channel, -wire, now)
  }

  charge(channel: number, now: number, work: number, wire: number, packets: number): void {
    const atRate = this.psPerByte[channel]
    this.pace[channel] = work > wire * atRate + packets ? work / wire : atRate
    this.leaving[channel] = wire
    this.freeAt[channel] = now + work
    this.worked[channel] += work
    this.bytes[channel] += wire
    this.packets[channel] += packets
  }

  /** Work done until `now`: what was taken on, less what is still ahead; ps. */
  workedUntil(channel: number, now: number): number {
    return this.worked[channel] - Math.max(0, this.freeAt[channel] - now)
  }

  /** For what is sent from now on. */
  setRate(channel: number, gbps: number): void {
    this.gbps[channel] = gbps
    this.psPerByte[channel] = 8000 / gbps
  }

  hold(channel: number, until: number): void {
    const more = until - this.freeAt[channel]
    if (more <= 0) return
    this.freeAt[channel] = until
    this.worked[channel] += more
  }

  block(channel: number, on: number): void {
    if (this.blockedOn[channel] >= 0) return
    this.blockedOn[channel] = on
    this.blockedNext[channel] = -1
    if (this.blockedHead[on] < 0) this.blockedHead[on] = channel
    else this.blockedNext[this.blockedTail[on]] = channel
    this.blockedTail[on] = channel
  }

  /** Takes all who wait for this port's room off its list; returns the first, the others follow by `blockedNext`. */
  unblockAll(channel: number): number {
    const first = this.blockedHead[channel]
    for (let waiting = first; waiting >= 0; waiting = this.blockedNext[waiting]!) this.blockedOn[waiting] = -1
    this.blockedHead[channel] = -1
    this.blockedTail[channel] = -1
    return first
  }

  save(): Saved {
    return {
      ...capture(this, FIELDS),
      down: this.down.slice(),
      queueBytes: this.queueBytes.save(),
      forCalls: this.forCalls.save(),
      forMemory: this.forMemory.save(),
      forMoves: this.forMoves.save(),
      forFlows: this.forFlows.save(),
      quickest: this.quickest.save(),
    }
  }

  restore(saved: Saved): void {
    reinstate(this, FIELDS, saved)
    this.down.set(saved['down'] as Uint8Array) // the routes look at it too
    this.queueBytes.restore(saved['queueBytes'] as Float64Array)
    this.forCalls.restore(saved['forCalls'] as Saved)
    this.forMemory.restore(saved['forMemory'] as Saved)
    this.forMoves.restore(saved['forMoves'] as Saved)
    this.forFlows.restore(saved['forFlows'] as Saved)
    this.quickest.restore(saved['quickest'] as Saved)
  }
}
