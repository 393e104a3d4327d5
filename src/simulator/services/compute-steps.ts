import * as Stage from './stage'
import { roundHalfUp } from '../../units/time'
import type { CoreWork } from './core-work'
import type { FarMemory } from './far-memory'
import type { Machine } from './machine'
import type { Offloads } from './offloads'
import type { ComputeCode } from './program'
import { advance, endHere, sampleFor } from './step-ends'

/** Compute steps: on the core at hand, with misses of memory that is far, or on another device. */
export class ComputeSteps {
  constructor(
    private readonly machine: Machine,
    private readonly cores: CoreWork,
    private readonly far: FarMemory,
    private readonly offloads: Offloads,
  ) {}

  /** What a token at a compute step does next; says whether it may go on at once. */
  step(token: number, arg: number): boolean {
    const { tokens, program } = this.machine
    const code = program.computes[arg]
    switch (tokens.stage[token]) {
      case Stage.group:
        this.far.nextGroup(token)
        return !this.cores.flush(token)
      case Stage.issue:
        if (this.far.meetsAbsent(token, code)) return !this.cores.flush(token)
        return this.issue(token, code)
      case Stage.fetch:
        this.cores.release(token)
        this.far.fetchAbsent(token)
        return false
      case Stage.fetching:
        tokens.stage[token] = Stage.present
        return !this.cores.hold(token)
      case Stage.present:
        return this.issue(token, code)
      case Stage.fault:
        this.cores.release(token)
        this.far.readPages(token, code)
        return false
      case Stage.stalledFirst:
        this.far.linesRead(token)
        return !this.cores.flush(token)
      case Stage.stalled:
        return this.far.groupDone(token) || endHere(this.machine, this.cores, token)
      case Stage.paid:
        this.cores.release(token)
        return this.offloads.leaveByMap(token, code) ? false : this.computeHere(token, arg, code)
      case Stage.decides:
        return this.decide(token, arg, code)
      case Stage.doneHere:
        this.offloads.decider.end(token)
        return advance(this.machine, token)
      case Stage.again:
        tokens.stage[token] = Stage.fresh
        return this.computeHere(token, arg, code)
      case Stage.back:
        return advance(this.machine, token)
      default:
        return this.beginCompute(token, arg)
    }
  }

  private issue(token: number, code: ComputeCode): boolean {
    this.far.issue(token, code)
    return this.machine.tokens.stage[token] === Stage.fault && !this.cores.flush(token)
  }

  /** The place of a compute step is chosen: it leaves, or begins here. */
  private decide(token: number, arg: number, code: ComputeCode): boolean {
    const to = this.offloads.places.compute(token, code, this.draw(token, arg))
    if (to === this.machine.tokens.device[token]) return this.computeHere(token, arg, code)
    this.cores.release(token)
    this.offloads.leave(token, code, to)
    return false
  }

  private beginCompute(token: number, arg: number): boolean {
    const { tokens, program } = this.machine
    const code = program.computes[arg]
    if (code.offloadTo >= 0 || code.chooses >= 0) {
      tokens.stage[token] = code.chooses >= 0 ? Stage.decides : Stage.paid
      return !this.cores.flush(token)
    }
    return this.computeHere(token, arg, code)
  }

  private computeHere(token: number, arg: number, code: ComputeCode): boolean {
    const { tokens, cores, executions } = this.machine
    if (code.access !== 'none') {
      if (code.farBytes === 0) return advance(this.machine, token)
      this.far.beginAccess(token, code.farBytes)
      return !this.cores.hold(token)
    }
    const device = tokens.device[token]
    const work = this.draw(token, arg)
    if (code.timed) {
      const ps = roundHalfUp((work * 1000) / cores.speed[device])
      // What may take time waits for its core, also where next to none is drawn.
      tokens.time[token] += ps === 0 && code.sampler.mean > 0 ? 1 : ps
      return endHere(this.machine, this.cores, token)
    }
    const cycles = work * cores.cpi[device]
    if (code.misses > 0 && this.far.begin(token, code, work)) return true
    this.machine.stack.computed(executions.instance[tokens.execution[token]], work, cycles)
    tokens.cycles[token] += cycles
    return endHere(this.machine, this.cores, token)
  }

  /** The work of a compute step, in its own unit. */
  draw(token: number, arg: number): number {
    return sampleFor(this.machine, token, this.machine.program.computes[arg])
  }
}
