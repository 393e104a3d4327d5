import { normalQuantile } from '../engine/normal-quantile'
import { capture, reinstate, type Saved } from '../engine/plain-state'
import { unitInterval } from '../engine/philox'
import type { FarAccess } from './far-access'
import { FarFlows, type Cargo, type FlowWay } from './far-flows'
import type { WindowTable } from './far-windows'
import type { ComputeCode } from './program'

/** Up to so many windows of a stall are drawn one by one; of more, their sum as a normal. */
const DRAWN_WINDOWS = 6

/** Fidelity `fluid`: a whole group of windows is one event, and its waiting follows from the load of the queues on its way. */
export class FarFluid {
  readonly flows: FarFlows
  /**
   * When each port, and behind them each memory device, has done all work that stalls have brought so far; ps. A stall
   * never ends before: so nothing is faster than its bytes on the narrowest wire.
   */
  drained: Float64Array

  constructor(private readonly access: FarAccess) {
    this.flows = new FarFlows(access.machine)
    const { fabric, devices } = access.machine
    this.drained = new Float64Array(fabric.ports.gbps.length + devices.names.length)
  }

  /** Issues the group of a token. */
  issue(token: number, code: ComputeCode, table: WindowTable, start: number): void {
    const { access } = this
    const { tokens, queue } = access.machine
    const now = queue.clock[0]
    const group = tokens.group[token]
    const windows = Math.ceil(group / table.width)
    const few = windows <= DRAWN_WINDOWS
    const remote = few ? access.draw(token, table, now, false) : this.meanRemote(token, group, table)
    const near = group - remote
    const idle = few ? tokens.stallEnd[token] - now : this.drawStall(table, group)
    access.countMisses(token, near, remote, 0)
    const instance = access.instanceOf(token)
    if (access.machine.instances.cold[instance] === 1 && code.access === 'none') access.warmth.add(instance, remote, 0)
    let waits = near > 0 ? access.windows.own.take(tokens.device[token], near, now, windows) : 0
    tokens.flowPath[token] = -1
    if (remote > 0) {
      const path = this.flows.of(table, table.mix!, code)
      const wait = windows * this.wait(token, path, table, remote / (windows * table.mean))
      waits = Math.max(waits, wait)
      const drained = this.account(path, remote, access.dirtyOf(token, remote, code), start)
      waits = Math.max(waits, drained - now - idle)
      tokens.flowPath[token] = path
      tokens.flowRate[token] = group / table.width / Math.max(1, idle + waits)
      this.flows.begin(path, tokens.flowRate[token])
    }
    const idleEnd = now + Math.round(idle)
    access.stallUntil(token, now + Math.round(idle + waits), idleEnd)
  }

  /** The stall is over: others no longer see it. */
  end(token: number): void {
    const { tokens } = this.access.machine
    if (tokens.flowPath[token] < 0) return
    this.flows.end(tokens.flowPath[token], tokens.flowRate[token])
    tokens.flowPath[token] = -1
  }

  /** Expected remote misses, whole ones; the fraction is carried over per instance. */
  private meanRemote(token: number, group: number, table: WindowTable): number {
    const { instances } = this.access.machine
    const instance = this.access.instanceOf(token)
    const exact = group * table.share + instances.remoteCarry[instance]
    const whole = Math.min(group, Math.floor(exact + 1e-9))
    instances.remoteCarry[instance] = exact - whole
    return whole
  }

  /** The sum of many windows' stalls on an idle rack, as a normal, never less than the least; ps. */
  private drawStall(table: WindowTable, group: number): number {
    const { access } = this
    const windows = group / table.width
    const spread =
      table.variance === 0
        ? 0
        : Math.sqrt(windows * table.variance) * normalQuantile(unitInterval(access.bits(), access.bits()))
    const stall = Math.max(windows * table.least, windows * table.mean + spread)
    access.remoteStall = (stall * table.remoteMean) / table.mean
    access.localStall = Math.max(0, stall - access.remoteStall)
    return stall
  }

  /** What a window is expected to wait on its ways, ps. */
  private wait(token: number, index: number, table: WindowTable, own: number): number {
    const { memory, queue, tokens } = this.access.machine
    const path = this.flows.path(index)
    this.flows.look(path)
    const lock = 1 - table.width / Math.max(table.width, tokens.stepMisses[token])
    let sum = 0
    for (let i = 0; i < path.ways.length; i += 1) {
      const way = path.ways[i]
      if (way.copy > 0) continue
      const bank = memory.bankDelay(way.far, way.mean, way.gap, this.others(way, own))
      sum += way.weight * (this.flows.waitOn(way, lock) + bank + memory.loadedDelay(way.far, queue.clock[0]))
    }
    return sum * (1 - table.nearChance)
  }

  /**
   * Accesses per ps that others make to a memory device during a stall. Those who stall when it begins go on for half of
   * it (a mean residual, where stalls are alike); for the rest the load is that of the last epochs.
   */
  private others(way: FlowWay, own: number): number {
    const { memory, queue } = this.access.machine
    const mean = memory.accessRate(way.far, queue.clock[0]) - own * way.weight
    return (this.flows.accessesOn(way) + Math.max(0, mean)) / 2
  }

  /** Bytes and work of a stall, counted at its beginning. Returns when the last of its queues has done it, ps. */
  private account(index: number, remote: number, dirty: number, start: number): number {
    const { ways } = this.flows.path(index)
    let cumulative = 0
    let drained = 0
    let [dealt, dealtDirty] = [0, 0]
    for (let i = 0; i < ways.length; i += 1) {
      const way = ways[i]
      cumulative += way.weight
      const last = i === ways.length - 1 || ways[i + 1].copy !== way.copy
      // Of a further copy that not all slabs have, the shares do not add up to 1.
      const isAll = last && cumulative > 1 - 1e-9
      const until = isAll ? remote : Math.floor(cumulative * remote + start)
      const untilDirty = isAll ? dirty : Math.floor(cumulative * dirty + start)
      const units = way.copy > 0 ? 0 : until - dealt
      drained = Math.max(drained, this.accountWay(way, units, untilDirty - dealtDirty))
      dealt = last ? 0 : until
      dealtDirty = last ? 0 : untilDirty
      if (last) cumulative = 0
    }
    return drained
  }

  private accountWay(way: FlowWay, units: number, dirty: number): number {
    const { memory, queue, fabric } = this.access.machine
    let drained = 0
    for (let i = 0; i < way.there.length; i += 1) {
      const channel = way.there[i]
      this.accountOn(channel, units, way.asks[i])
      drained = Math.max(drained, this.accountOn(channel, dirty, way.asks[i]), this.drained[channel])
    }
    for (let i = 0; i < way.back.length; i += 1)
      drained = Math.max(drained, this.accountOn(way.back[i], units, way.answers[i]))
    const work = ((units + dirty) * memory.meanLinePs(way.far)) / memory.devices[way.far]!.channels
    memory.account(way.far, units, dirty, queue.clock[0])
    return Math.max(drained, this.drain(fabric.ports.gbps.length + way.far, Math.round(work)))
  }

  private accountOn(channel: number, units: number, cargo: Cargo): number {
    if (units <= 0) return 0
    const { ports } = this.access.machine.fabric
    ports.bytes[channel] += units * cargo.wire
    ports.packets[channel] += units * cargo.packets
    const work = Math.round(units * this.flows.timeOn(channel, cargo))
    ports.worked[channel] += work
    ports.forFlows.add(channel, work, this.access.machine.queue.clock[0])
    return this.drain(channel, work)
  }

  private drain(place: number, work: number): number {
    this.drained[place] = Math.max(this.drained[place], this.access.machine.queue.clock[0]) + work
    return this.drained[place]
  }

  save(): Saved {
    return { ...capture(this, ['drained']), flows: this.flows.save() }
  }

  restore(saved: Saved): void {
    reinstate(this, ['drained'], saved)
    this.flows.restore(saved['flows'] as Saved)
  }
}
