import { capture, reinstate, type Saved } from '../engine/plain-state'
import type { FarAccess } from './far-access'
import type { Mix } from './far-mixes'
import { routeOf } from './machine'

/** Windows of misses that are one group, by fidelity. */
const WINDOWS = { line: 1, burst: 32, fluid: 256 } as const

/** Steps of at most so many windows go window by window. */
const FEW_WINDOWS = 16
/** All do where those have more than this part of the misses: they would wait for the trains of others. */
const FEW_SHARE = 1 / 8
/** Where more than this part of the steps are of few windows, those meet trains too often for these to be long. */
const FEW_STEPS = 1 / 64
/** So many windows are one group there if a place on their way was busy for more than this part of the time. */
const SHORT_GROUP = 2
const MUCH_USE = 1 / 8
/** All go window by window where own memory was busy for more than this part of the time: trains would hold up all other cores. */
const SOME_USE = 1 / 16
/** A core that takes more than this part of a place on its way by itself has its windows one by one. */
const MUCH_OF_ONE = 1 / 8

/** Which windows of misses travel together: see docs/decisions/0004, 0017, 0018 and 0019. */
export class FarGroups {
  /** So far: far misses, those of steps of few windows; steps with far misses, those of few windows. */
  asked = new Float64Array(4)

  constructor(private readonly access: FarAccess) {}

  /** A step begins that has misses, some of them far. */
  count(token: number, misses: number, far: number): void {
    const { asked } = this
    asked[0] += far
    asked[2] += 1
    if (!this.isShort(token, misses)) return
    asked[1] += far
    asked[3] += 1
  }

  private isShort(token: number, misses: number): boolean {
    return misses <= FEW_WINDOWS * this.access.width(token)
  }

  /**
   * Whether the windows of a step go one by one: of few windows none has the mean wait, pages leave the core in between,
   * and messages on the same wires hold up one window and not many.
   */
  goesByWindow(token: number, instance: number): boolean {
    const { machine, windows } = this.access
    const { tokens, fabric, instances, oneByOne, queue } = machine
    if (oneByOne || windows.own.isUsed(tokens.device[token], queue.clock[0], SOME_USE)) return true
    if (instances.far[instance] === 0) return false
    const mix = windows.mix(instance)
    if (mix.pageShare > 0 || mix.tight || this.asked[1] > FEW_SHARE * this.asked[0]) return true
    if (this.isShort(token, tokens.stepMisses[token])) return true
    if (this.takesMuch(token, instance, mix) && this.isUsed(token, instance)) return true
    const device = tokens.device[token]
    for (const far of mix.devices) {
      if (fabric.isSharedOver(routeOf(machine, device, far))) return true
      if (fabric.isSharedOver(routeOf(machine, far, device))) return true
    }
    return false
  }

  /** Whether one core alone takes so much of a place on the way that windows of several share it, rather than queue for it. */
  private takesMuch(token: number, instance: number, mix: Mix): boolean {
    const { machine, windows } = this.access
    const { tokens, cores, instances } = machine
    if (tokens.stepInstructions[token] === 0) return false
    const device = tokens.device[token]
    const width = this.access.width(token)
    const share = instances.remoteShare[instance]
    const { mean } = windows.table(instance, device, width, share, false)
    const cycles = (tokens.stepInstructions[token] * cores.cpi[device] * width) / tokens.stepMisses[token]
    const work = width * share * mix.slowGap
    return work > MUCH_OF_ONE * (mean + (cycles * 1000) / cores.frequency[device])
  }

  /** How many windows of a step are one group: where cores have a quantum, no more than fit into it on an idle rack. */
  mostWindows(token: number, instance: number, meetsShort: boolean): number {
    const { machine, windows } = this.access
    const { tokens, cores, local, instances } = machine
    const longest = meetsShort ? SHORT_GROUP : WINDOWS[machine.fidelity]
    const mix = instances.far[instance] === 1 ? windows.mix(instance) : null
    const device = tokens.device[token]
    const quantum = cores.quantumPs[device]
    if (quantum === Infinity) return longest
    const width = this.access.width(token)
    const cycles = (tokens.stepInstructions[token] * cores.cpi[device] * width) / tokens.stepMisses[token]
    const far = mix === null ? 0 : windows.idle(device, mix.devices[0], width, false)
    const stall = Math.max(local.devices[device]?.latencyPs ?? 0, far)
    const most = Math.floor(quantum / ((cycles * 1000) / cores.frequency[device] + stall))
    return Math.max(1, Math.min(longest, most))
  }

  /** Whether steps of few windows are met on used ways: two windows are a group then, and go as in `burst`. */
  meetsShort(token: number, instance: number): boolean {
    const { fidelity } = this.access.machine
    return fidelity !== 'line' && this.asked[3] > FEW_STEPS * this.asked[2] && this.isUsed(token, instance)
  }

  /** Whether remote memory keeps a place on the ways of an instance busy. */
  private isUsed(token: number, instance: number): boolean {
    const { machine, windows } = this.access
    const { tokens, fabric, instances, memory, queue } = machine
    if (instances.far[instance] === 0) return false
    const device = tokens.device[token]
    for (const far of windows.mix(instance).devices) {
      if (memory.isUsed(far, queue.clock[0], MUCH_USE)) return true
      if (fabric.isReadOver(routeOf(machine, far, device), MUCH_USE)) return true
      if (fabric.isReadOver(routeOf(machine, device, far), MUCH_USE)) return true
    }
    return false
  }

  save(): Saved {
    return capture(this, ['asked'])
  }

  restore(saved: Saved): void {
    reinstate(this, ['asked'], saved)
  }
}
