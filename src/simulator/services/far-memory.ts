import * as EventKind from '../engine/event-kind'
import * as Purpose from './purpose'
import * as Phase from './phase'
import * as Stage from './stage'
import * as SegmentKind from '../hardware/segment-kind'
import { mix32, nextUniform32, seedSmall } from '../engine/random'
import type { Cargo } from '../hardware/messages'
import { LINE_BYTES, PAGE_BYTES } from '../hardware/memory'
import type { Train } from '../hardware/train'
import { Binomials } from './binomials'
import { routeOf, type Machine } from './machine'
import { enter, requestName } from './phases'
import type { ComputeCode } from './program'

/** Windows of misses that travel together. */
const MOST_WINDOWS = 32

/** On paging paths the pages are waited for by themselves. */
const NO_TRIPS = new Float64Array(0)

/**
 * Last-level misses of a compute step: windows of `memoryParallelism`, drawn local or remote one by one, several
 * windows issued as one train. The stall is what the windows take one after another on an idle rack, plus what this
 * train waits longer than on an idle rack; so an unloaded stall is exact, and under load the mean is that of windows
 * waiting one by one, since a train of n windows waits about n times as long as one window.
 */
export class FarMemory {
  private readonly small = new Int32Array(4)
  private readonly train: Train = { packets: 1, first: 0, lastButOne: 0, last: 0 }
  /** Idle round trip by route there, device and count; filled when first needed. */
  private readonly roundTrips = new Map<number, Float64Array>()
  /** Version of the routes that they hold for. */
  private tripsVersion = 0
  private readonly binomials = new Binomials()

  constructor(
    private readonly machine: Machine,
    private readonly goOn: (token: number) => void,
  ) {}

  /** A step's misses: whole ones, the fraction is carried over per instance. Says whether there are any. */
  begin(token: number, code: ComputeCode, instructions: number): boolean {
    const { tokens, instances } = this.machine
    const instance = this.instanceOf(token)
    const demand = instructions * code.misses
    instances.missDemand[instance] += demand
    const exact = demand * instances.missFactor[instance] + instances.missCarry[instance]
    const whole = Math.floor(exact + 1e-9)
    instances.missCarry[instance] = exact - whole
    if (whole <= 0) return false
    tokens.stepMisses[token] = whole
    tokens.missesLeft[token] = whole
    tokens.stepInstructions[token] = instructions
    tokens.groupIndex[token] = 0
    tokens.stage[token] = Stage.group
    return true
  }

  private instanceOf(token: number): number {
    const { tokens, executions } = this.machine
    return executions.instance[tokens.execution[token]]
  }

  /** Gathers the cycles of the next group of windows. */
  nextGroup(token: number): void {
    const { tokens, instances } = this.machine
    const instance = this.instanceOf(token)
    const windows = instances.far[instance] && this.pages(instance) ? 1 : this.mostWindows(token, instance)
    const misses = Math.min(tokens.missesLeft[token], windows * this.window(token))
    tokens.group[token] = misses
    const instructions = (tokens.stepInstructions[token] * misses) / tokens.stepMisses[token]
    const cycles = instructions * this.machine.cores.cpi[tokens.device[token]]
    tokens.cycles[token] += cycles
    this.machine.stack.computed(instance, instructions, cycles)
    tokens.stage[token] = Stage.issue
  }

  /** Where cores have a quantum, no more windows travel together than fit into it on an idle rack. */
  private mostWindows(token: number, instance: number): number {
    const { tokens, cores, local, instances } = this.machine
    const device = tokens.device[token]
    const quantum = cores.quantumPs[device]
    if (quantum === Infinity) return MOST_WINDOWS
    const width = this.window(token)
    const cycles = (tokens.stepInstructions[token] * cores.cpi[device] * width) / tokens.stepMisses[token]
    const far = instances.far[instance] ? this.tripsTo(device, instances.leases[instance][0].device, width)[width] : 0
    const stall = Math.max(local.devices[device]?.latencyPs ?? 0, far)
    const most = Math.floor(quantum / ((cycles * 1000) / cores.frequency[device] + stall))
    return Math.max(1, Math.min(MOST_WINDOWS, most))
  }

  private window(token: number): number {
    return Math.max(1, this.machine.devices.parallelism[this.machine.tokens.device[token]])
  }

  private pages(instance: number): boolean {
    const { instances, fabric } = this.machine
    const lease = instances.leases[instance][0]
    return fabric.routes.list[routeOf(this.machine, instances.device[instance], lease.device)].paging
  }

  /** Issues the group; the token stalls on its core, or waits for its pages without it. */
  issue(token: number, code: ComputeCode): void {
    const { tokens, queue } = this.machine
    const now = queue.clock[0]
    this.seed(token, code)
    const far = this.chooseFar(token)
    tokens.far[token] = far
    tokens.stage[token] = Stage.stalled
    const remote = this.drawWindows(token, now, far)
    tokens.groupRemote[token] = remote
    if (remote > 0 && this.pages(this.instanceOf(token))) {
      tokens.time[token] = this.faults(token, remote) + tokens.stallEnd[token] + tokens.localWait[token] - now
      tokens.stage[token] = Stage.fault
      return
    }
    enter(this.machine, token, Phase.memory, SegmentKind.memoryStall, tokens.device[token], tokens.core[token])
    if (remote > 0) this.readLines(token, now, remote, code)
    else this.stallUntil(token, tokens.stallEnd[token] + tokens.localWait[token])
  }

  /** The stall ends then: what it lasts longer than on an idle rack is queueing. */
  private stallUntil(token: number, end: number): void {
    const { tokens, queue, stack, cores } = this.machine
    const frequency = cores.frequency[tokens.device[token]]
    stack.delayed(this.instanceOf(token), end - tokens.stallEnd[token], frequency)
    queue.schedule(end, EventKind.stallDone, token, 0, 0)
  }

  /** Core time of page faults, ps; the wait for the local bus goes with it. */
  private faults(token: number, pages: number): number {
    const { tokens, devices, stack, cores } = this.machine
    const device = tokens.device[token]
    const instance = this.instanceOf(token)
    const ps = pages * devices.pageFaultPs[device]
    stack.missed(instance, 0, 0, 0, ps, cores.frequency[device])
    stack.delayed(instance, tokens.localWait[token], cores.frequency[device])
    return ps
  }

  private seed(token: number, code: ComputeCode): void {
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
    seedSmall(this.small, streams.out)
  }

  /** A memory device by the instance's leases, weighted by slabs; -1: all its memory is local. */
  private chooseFar(token: number): number {
    const leases = this.machine.instances.leases[this.instanceOf(token)]
    if (leases.length === 0) return -1
    let slabs = 0
    for (const lease of leases) slabs += lease.slabs
    let pick = Math.floor((nextUniform32(this.small) / 4294967296) * slabs)
    for (const lease of leases) {
      if (pick < lease.slabs) return lease.device
      pick -= lease.slabs
    }
    return leases[leases.length - 1].device
  }

  /** Draws each window's remote misses; sets the idle end of the stall and takes the local bus. Returns how many are remote. */
  private drawWindows(token: number, now: number, far: number): number {
    const { tokens, instances, local } = this.machine
    const instance = this.instanceOf(token)
    const device = tokens.device[token]
    const width = this.window(token)
    const share = far < 0 ? 0 : instances.spec(instance).remoteShare
    const dram = local.devices[device]!
    const trips = share > 0 && !this.pages(instance) ? this.tripsTo(device, far, width) : NO_TRIPS
    let localStall = 0
    let remoteStall = 0
    let remote = 0
    for (let left = tokens.group[token]; left > 0; left -= width) {
      const misses = left < width ? left : width
      const afar = share > 0 ? this.binomials.draw(misses, share, nextUniform32(this.small) / 4294967296) : 0
      const near = misses === afar ? 0 : Math.max(dram.latencyPs, Math.round((misses - afar) * dram.linePs))
      if (afar > 0 && trips[afar] > near) remoteStall += trips[afar]
      else localStall += near
      remote += afar
    }
    const { stack, cores } = this.machine
    stack.missed(instance, tokens.group[token] - remote, remote, localStall, remoteStall, cores.frequency[device])
    tokens.stallEnd[token] = now + localStall + remoteStall
    tokens.localWait[token] = local.take(device, tokens.group[token] - remote, now)
    return remote
  }

  /** Round trips of one window of 1 … `width` lines on an idle rack, ps, by lines. */
  private tripsTo(device: number, far: number, width: number): Float64Array {
    const route = routeOf(this.machine, device, far)
    const { version } = this.machine.fabric.routes
    if (version !== this.tripsVersion) this.roundTrips.clear() // the way back may be another one
    this.tripsVersion = version
    const known = this.roundTrips.get(route)
    if (known && known.length > width) return known
    const trips = Float64Array.from({ length: width + 1 }, (_, lines) =>
      lines === 0 ? 0 : this.idle(route, device, far, lines),
    )
    this.roundTrips.set(route, trips)
    return trips
  }

  private idle(route: number, device: number, far: number, lines: number): number {
    const { fabric, memory } = this.machine
    const { train } = this
    fabric.unloaded(fabric.routes.list[route], lines, LINE_BYTES, 0, 0, train)
    const { first, last } = memory.unloaded(far, lines, 1, train.first, train.last)
    const back = fabric.routes.list[routeOf(this.machine, far, device)]
    fabric.unloaded(back, lines, LINE_BYTES, first, last, train)
    return train.last
  }

  private readLines(token: number, now: number, remote: number, code: ComputeCode): void {
    const { tokens, fabric } = this.machine
    const device = tokens.device[token]
    const far = tokens.far[token]
    const route = routeOf(this.machine, device, far)
    tokens.expected[token] = now + this.idle(route, device, far, remote)
    fabric.sendUnits(route, remote, LINE_BYTES, now, now, this.cargo(token, Purpose.memoryRead, token, true))
    this.writeBack(token, route, remote, LINE_BYTES, code, now)
  }

  /** The fault is handled: the token leaves its core and the pages are read. */
  readPages(token: number, code: ComputeCode): void {
    const { tokens, fabric, queue } = this.machine
    const now = queue.clock[0]
    tokens.stage[token] = Stage.stalled
    enter(this.machine, token, Phase.memory, SegmentKind.pageWait, tokens.device[token], -1)
    const route = routeOf(this.machine, tokens.device[token], tokens.far[token])
    fabric.sendUnits(
      route,
      tokens.groupRemote[token],
      LINE_BYTES,
      now,
      now,
      this.cargo(token, Purpose.memoryRead, token, true),
    )
    this.writeBack(token, route, tokens.groupRemote[token], PAGE_BYTES, code, now)
  }

  /** Dirty lines or pages go home; nobody waits for them. */
  private writeBack(token: number, route: number, remote: number, unit: number, code: ComputeCode, now: number): void {
    if (code.dirtyRatio === 0) return
    const { instances, fabric } = this.machine
    const instance = this.instanceOf(token)
    const exact = remote * code.dirtyRatio + instances.dirtyCarry[instance]
    const dirty = Math.floor(exact + 1e-9)
    instances.dirtyCarry[instance] = exact - dirty
    if (dirty > 0)
      fabric.sendUnits(
        route,
        dirty,
        unit,
        now,
        now,
        this.cargo(token, Purpose.writeBack, unit === LINE_BYTES ? dirty : -dirty, true),
      )
  }

  private cargo(token: number, purpose: number, subject: number, atHead: boolean): Cargo {
    const { tokens, executions } = this.machine
    const execution = tokens.execution[token]
    return {
      purpose,
      subject,
      atHead,
      bulk: false,
      shown: SegmentKind.memoryLink,
      request: requestName(this.machine, execution),
      operation: executions.rootOperation[execution],
    }
  }

  /** A read's head is at its memory device. */
  serve(message: number): void {
    const { fabric, memory, tokens, log, queue, executions } = this.machine
    const { messages } = fabric
    const token = messages.subject[message]
    const far = tokens.far[token]
    const home = tokens.device[token]
    const there = fabric.routes.list[messages.route[message]]
    const unit = there.paging ? PAGE_BYTES : LINE_BYTES
    const units = tokens.groupRemote[token]
    const answer = memory.serve(far, units, unit / LINE_BYTES, messages.first[message], messages.last[message])
    if (log.on) {
      const execution = tokens.execution[token]
      log.emit(
        queue.clock[0],
        answer.last,
        SegmentKind.memoryService,
        executions.rootOperation[execution],
        requestName(this.machine, execution),
        far,
        units,
      )
    }
    fabric.sendUnits(
      routeOf(this.machine, far, home),
      units,
      unit,
      answer.first,
      answer.last,
      this.cargo(token, Purpose.memoryAnswer, token, false),
    )
  }

  /** A write-back's head is at its memory device. */
  absorb(message: number): void {
    const { fabric, memory } = this.machine
    const { messages } = fabric
    const count = messages.subject[message]
    const far = fabric.routes.list[messages.route[message]].to
    memory.serve(
      far,
      Math.abs(count),
      count < 0 ? PAGE_BYTES / LINE_BYTES : 1,
      messages.first[message],
      messages.last[message],
    )
  }

  /** The answer is in: the stall ends when its windows would have ended, and later by what the train was held up. */
  answered(token: number): void {
    const { tokens, queue } = this.machine
    const now = queue.clock[0]
    if (tokens.core[token] < 0) {
      this.goOn(token)
      return
    }
    const late = Math.max(0, now - tokens.expected[token], tokens.localWait[token])
    this.stallUntil(token, Math.max(now, tokens.stallEnd[token] + late))
  }

  /** A group is done; says whether the step goes on. */
  groupDone(token: number): boolean {
    const { tokens } = this.machine
    tokens.missesLeft[token] -= tokens.group[token]
    if (tokens.missesLeft[token] <= 0) return false
    tokens.stage[token] = Stage.group
    return true
  }
}
