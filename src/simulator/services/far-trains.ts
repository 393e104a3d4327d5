import { capture, reinstate, type Saved } from '../engine/plain-state'
import { LINE_BYTES } from '../hardware/memory'
import type { FarAccess } from './far-access'
import { regularity } from './flow-figures'
import { MOST_IN_STEP, MOST_LINES, placeOf, type Mix } from './far-mixes'
import { routeOf } from './machine'
import * as Purpose from './purpose'
import type { ComputeCode } from './program'
import { SINCE } from './tokens'

/** Windows of which more than this share is remote are so much alike that cores which meet stay in step line by line. */
const EQUAL_SHARE = 15 / 16
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
 *
 * Where windows go one by one, see docs/decisions/0017, the lines of one go to devices in shorter trains, and its stall
 * ends with the last of them.
 */
export class FarTrains {
  /** Lateness of one window by home device, averaged over the last trains; ps. */
  late: Float64Array
  /** Units of a window by place of their device in its mix; zero between windows. */
  private readonly dealt: Int32Array

  constructor(private readonly access: FarAccess) {
    this.late = new Float64Array(access.machine.devices.names.length)
    this.dealt = new Int32Array(access.machine.devices.names.length)
  }

  /** Sends the trains of one window, whose units (lines or pages) are drawn to their devices as in fidelity `line`. */
  readWindow(token: number, mix: Mix, remote: number, code: ComputeCode, unit: number): void {
    const { tokens, instances } = this.access.machine
    const share = code.access === 'none' ? instances.remoteShare[this.access.instanceOf(token)] : 1
    const most = share > EQUAL_SHARE ? MOST_IN_STEP : MOST_LINES
    tokens.outstanding[token] =
      code.access === 'write'
        ? this.toCopies(token, mix, remote, unit, Purpose.memoryWrite, most)
        : this.sendDrawn(token, mix, remote, unit, Purpose.memoryRead, most)
    this.toCopies(token, mix, this.access.dirtyOf(token, remote, code), unit, Purpose.writeBack, most)
  }

  private toCopies(token: number, mix: Mix, count: number, unit: number, purpose: number, most: number): number {
    let trains = this.sendDrawn(token, mix, count, unit, purpose, most)
    for (const mirror of mix.mirrors) trains += this.sendDrawn(token, mirror, count, unit, purpose, most)
    return trains
  }

  /**
   * Sends units to devices of a mix, drawn one by one, in trains of at most `most`, one to each device in turn; that of
   * the last unit leaves last, as in `line`. Returns how many trains those are.
   */
  private sendDrawn(token: number, mix: Mix, count: number, unit: number, purpose: number, most: number): number {
    const { dealt } = this
    const last = this.deal(mix, count, purpose)
    const longest = Math.min(most, mix.mostLines)
    let left = 0
    for (let place = 0; place < mix.devices.length; place += 1) left += dealt[place]
    let trains = 0
    for (let place = last; left > 0;) {
      place = place + 1 < mix.devices.length ? place + 1 : 0
      const isLast = place === last && dealt[last] <= longest
      const units = isLast && left > dealt[last] ? 0 : Math.min(longest, dealt[place])
      if (units > 0) trains += this.sendTo(token, mix.devices[place], units, unit, purpose, longest)
      dealt[place] -= units
      left -= units
    }
    return trains
  }

  /** Draws the places of units in a mix. Returns that of the last. */
  private deal(mix: Mix, count: number, purpose: number): number {
    const { access, dealt } = this
    let last = 0
    for (let i = 0; i < count; i += 1) {
      if (mix.part < 1 && access.uniform() >= mix.part) continue
      last = placeOf(mix, access.uniform())
      dealt[last] += 1
      if (purpose !== Purpose.writeBack) access.lines.note(last)
    }
    return last
  }

  /** Trains of at most `most` units; but pages of several packets, between which others' packets may come, go one by one. */
  private sendTo(token: number, far: number, units: number, unit: number, purpose: number, most = units): number {
    const { machine, parcel } = this.access
    const { fabric, queue, tokens } = machine
    const route = routeOf(machine, tokens.device[token], far)
    const now = queue.clock[0]
    const bytes = purpose === Purpose.memoryRead ? LINE_BYTES : unit
    const longest = fabric.routes.payload[route] < unit ? 1 : most
    for (let left = units; left > 0; left -= longest) {
      const sent = Math.min(longest, left)
      const named = unit === LINE_BYTES ? sent : -sent
      this.access.pack(token, purpose, purpose === Purpose.writeBack ? named : token, true)
      fabric.sendUnits(route, sent, bytes, now, now, parcel)
    }
    return Math.ceil(units / longest)
  }

  /** Sends the trains of a group of windows that stalls a core, dealt to the devices of a mix by their shares. */
  read(token: number, mix: Mix, remote: number, windows: number, code: ComputeCode, start: number): void {
    const { tokens, queue } = this.access.machine
    tokens.bankWait[token] = this.bankWaits(token, mix, remote, windows)
    tokens.expected[token] = queue.clock[0] + this.access.windows.idleSet(mix, tokens.device[token], remote, start)
    tokens.outstanding[token] = this.ask(token, mix, remote, LINE_BYTES, Purpose.memoryRead, start)
    const dirty = this.access.dirtyOf(token, remote, code)
    if (dirty === 0) return
    for (const copy of [mix, ...mix.mirrors])
      this.ask(token, copy, partOf(copy, dirty, start), LINE_BYTES, Purpose.writeBack, start)
  }

  /** Sends units dealt to the devices of a mix by their shares, rounded by `start`; returns how many messages those are. */
  ask(token: number, mix: Mix, count: number, unit: number, purpose: number, start: number): number {
    let messages = 0
    let dealt = 0
    for (let i = 0; i < mix.devices.length; i += 1) {
      const until = this.access.windows.dealtUntil(mix, i, count, start)
      if (until === dealt) continue
      messages += this.sendTo(token, mix.devices[i], until - dealt, unit, purpose)
      dealt = until
    }
    return messages
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
    const cycle = computing + (tokens.stallEnd[token] - tokens.times[token + SINCE]) / windows
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
