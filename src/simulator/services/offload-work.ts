import * as EventKind from '../engine/event-kind'
import * as SegmentKind from '../hardware/segment-kind'
import { roundHalfUp } from '../../units/time'
import type { CoreWork } from './core-work'
import type { FarMemory } from './far-memory'
import type { Machine } from './machine'
import { OwnMemory } from './own-memory'
import * as Phase from './phase'
import { enter } from './phases'
import type { ComputeCode } from './program'

/**
 * What an offloaded step does on a core of another device: its cycles, and misses that all go to the memory of that
 * device, window by window. Each method says whether there is more to wait for.
 */
export class OffloadWork {
  private readonly own: OwnMemory

  constructor(
    private readonly machine: Machine,
    private readonly far: FarMemory,
  ) {
    this.own = new OwnMemory(machine)
  }

  /** @param amount work of the step, in its own unit */
  begin(token: number, code: ComputeCode, amount: number, cores: CoreWork): boolean {
    const { tokens } = this.machine
    tokens.group[token] = 0
    tokens.missesLeft[token] = 0
    if (code.timed) tokens.time[token] = roundHalfUp((amount * 1000) / this.machine.cores.speed[tokens.device[token]])
    else if (this.far.beginAway(token, code, amount)) return this.goOn(token, cores)
    else this.gather(token, amount)
    return cores.flush(token)
  }

  /** The gathered cycles are done. */
  worked(token: number, cores: CoreWork): boolean {
    if (this.machine.tokens.group[token] === 0) return this.goOn(token, cores)
    this.stall(token)
    return true
  }

  /** The misses are there. Where the device is down by now, the step queues for a core, and goes on when it is up again. */
  stalled(token: number, cores: CoreWork): boolean {
    const { tokens } = this.machine
    tokens.missesLeft[token] -= tokens.group[token]
    tokens.group[token] = 0
    if (this.machine.cores.room[tokens.device[token]] > 0) return this.goOn(token, cores)
    cores.release(token)
    tokens.time[token] = 1
    return cores.flush(token)
  }

  /** Runs the cycles up to the next misses. */
  private goOn(token: number, cores: CoreWork): boolean {
    const { tokens } = this.machine
    if (tokens.missesLeft[token] <= 0) return false
    const misses = this.far.nextAway(token)
    tokens.group[token] = misses
    this.gather(token, (tokens.stepInstructions[token] * misses) / tokens.stepMisses[token])
    if (!cores.hold(token)) this.stall(token)
    return true
  }

  private gather(token: number, instructions: number): void {
    const { tokens, executions, cores, stack } = this.machine
    const cycles = instructions * cores.cpi[tokens.device[token]]
    tokens.cycles[token] += cycles
    stack.computed(executions.instance[tokens.execution[token]], instructions, cycles)
  }

  /** The core waits for the misses. */
  private stall(token: number): void {
    const { tokens, executions, queue, devices } = this.machine
    const device = tokens.device[token]
    const now = queue.clock[0]
    const width = Math.max(1, devices.parallelism[device])
    const instance = executions.instance[tokens.execution[token]]
    const ps = this.own.stallPs(device, tokens.group[token], width, now, instance)
    enter(this.machine, token, Phase.memory, SegmentKind.memoryStall, device, tokens.core[token])
    queue.schedule(now + ps, EventKind.stallDone, token, 0, 0)
  }
}
