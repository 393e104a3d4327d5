import { capture, reinstate, type Saved } from '../engine/plain-state'
import type { FarAccess } from './far-access'
import { routeOf } from './machine'

/** Windows of misses that are one group, by fidelity. */
const WINDOWS = { line: 1, burst: 32, fluid: 256 } as const

/** Steps of at most so many windows go window by window. */
const FEW_WINDOWS = 16
/** All do where those have more than this part of the misses: they would wait for the trains of others. */
const FEW_SHARE = 1 / 8
/** All do where remote memory has kept a wire, channel or bank on their way busy for more than this part of the time of late. */
const MUCH_USE = 1 / 8
/** All do where own memory was busy for more than this part of it: a group takes its bus in one piece. */
const SOME_USE = 1 / 16
/** All do for so long after the first that meet far memory, ps, as nobody knows yet what will be busy. */
const UNKNOWN_FOR = 1e8

/** Which windows of misses travel together: see docs/decisions/0004, 0017, 0018 and 0021. */
export class FarGroups {
  /** Far misses so far, those of steps of few windows, and until when nobody knows what will be busy, ps. */
  asked = new Float64Array(3)

  constructor(private readonly access: FarAccess) {}

  /** A step begins that has misses, some of them far. */
  count(token: number, misses: number, far: number): void {
    if (this.asked[0] === 0) this.asked[2] = this.access.machine.queue.clock[0] + UNKNOWN_FOR
    this.asked[0] += far
    if (this.isShort(token, misses)) this.asked[1] += far
  }

  private isShort(token: number, misses: number): boolean {
    return misses <= FEW_WINDOWS * this.access.width(token)
  }

  /**
   * Whether the windows of a step go one by one: of few windows none has the mean wait, cores that meet at a busy place
   * may stay in step, others on the same wires hold up one window and not many, and those that meet pages, or what a
   * post-copy move has left behind, leave their core in between.
   */
  goesByWindow(token: number, instance: number): boolean {
    const { tokens, instances, oneByOne, queue } = this.access.machine
    if (oneByOne || instances.absent[instance] === 1) return true
    if (this.access.windows.own.isUsed(tokens.device[token], queue.clock[0], SOME_USE)) return true
    return instances.far[instance] === 1 && this.goesFarByWindow(token, instance)
  }

  private goesFarByWindow(token: number, instance: number): boolean {
    const { machine, windows } = this.access
    const { tokens, fabric, memory, queue } = machine
    const now = queue.clock[0]
    const mix = windows.mix(instance)
    if (now < this.asked[2] || mix.pageShare > 0 || mix.tight) return true
    if (this.asked[1] > FEW_SHARE * this.asked[0] || this.isShort(token, tokens.stepMisses[token])) return true
    const device = tokens.device[token]
    for (const far of mix.reached) {
      if (memory.isUsed(far, now, MUCH_USE)) return true
      if (fabric.isSharedOver(routeOf(machine, device, far), MUCH_USE)) return true
      if (fabric.isSharedOver(routeOf(machine, far, device), MUCH_USE)) return true
    }
    return false
  }

  /** How many windows are one group of a step on another device, all in the memory of that. */
  windowsAway(token: number): number {
    const { machine, windows } = this.access
    const device = machine.tokens.device[token]
    if (machine.oneByOne || windows.own.isUsed(device, machine.queue.clock[0], SOME_USE)) return 1
    return this.fitting(token, windows.nearPs(device, this.access.width(token)))
  }

  /** How many windows of a step are one group: where cores have a quantum, no more than fit into it on an idle rack. */
  mostWindows(token: number, instance: number): number {
    const { machine, windows } = this.access
    const { tokens, cores, local, instances } = machine
    const device = tokens.device[token]
    if (cores.quantumPs[device] === Infinity) return WINDOWS[machine.fidelity]
    const mix = instances.far[instance] === 1 ? windows.mix(instance) : null
    const far = mix === null ? 0 : windows.idle(device, mix.devices[0], this.access.width(token), false)
    return this.fitting(token, Math.max(local.devices[device]?.latencyPs ?? 0, far))
  }

  private fitting(token: number, stall: number): number {
    const { tokens, cores, fidelity } = this.access.machine
    const longest = WINDOWS[fidelity]
    const device = tokens.device[token]
    const quantum = cores.quantumPs[device]
    if (quantum === Infinity) return longest
    const width = this.access.width(token)
    const cycles = (tokens.stepInstructions[token] * cores.cpi[device] * width) / tokens.stepMisses[token]
    const most = Math.floor(quantum / ((cycles * 1000) / cores.frequency[device] + stall))
    return Math.max(1, Math.min(longest, most))
  }

  save(): Saved {
    return capture(this, ['asked'])
  }

  restore(saved: Saved): void {
    reinstate(this, ['asked'], saved)
  }
}
