import * as EventKind from '../engine/event-kind'
import { mix32, nextUniform32, seedSmall } from '../engine/random'
import { LINE_BYTES, PAGE_BYTES } from '../hardware/memory'
import * as SegmentKind from '../hardware/segment-kind'
import type { Cargo } from '../hardware/messages'
import type { Mix } from './far-mixes'
import { FarWindows, type WindowTable } from './far-windows'
import { DealtLines } from './dealt-lines'
import type { Machine } from './machine'
import { outcomeOf } from './outcomes'
import { requestName } from './phases'
import type { ComputeCode } from './program'
import { Warmth } from './warmth'

const TWO_32 = 4294967296
const PAGE_LINES = PAGE_BYTES / LINE_BYTES

/** Cargo whose fields are written anew for every message: the fabric copies them. */
interface Parcel extends Cargo {
  purpose: number
  subject: number
  request: number
  operation: number
  atHead: boolean
}

/** What misses need in every fidelity: their draws, their messages, their accounts. */
export class FarAccess {
  readonly windows: FarWindows
  readonly warmth: Warmth
  readonly parcel: Parcel = {
    purpose: 0,
    subject: 0,
    request: 0,
    operation: 0,
    shown: SegmentKind.memoryLink,
    atHead: true,
    bulk: false,
  }
  /** Of the idle stall that `draw` or a fluid estimate gave: what local and what remote answers end, ps. */
  localStall = 0
  remoteStall = 0
  readonly lines: DealtLines
  private readonly small = new Int32Array(4)

  constructor(readonly machine: Machine) {
    this.windows = new FarWindows(machine)
    this.warmth = new Warmth(machine.instances)
    this.lines = new DealtLines(machine.devices.names.length)
  }

  instanceOf(token: number): number {
    const { tokens, executions } = this.machine
    return executions.instance[tokens.execution[token]]
  }

  width(token: number): number {
    return Math.max(1, this.machine.devices.parallelism[this.machine.tokens.device[token]])
  }

  /** Begins the draws of a group; its place is (request, step, number of the group). */
  seed(token: number, code: ComputeCode): void {
    const { tokens, executions, streams, measures } = this.machine
    const execution = tokens.execution[token]
    const place = mix32(executions.lineage[execution], code.path ^ 0x6d697373)
    streams.block(
      code.key,
      executions.request[execution],
      measures.sourceHash[executions.source[execution]],
      place,
      tokens.groupIndex[token],
    )
    tokens.groupIndex[token] += 1
    tokens.spot[token] = streams.out[3] | 0
    seedSmall(this.small, streams.out)
  }

  /** Goes on with the draws of a group after others may have drawn. */
  reseed(token: number): void {
    const spot = this.machine.tokens.spot[token]
    this.small[0] = spot
    this.small[1] = mix32(spot, 1)
    this.small[2] = mix32(spot, 2)
    this.small[3] = 1
  }

  /** The group's next 32 bits, and its next number from 0 to 1. */
  bits(): number {
    return nextUniform32(this.small)
  }

  uniform(): number {
    return nextUniform32(this.small) / TWO_32
  }

  /**
   * Draws the remote misses of each window; sets the idle end of the stall. Where devices are not equally far, what a
   * window takes is drawn too, but of one that goes by itself (`apart`): its lines will tell. Returns how many are remote.
   */
  draw(token: number, table: WindowTable, now: number, apart: boolean): number {
    const { tokens } = this.machine
    const { width, share, nearStalls, farStalls } = table
    const { small, windows } = this
    let left = tokens.group[token]
    let remote = 0
    this.localStall = 0
    this.remoteStall = 0
    for (; left >= width; left -= width) {
      const afar = share > 0 ? windows.remote(table, nextUniform32(small)) : 0
      remote += afar
      const outcomes = apart || afar === 0 ? null : table.outcomes[afar]
      if (outcomes) this.endWindow(token, width - afar, outcomeOf(outcomes, nextUniform32(small)))
      else {
        this.localStall += nearStalls[afar]
        this.remoteStall += farStalls[afar]
      }
    }
    if (left > 0) {
      const afar = share > 0 ? windows.binomials.draw(left, share, this.uniform()) : 0
      remote += afar
      const outcomes = apart || afar === 0 ? null : table.outcomes[afar]
      const trip = outcomes ? outcomeOf(outcomes, nextUniform32(small)) : (table.trips[afar] ?? 0)
      this.endWindow(token, left - afar, trip)
    }
    tokens.stallEnd[token] = now + this.localStall + this.remoteStall
    return remote
  }

  /** Of a window that is over when its local lines are there and its remote ones, after `trip` ps. */
  private endWindow(token: number, local: number, trip: number): void {
    const near = this.windows.nearPs(this.machine.tokens.device[token], local)
    if (trip > near) this.remoteStall += trip
    else this.localStall += near
  }

  /**
   * Of the remote misses of a window, those that are pages. Where the rest are lines these are drawn, and the idle stall
   * of the window is that of its lines.
   */
  pages(token: number, { mix, trips, width }: WindowTable, remote: number, { access }: ComputeCode): number {
    if (mix === null || mix.pages === null) return mix !== null && mix.paging ? remote : 0
    // A memory step has as many pages as there are in its bytes.
    const share = access === 'none' ? mix.pageShare : mix.pageShare / (mix.pageShare + (1 - mix.pageShare) * PAGE_LINES)
    let pages = 0
    for (let i = 0; i < remote; i += 1) if (this.uniform() < share) pages += 1
    const { tokens, queue } = this.machine
    const near = this.windows.nearPs(tokens.device[token], Math.min(width, tokens.group[token]) - remote)
    const far = trips[remote - pages] ?? 0
    this.localStall = near >= far ? near : 0
    this.remoteStall = near >= far ? 0 : far
    tokens.stallEnd[token] = queue.clock[0] + Math.max(near, far)
    return pages
  }

  /** Counts a group's misses, of the remote ones those that are pages, and what they cost on an idle rack. */
  countMisses(token: number, near: number, remote: number, pages: number): void {
    const { stack, cores, tokens, instances } = this.machine
    const instance = this.instanceOf(token)
    const frequency = cores.frequency[tokens.device[token]]
    stack.missed(instance, near, remote, this.localStall, this.remoteStall, frequency)
    instances.pages[instance] += pages
  }

  /** A window's lines have gone to devices that are not equally far: what they take on an idle rack is known now. */
  settleIdleStall(token: number, mix: Mix, near: number, isWrite: boolean): void {
    const { tokens, stack, cores } = this.machine
    const device = tokens.device[token]
    const nearPs = this.windows.nearPs(device, near)
    const trip = this.lines.idlePs(this.windows.idleTrips, mix, device, isWrite)
    const [local, remote] = trip > nearPs ? [0, trip] : [nearPs, 0]
    const frequency = cores.frequency[device]
    stack.missed(this.instanceOf(token), 0, 0, local - this.localStall, remote - this.remoteStall, frequency)
    tokens.expected[token] += local + remote - this.localStall - this.remoteStall
  }

  /** The stall ends then: what it lasts longer than on an idle rack is queueing. */
  stallUntil(token: number, end: number, idleEnd: number): void {
    this.delayed(token, end - idleEnd)
    this.machine.queue.schedule(end, EventKind.stallDone, token, 0, 0)
  }

  delayed(token: number, ps: number): void {
    const { stack, cores, tokens } = this.machine
    stack.delayed(this.instanceOf(token), ps, cores.frequency[tokens.device[token]])
  }

  /** Dirty lines or pages that go home now; nobody waits for them. The fraction is carried over per instance. */
  dirtyOf(token: number, remote: number, code: ComputeCode): number {
    if (code.dirtyRatio === 0) return 0
    const { instances } = this.machine
    const instance = this.instanceOf(token)
    const exact = remote * code.dirtyRatio + instances.dirtyCarry[instance]
    const dirty = Math.floor(exact + 1e-9)
    instances.dirtyCarry[instance] = exact - dirty
    instances.writeBacks[instance] += dirty
    return dirty
  }

  /** Fills the parcel. */
  pack(token: number, purpose: number, subject: number, atHead: boolean): void {
    const { tokens, executions } = this.machine
    const { parcel } = this
    const execution = tokens.execution[token]
    parcel.purpose = purpose
    parcel.subject = subject
    parcel.atHead = atHead
    parcel.request = requestName(this.machine, execution)
    parcel.operation = executions.rootOperation[execution]
  }
}
