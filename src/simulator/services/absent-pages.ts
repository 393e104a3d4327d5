import { capture, reinstate, type Saved } from '../engine/plain-state'
import { LINE_BYTES, PAGE_BYTES } from '../hardware/memory'
import * as SegmentKind from '../hardware/segment-kind'
import type { FarAccess } from './far-access'
import { routeOf } from './machine'
import { enter } from './phases'
import * as Phase from './phase'
import * as Purpose from './purpose'

const FIELDS = ['source', 'total', 'fetched', 'pushed', 'carry'] as const

/**
 * State that a post-copy move has left behind: pages come over when a miss meets one that is not there, and the others
 * are pushed. The chance that a miss meets an absent page is the share of the state that is absent (misses spread evenly
 * over it); whole faults are counted, the fraction is carried over, so that nothing is drawn.
 */
export class AbsentPages {
  /** Per instance: the device that still has them; all the state, what faults and what pushes have sent of it; bytes. */
  source: Int32Array
  total: Float64Array
  fetched: Float64Array
  pushed: Float64Array
  /** Fractions of faults; a half to begin with, so that they are rounded and not cut off. */
  carry: Float64Array

  constructor(private readonly access: FarAccess) {
    const { count } = access.machine.instances
    this.source = new Int32Array(count).fill(-1)
    this.total = new Float64Array(count)
    this.fetched = new Float64Array(count)
    this.pushed = new Float64Array(count)
    this.carry = new Float64Array(count)
  }

  begin(instance: number, source: number, bytes: number): void {
    this.access.machine.instances.absent[instance] = bytes > 0 ? 1 : 0
    this.source[instance] = source
    this.total[instance] = bytes
    this.fetched[instance] = 0
    this.pushed[instance] = 0
    this.carry[instance] = 0.5
  }

  end(instance: number): void {
    this.access.machine.instances.absent[instance] = 0
  }

  /** Bytes that are not on their way yet. */
  left(instance: number): number {
    return this.total[instance] - this.fetched[instance] - this.pushed[instance]
  }

  /** Absent pages that the local misses of a token's group meet; they are on their way from now on. */
  faults(token: number): number {
    const { tokens, instances } = this.access.machine
    const instance = this.access.instanceOf(token)
    const left = this.left(instance)
    const near = tokens.group[token] * (instances.far[instance] === 0 ? 1 : 1 - instances.remoteShare[instance])
    const exact = (near * left) / this.total[instance] + this.carry[instance]
    const pages = Math.min(Math.floor(exact + 1e-9), Math.ceil(left / PAGE_BYTES))
    this.carry[instance] = Math.max(0, Math.min(1, exact - pages))
    this.fetched[instance] += Math.min(left, pages * PAGE_BYTES)
    return pages
  }

  /** Asks the old host for pages; the token waits without its core. */
  fetch(token: number, pages: number): void {
    const { access } = this
    const { machine } = access
    const { tokens, queue, fabric } = machine
    const now = queue.clock[0]
    const device = tokens.device[token]
    tokens.outstanding[token] = 1
    enter(machine, token, Phase.memory, SegmentKind.pageWait, device, -1)
    access.pack(token, Purpose.pageAsk, token, true)
    const route = routeOf(machine, device, this.source[access.instanceOf(token)])
    fabric.sendUnits(route, pages, LINE_BYTES, now, now, access.parcel)
  }

  /** A demand for pages is at the old host: they are read from its memory and sent. */
  serve(message: number): void {
    const { access } = this
    const { fabric, tokens, queue } = access.machine
    const { own } = access.windows
    const token = fabric.messages.subject[message]
    const there = fabric.routes.list[fabric.messages.route[message]]
    const pages = tokens.groupRemote[token]
    const lines = (pages * PAGE_BYTES) / LINE_BYTES
    const now = queue.clock[0]
    const ready = now + own.take(there.to, lines, now) + own.windowPs(there.to, lines)
    access.pack(token, Purpose.memoryAnswer, token, false)
    fabric.sendUnits(routeOf(access.machine, there.to, there.from), pages, PAGE_BYTES, ready, ready, access.parcel)
  }

  save(): Saved {
    return capture(this, FIELDS)
  }

  restore(saved: Saved): void {
    reinstate(this, FIELDS, saved)
  }
}
