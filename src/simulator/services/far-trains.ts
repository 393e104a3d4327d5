import { capture, reinstate, type Saved } from '../engine/plain-state'
import { LINE_BYTES } from '../hardware/memory'
import type { FarAccess } from './far-access'
import { regularity } from './flow-figures'
import type { Mix } from './far-mixes'
import { routeOf } from './machine'
import * as Purpose from './purpose'
import type { ComputeCode } from './program'
import { SINCE, TIMES } from './tokens'

/** How many trains the mean lateness looks back upon. */
const MEMORY = 16

/**
 * Fidelity `burst`: the windows of a group are issued together, one train per memory device. The stall is what the
 * windows take one after another on an idle rack, plus what the trains came later than on an idle rack. So an unloaded
 * stall is exact.
 *
 * A train of n windows waits about n times as long as one window, but it would scatter n times as much where n windows
 * scatter √n times: what a train was later than usual counts 1 / √n. And trains come at random where windows that stall
 * for one another fall into step: their waiting counts by `irregularity`.
 */
export class FarTrains {
  /** Lateness of one window by home device, averaged over the last trains; ps. */
  late: Float64Array

  constructor(private readonly access: FarAccess) {
    this.late = new Float64Array(access.machine.devices.names.length)
  }

  /** Sends the trains of a group that stalls a core. */
  read(token: number, mix: Mix, remote: number, windows: number, code: ComputeCode, start: number): void {
    const { tokens, queue } = this.access.machine
    tokens.bankWait[token] = this.bankWaits(token, mix, remote, windows)
    tokens.expected[token] =
      queue.clock[0] + this.access.windows.idleSet(mix, tokens.device[token], remote, start, code.access === 'write')
    this.send(token, mix, remote, code, LINE_BYTES, start)
  }

  /** Sends reads (or writes) and write-backs, dealt to the devices of a mix by their shares, rounded at random. */
  send(token: number, mix: Mix, remote: number, code: ComputeCode, unit: number, start: number): void {
    const { tokens } = this.access.machine
    const isWrite = code.access === 'write'
    tokens.outstanding[token] = this.ask(token, mix, remote, isWrite, unit, start)
    if (isWrite)
      for (let copy = 0; copy < mix.mirrors.length; copy += 1) {
        const mirror = mix.mirrors[copy]
        tokens.outstanding[token] += this.ask(token, mirror, partOf(mirror, remote, start), true, unit, start)
      }
    const dirty = this.access.dirtyOf(token, remote, code)
    this.writeBack(token, mix, dirty, unit, start)
    for (let copy = 0; copy < mix.mirrors.length; copy += 1) {
      const mirror = mix.mirrors[copy]
      this.writeBack(token, mirror, partOf(mirror, dirty, start), unit, start)
    }
  }

  /** Asks for units, or sends them; returns how many trains those are. */
  ask(token: number, mix: Mix, count: number, isWrite: boolean, unit: number, start: number): number {
    const { access } = this
    let trains = 0
    let dealt = 0
    for (let i = 0; i < mix.devices.length; i += 1) {
      const until = access.windows.dealtUntil(mix, i, count, start)
      if (until === dealt) continue
      trains += 1
      access.pack(token, isWrite ? Purpose.memoryWrite : Purpose.memoryRead, token, true)
      this.train(token, mix.devices[i], until - dealt, isWrite ? unit : LINE_BYTES)
      dealt = until
    }
    return trains
  }

  private writeBack(token: number, mix: Mix, dirty: number, unit: number, start: number): void {
    const { access } = this
    let dealt = 0
    for (let i = 0; dealt < dirty; i += 1) {
      const until = access.windows.dealtUntil(mix, i, dirty, start)
      if (until === dealt) continue
      access.pack(token, Purpose.writeBack, unit === LINE_BYTES ? until - dealt : dealt - until, true)
      this.train(token, mix.devices[i], until - dealt, unit)
      dealt = until
    }
  }

  private train(token: number, far: number, units: number, bytes: number): void {
    const { machine, parcel } = this.access
    const now = machine.queue.clock[0]
    machine.fabric.sendUnits(routeOf(machine, machine.tokens.device[token], far), units, bytes, now, now, parcel)
  }

  /** What the banks are expected to add to the windows of a group, ps. */
  private bankWaits(token: number, mix: Mix, remote: number, windows: number): number {
    const { tokens, memory, queue } = this.access.machine
    const now = queue.clock[0]
    const own = remote / Math.max(1, tokens.stallEnd[token] - now)
    let sum = 0
    for (let i = 0; i < mix.devices.length; i += 1) {
      const weight = mix.cumulative[i] - (i > 0 ? mix.cumulative[i - 1] : 0)
      const others = memory.accessRate(mix.devices[i], now) - own * weight
      const delay = memory.bankDelay(mix.devices[i], (weight * remote) / windows, mix.firstGap, others)
      sum += weight * (delay + memory.loadedDelay(mix.devices[i], now))
    }
    return Math.round(sum * windows)
  }

  /** When the stall ends whose last train is back now. */
  end(token: number): number {
    const { tokens, queue } = this.access.machine
    const device = tokens.device[token]
    const windows = Math.ceil(tokens.group[token] / this.access.width(token))
    const late = Math.max(0, queue.clock[0] - tokens.expected[token], tokens.localWait[token])
    const usual = this.late[device]
    this.late[device] = usual + (late / windows - usual) / MEMORY
    const counted = windows * usual + (late - windows * usual) / Math.sqrt(windows)
    return (
      tokens.stallEnd[token] + Math.round(counted * this.irregularity(token, windows, usual)) + tokens.bankWait[token]
    )
  }

  /** The part of a train's waiting that windows would see one by one; load and sources from what windows usually wait. */
  private irregularity(token: number, windows: number, usual: number): number {
    if (usual <= 0) return 1
    const { access } = this
    const { tokens, cores } = access.machine
    const width = access.width(token)
    const each = tokens.groupRemote[token] / windows
    const work = each * access.windows.mix(access.instanceOf(token)).slowGap
    if (work <= 0) return 1
    const perMiss = (tokens.stepInstructions[token] * cores.cpi[tokens.device[token]]) / tokens.stepMisses[token]
    const computing = (perMiss * width * 1000) / cores.frequency[tokens.device[token]]
    const cycle = computing + (tokens.stallEnd[token] - tokens.times[token * TIMES + SINCE]) / windows
    const scatter = 1 + Math.max(0, 1 / each - 1 / width)
    const load = (2 * usual) / (scatter * work + 2 * usual)
    const lock = 1 - width / Math.max(width, tokens.stepMisses[token])
    return 1 - regularity(load, (load * cycle) / work, lock) / scatter
  }

  save(): Saved {
    return capture(this, ['late'])
  }

  restore(saved: Saved): void {
    reinstate(this, ['late'], saved)
  }
}

/** How many of some units a copy gets that not all slabs have. */
function partOf({ part }: Mix, count: number, start: number): number {
  return part === 1 ? count : Math.floor(part * count + start)
}
