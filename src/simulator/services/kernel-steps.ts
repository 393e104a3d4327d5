import * as Failure from './failure'
import * as Stage from './stage'
import { roundHalfUp } from '../../units/time'
import type { CoreWork } from './core-work'
import type { Kernels } from './kernels'
import type { Machine } from './machine'
import type { Offloads } from './offloads'
import type { KernelCode } from './kernel-code'
import { OwnMemory } from './own-memory'
import type { Draw } from './draw'
import { advance, endHere, failToken, sampleFor } from './step-ends'

/** Kernel steps: on a core, or on a GPU. */
export class KernelSteps {
  private readonly own: OwnMemory

  constructor(
    private readonly machine: Machine,
    private readonly cores: CoreWork,
    private readonly offloads: Offloads,
    private readonly kernels: Kernels,
  ) {
    this.own = new OwnMemory(machine)
  }

  /** On a core: once the token holds it. On a GPU: once the work before it is done. Says whether it may go on at once. */
  step(token: number, arg: number): boolean {
    const { tokens, program } = this.machine
    const code = program.kernels[arg]
    switch (tokens.stage[token]) {
      case Stage.fresh: {
        if (code.chooses >= 0) {
          tokens.stage[token] = Stage.decides
          return !this.cores.flush(token)
        }
        const onCore = this.isOnCore(token, code)
        tokens.stage[token] = onCore ? Stage.issue : Stage.paid
        return onCore ? !this.cores.hold(token) : !this.cores.flush(token)
      }
      case Stage.issue:
        this.gatherOnCore(token, code, this.runs(token, code.runs))
        return endHere(this.machine, this.cores, token)
      case Stage.paid:
        this.cores.release(token)
        return this.leave(token, arg, this.runs(token, code.runs), -1)
      case Stage.recalled:
        this.kernels.rejoin(token, arg)
        return false
      case Stage.decides:
        return this.decideKernel(token, arg, code)
      case Stage.again:
        return this.again(token, arg, code)
      case Stage.doneHere:
        this.offloads.decider.end(token)
        return advance(this.machine, token)
      default:
        return advance(this.machine, token)
    }
  }

  /** Whether the step runs on a core: it may, nothing maps it elsewhere, and its instance is not on a GPU. */
  private isOnCore(token: number, code: KernelCode): boolean {
    const { gpus, tokens } = this.machine
    return code.onCore && gpus.devices[tokens.device[token]] === null
  }

  /** The work of a kernel on the core that its token holds: as long as its operations or its bytes take, whatever is more. */
  private gatherOnCore(token: number, code: KernelCode, runs: number): void {
    const { tokens, cores, devices, queue } = this.machine
    const device = tokens.device[token]
    const cycles = (runs * code.flops) / devices.flopsPerCycle[device]
    const lines = (runs * code.bytes) / 64
    const busPs =
      lines === 0 ? 0 : this.own.take(device, lines, queue.clock[0]) + roundHalfUp(lines * this.own.linePs(device))
    if (cycles * 1000 >= busPs * cores.frequency[device]) tokens.cycles[token] += cycles
    else tokens.time[token] += busPs
  }

  private decideKernel(token: number, arg: number, code: KernelCode): boolean {
    const { tokens } = this.machine
    const onCore = this.isOnCore(token, code)
    const runs = this.runs(token, code.runs)
    const to = this.offloads.places.kernel(token, code, onCore, runs)
    if (onCore && to === tokens.device[token]) return this.onCore(token)
    this.cores.release(token)
    return this.leave(token, arg, runs, to)
  }

  /** It leaves for a GPU; where none is up it runs on a core if it may, or fails. */
  private leave(token: number, arg: number, runs: number, to: number): boolean {
    const code = this.machine.program.kernels[arg]
    if (this.kernels.leave(token, arg, runs, to)) return false
    if (this.mayBeOnCore(token, code)) return this.onCore(token)
    failToken(this.machine, token, Failure.lost)
    return true
  }

  /** Its GPU has failed: on a core, if it may; else on another GPU. */
  private again(token: number, arg: number, code: KernelCode): boolean {
    if (this.mayBeOnCore(token, code)) return this.onCore(token)
    return this.leave(token, arg, this.runs(token, code.runs), -1)
  }

  private mayBeOnCore(token: number, code: KernelCode): boolean {
    return code.mayBeOnCore && this.machine.gpus.devices[this.machine.tokens.device[token]] === null
  }

  private onCore(token: number): boolean {
    this.machine.tokens.stage[token] = Stage.issue
    return !this.cores.hold(token)
  }

  /** How often a kernel runs: to the nearest whole, at least once. */
  private runs(token: number, draw: Draw | null): number {
    return draw === null ? 1 : Math.max(1, roundHalfUp(sampleFor(this.machine, token, draw)))
  }
}
