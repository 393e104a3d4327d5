import type { Saved } from '../engine/plain-state'
import { mix32 } from '../engine/random'
import { LINE_BYTES, PAGE_BYTES, type Served } from '../hardware/memory'
import * as SegmentKind from '../hardware/segment-kind'
import { AbsentPages } from './absent-pages'
import { FarAccess } from './far-access'
import { FarFluid } from './far-fluid'
import { FarGroups } from './far-groups'
import { FarLines } from './far-lines'
import { MOST_LINES } from './far-mixes'
import { FarTrains } from './far-trains'
import type { WindowTable } from './far-windows'
import { routeOf, type Machine } from './machine'
import * as Phase from './phase'
import * as Purpose from './purpose'
import * as Stage from './stage'
import { enter, requestName } from './phases'
import type { ComputeCode } from './program'

/** In place of what banks add to a group of windows, where it is one that goes by itself. */
const ONE_BY_ONE = -1

/**
 * Last-level misses of a compute step, and the lines of a memory step: windows of `memoryParallelism`, drawn local or
 * remote one by one. How a group of windows is simulated is told by the fidelity; on paging paths windows go one by one
 * in each, since the request leaves its core in between, and so do those of steps that `goesByWindow` names.
 */
export class FarMemory {
  readonly access: FarAccess
  readonly lines: FarLines
  readonly trains: FarTrains
  private readonly fluid: FarFluid
  readonly absent: AbsentPages
  private readonly groups: FarGroups

  constructor(
    private readonly machine: Machine,
    private readonly goOn: (token: number) => void,
  ) {
    this.access = new FarAccess(machine)
    this.lines = new FarLines(this.access)
    this.trains = new FarTrains(this.access)
    this.fluid = new FarFluid(this.access)
    this.absent = new AbsentPages(this.access)
    this.groups = new FarGroups(this.access)
  }

  /** A step's misses: whole ones, the fraction is carried over per instance. Says whether there are any. */
  begin(token: number, code: ComputeCode, instructions: number): boolean {
    const { instances } = this.machine
    const instance = this.access.instanceOf(token)
    const demand = instructions * code.misses
    instances.missDemand[instance] += demand
    const whole = this.wholeOf(instance, demand * instances.missFactor[instance])
    if (whole > 0) this.start(token, whole, instructions)
    return whole > 0
  }

  private wholeOf(instance: number, misses: number): number {
    const { missCarry } = this.machine.instances
    const exact = misses + missCarry[instance]
    const whole = Math.floor(exact + 1e-9)
    missCarry[instance] = exact - whole
    return whole
  }

  /** As `begin`, of a step on another device, whose own memory serves all of them; nobody shares a cache there. */
  beginAway(token: number, code: ComputeCode, instructions: number): boolean {
    const { tokens } = this.machine
    const whole = this.wholeOf(this.access.instanceOf(token), instructions * code.misses)
    tokens.stepMisses[token] = whole
    tokens.missesLeft[token] = whole
    tokens.stepInstructions[token] = instructions
    return whole > 0
  }

  /** How many of them are issued next. */
  nextAway(token: number): number {
    return Math.min(this.machine.tokens.missesLeft[token], this.groups.windowsAway(token) * this.access.width(token))
  }

  /** The lines or pages of a memory step. */
  beginAccess(token: number, bytes: number): void {
    const instance = this.access.instanceOf(token)
    const pageShare = this.machine.instances.far[instance] === 1 ? this.access.windows.mix(instance).pageShare : 0
    this.start(token, Math.ceil((bytes * (1 - pageShare)) / LINE_BYTES + (bytes * pageShare) / PAGE_BYTES), 0)
  }

  private start(token: number, misses: number, instructions: number): void {
    const { tokens, instances } = this.machine
    const instance = this.access.instanceOf(token)
    const far = instances.far[instance] === 1 ? misses * (instructions > 0 ? instances.remoteShare[instance] : 1) : 0
    if (far > 0) this.groups.count(token, misses, far)
    tokens.stepMisses[token] = misses
    tokens.missesLeft[token] = misses
    tokens.stepInstructions[token] = instructions
    tokens.groupIndex[token] = 0
    tokens.stage[token] = Stage.group
  }

  /** Gathers the cycles of the next group of windows. */
  nextGroup(token: number): void {
    const { tokens, stack, cores } = this.machine
    const instance = this.access.instanceOf(token)
    const apart = this.groups.goesByWindow(token, instance)
    tokens.bankWait[token] = apart ? ONE_BY_ONE : 0
    const windows = apart ? 1 : this.groups.mostWindows(token, instance)
    const misses = Math.min(tokens.missesLeft[token], windows * this.access.width(token))
    const instructions = (tokens.stepInstructions[token] * misses) / tokens.stepMisses[token]
    const cycles = instructions * cores.cpi[tokens.device[token]]
    tokens.group[token] = misses
    tokens.cycles[token] += cycles
    stack.computed(instance, instructions, cycles)
    tokens.stage[token] = Stage.issue
  }

  /** Whether the group of a token is one window that goes by itself. */
  isOneByOne(token: number): boolean {
    return this.machine.tokens.bankWait[token] === ONE_BY_ONE
  }

  /** Whether the group must first fetch pages that a post-copy move has left behind; their faults cost core time. */
  meetsAbsent(token: number, code: ComputeCode): boolean {
    const { tokens, instances, devices } = this.machine
    if (instances.absent[this.access.instanceOf(token)] === 0 || code.access !== 'none') return false
    const pages = this.absent.faults(token)
    if (pages === 0) return false
    tokens.groupRemote[token] = pages
    tokens.time[token] = pages * devices.pageFaultPs[tokens.device[token]]
    tokens.stage[token] = Stage.fetch
    const device = tokens.device[token]
    this.machine.stack.missed(
      this.access.instanceOf(token),
      0,
      0,
      0,
      tokens.time[token],
      this.machine.cores.frequency[device],
    )
    return true
  }

  /** The faults are handled: absent pages are asked for. */
  fetchAbsent(token: number): void {
    const { tokens } = this.machine
    tokens.stage[token] = Stage.fetching
    this.absent.fetch(token, tokens.groupRemote[token])
  }

  /** Issues the group; the token stalls on its core, or waits for its pages without it. */
  issue(token: number, code: ComputeCode): void {
    const { access, machine } = this
    const { tokens, instances, fidelity } = machine
    const instance = access.instanceOf(token)
    const device = tokens.device[token]
    access.seed(token, code)
    tokens.stage[token] = Stage.stalled
    const share = instances.far[instance] === 0 ? 0 : code.access === 'none' ? instances.remoteShare[instance] : 1
    const table = access.windows.table(instance, device, access.width(token), share, code.access === 'write')
    const apart = this.isOneByOne(token)
    const start = apart || table.mix === null ? 0 : access.uniform()
    if (fidelity === 'fluid' && !apart) {
      enter(machine, token, Phase.memory, SegmentKind.memoryStall, device, tokens.core[token])
      this.fluid.issue(token, code, table, start)
      return
    }
    const now = machine.queue.clock[0]
    const remote = access.draw(token, table, now, apart)
    const near = tokens.group[token] - remote
    const pages = access.pages(token, table, remote, code)
    const windows = Math.ceil(tokens.group[token] / table.width)
    tokens.localWait[token] = near > 0 ? access.windows.own.take(device, near, now, windows) : 0
    tokens.groupRemote[token] = pages > 0 ? pages : remote
    access.countMisses(token, near, remote, pages)
    if (instances.cold[instance] === 1 && code.access === 'none') access.warmth.add(instance, remote - pages, pages)
    if (remote > 0 && pages === remote) {
      this.fault(token, pages, tokens.stallEnd[token] + tokens.localWait[token] - now)
      this.access.delayed(token, tokens.localWait[token])
      return
    }
    if (pages > 0) tokens.stage[token] = Stage.stalledFirst
    enter(machine, token, Phase.memory, SegmentKind.memoryStall, device, tokens.core[token])
    if (remote === 0) access.stallUntil(token, tokens.stallEnd[token] + tokens.localWait[token], tokens.stallEnd[token])
    else if (apart) this.readWindow(token, table, remote - pages, near, code)
    else this.trains.read(token, table.mix!, remote, windows, code, start)
  }

  /** The window's stall ends with its last answer, or with its local lines. */
  private readWindow(token: number, table: WindowTable, remote: number, near: number, code: ComputeCode): void {
    const { tokens, queue, fidelity } = this.machine
    const { windows, lines } = this.access
    const mix = table.mix!
    const isUnlike = remote > 0 && (table.outcomes[1] ?? null) !== null
    lines.begin(isUnlike)
    tokens.expected[token] = tokens.stallEnd[token]
    tokens.stallEnd[token] = queue.clock[0] + windows.nearPs(tokens.device[token], near) + tokens.localWait[token]
    if (fidelity === 'line') this.lines.read(token, mix, remote, code, LINE_BYTES)
    else this.trains.readWindow(token, mix, remote, code, LINE_BYTES)
    if (isUnlike) this.access.settleIdleStall(token, mix, near, code.access === 'write')
    lines.end()
  }

  /** Pages are not there: their faults, and what the core is to do besides, are core time. */
  private fault(token: number, pages: number, besides: number): void {
    const { tokens, devices, stack, cores } = this.machine
    const device = tokens.device[token]
    const ps = pages * devices.pageFaultPs[device]
    stack.missed(this.access.instanceOf(token), 0, 0, 0, ps, cores.frequency[device])
    tokens.time[token] = ps + besides
    tokens.stage[token] = Stage.fault
  }

  /** The lines of a window are there; it has pages too. */
  linesRead(token: number): void {
    this.fault(token, this.machine.tokens.groupRemote[token], 0)
  }

  /** The fault is handled: the token leaves its core and the pages are read. */
  readPages(token: number, code: ComputeCode): void {
    const { tokens } = this.machine
    const { access } = this
    tokens.stage[token] = Stage.stalled
    enter(this.machine, token, Phase.memory, SegmentKind.pageWait, tokens.device[token], -1)
    const whole = access.windows.mix(access.instanceOf(token))
    const mix = whole.pages ?? whole
    access.reseed(token)
    if (this.machine.fidelity === 'line') this.lines.read(token, mix, tokens.groupRemote[token], code, PAGE_BYTES)
    else this.trains.readWindow(token, mix, tokens.groupRemote[token], code, PAGE_BYTES)
  }

  /** The head of a read, or of the data of a write, is at its memory device. */
  serve(message: number): void {
    const { fabric, tokens } = this.machine
    const { messages } = fabric
    const token = messages.subject[message]
    const isWrite = messages.purpose[message] === Purpose.memoryWrite ? 1 : 0
    const there = fabric.routes.list[messages.route[message]]
    // A line is written as such to a further copy that is reached by pages.
    const isLine = isWrite === 1 ? messages.whole[message] < 0 && messages.full[message] <= LINE_BYTES : !there.paging
    const unit = isLine ? LINE_BYTES : PAGE_BYTES
    // Pages of several packets are written one by one, and then this is the last of its packets.
    const units = isWrite === 1 && there.payloadBytes < unit ? 1 : messages.packets[message]
    const lines = unit / LINE_BYTES
    const { first, last } = this.isOneByOne(token)
      ? this.takeEach(there.to, message, units, lines, isWrite, tokens.spot[token])
      : this.take(there.to, message, units, lines, isWrite)
    this.showService(token, there.to, units, last)
    this.access.pack(token, Purpose.memoryAnswer, token, false)
    const back = routeOf(this.machine, there.to, there.from)
    fabric.sendUnits(back, units, isWrite === 1 ? 0 : unit, first, last, this.access.parcel)
  }

  /** The units of a train are served as a whole. */
  private take(far: number, message: number, units: number, lines: number, isWrite: number): Served {
    const { memory, fabric } = this.machine
    const { first, last } = fabric.messages
    return memory.serve(far, units, lines, first[message], last[message], isWrite)
  }

  /** Or one by one, from the bank that `spot` says. */
  private takeEach(far: number, message: number, units: number, lines: number, isWrite: number, spot: number): Served {
    const { memory, fabric } = this.machine
    const { first, last } = fabric.messages
    return memory.serveEach(far, units, lines, first[message], last[message], isWrite, spot)
  }

  private showService(token: number, far: number, units: number, until: number): void {
    const { log, queue, tokens, executions } = this.machine
    if (!log.on) return
    const execution = tokens.execution[token]
    log.emit(
      queue.clock[0],
      until,
      SegmentKind.memoryService,
      executions.rootOperation[execution],
      requestName(this.machine, execution),
      far,
      units,
    )
  }

  /** A write-back's head is at its memory device: so many lines, or less than 0: pages, which are served one by one. */
  absorb(message: number): void {
    const { fabric, memory } = this.machine
    const { messages } = fabric
    const count = messages.subject[message]
    const far = fabric.routes.list[messages.route[message]].to
    if (count > MOST_LINES) {
      this.take(far, message, count, 1, 1)
      return
    }
    const spot = mix32(messages.request[message] | 0, memory.turn[far])
    this.takeEach(far, message, Math.abs(count), count < 0 ? PAGE_BYTES / LINE_BYTES : 1, 1, spot)
  }

  /** An answer is in. With the last one pages are there, and a stall ends: at once, or when its windows would have ended. */
  answered(token: number): void {
    const { tokens, queue } = this.machine
    tokens.outstanding[token] -= 1
    if (tokens.outstanding[token] > 0) return
    const now = queue.clock[0]
    if (tokens.core[token] < 0) this.goOn(token)
    else if (!this.isOneByOne(token))
      this.access.stallUntil(token, Math.max(now, this.trains.end(token)), tokens.stallEnd[token])
    else if (tokens.stallEnd[token] > now) this.access.stallUntil(token, tokens.stallEnd[token], tokens.expected[token])
    else {
      this.access.delayed(token, now - tokens.expected[token])
      this.goOn(token)
    }
  }

  /** What misses of an instance on its device take on an idle rack on average, ps. */
  missesPs(instance: number, device: number, misses: number): number {
    const { instances, devices, fabric } = this.machine
    const { windows } = this.access
    const share = instances.far[instance] === 0 ? 0 : instances.spec(instance).remoteShare
    const width = Math.max(1, devices.parallelism[device])
    const table = windows.table(instance, device, width, share, false)
    const { mix, mean } = table
    if (mix === null || mix.pageShare === 0) return (misses / width) * mean
    const far = (mix.pages ?? mix).devices[0]
    const there = fabric.routes.between(device, far)
    if (there < 0) return (misses / width) * mean
    const page = devices.pageFaultPs[device] + windows.idle(device, far, PAGE_BYTES / LINE_BYTES, false)
    const near = windows.nearPs(device, width)
    const window = near + (1 - mix.pageShare) * (mean - near)
    return (misses / width) * window + misses * share * mix.pageShare * page
  }

  /** A group is done; says whether the step goes on. */
  groupDone(token: number): boolean {
    const { tokens } = this.machine
    this.fluid.end(token)
    tokens.missesLeft[token] -= tokens.group[token]
    if (tokens.missesLeft[token] <= 0) return false
    tokens.stage[token] = Stage.group
    return true
  }

  /** The token goes on no more. */
  forget(token: number): void {
    this.fluid.end(token)
  }

  save(): Saved {
    return {
      groups: this.groups.save(),
      trains: this.trains.save(),
      fluid: this.fluid.save(),
      absent: this.absent.save(),
      warmth: this.access.warmth.save(),
    }
  }

  restore(saved: Saved): void {
    this.groups.restore(saved['groups'] as Saved)
    this.trains.restore(saved['trains'] as Saved)
    this.fluid.restore(saved['fluid'] as Saved)
    this.absent.restore(saved['absent'] as Saved)
    this.access.warmth.restore(saved['warmth'] as Saved)
  }
}
