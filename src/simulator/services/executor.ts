import * as Origin from './origin'
import * as Failure from './failure'
import * as Purpose from './purpose'
import * as Op from './op'
import * as EventKind from '../engine/event-kind'
import * as Phase from './phase'
import * as Stage from './stage'
import * as SegmentKind from '../hardware/segment-kind'
import { roundHalfUp } from '../../units/time'
import { mix32 } from '../engine/random'
import { Admission } from './admission'
import { Calls, type Answered } from './calls'
import { CoreWork } from './core-work'
import { FarMemory } from './far-memory'
import { Kernels } from './kernels'
import { Losses } from './losses'
import { LoadBalancer } from './load-balancer'
import type { Machine } from './machine'
import type { OffloadChooser, OffloadListener } from './offload-choice'
import { Offloads } from './offloads'
import { HIDDEN, enter, inherit, settle } from './phases'
import type { LoadBalancingChoice } from './policy-types'
import type { ComputeCode, Draw, KernelCode } from './program'
import * as Wait from './wait'
import { inheritWaits, noteWait, waitsSince } from './waits'

/** Moves tokens through the program, until each waits for something. */
export class Executor {
  readonly cores: CoreWork
  readonly far: FarMemory
  readonly calls: Calls
  readonly offloads: Offloads
  readonly kernels: Kernels
  readonly losses: Losses
  private readonly admission: Admission
  /** Executions that have got a worker and are to begin; whether somebody is about to begin them. */
  private readonly next: number[] = []
  private isBeginning = false

  constructor(
    private readonly machine: Machine,
    balancing: LoadBalancingChoice,
    answered: Answered,
    chooser: OffloadChooser | null,
    listener: OffloadListener,
  ) {
    this.cores = new CoreWork(machine)
    this.far = new FarMemory(machine, (token) => this.wake(token))
    this.losses = new Losses(machine, this.cores, this.far)
    this.admission = new Admission(machine)
    this.calls = new Calls(
      machine,
      this.cores,
      new LoadBalancer(machine, balancing),
      (token) => this.wake(token),
      answered,
      (token) => this.callReturned(token),
    )
    this.offloads = new Offloads(machine, this.calls, this.far, chooser, listener)
    this.kernels = new Kernels(machine, this.calls, (token) => this.wake(token), this.offloads)
  }

  /** A token's wait is over: it goes on, unless its instance is stopped for a migration. */
  wake(token: number): void {
    const { tokens, executions, instances } = this.machine
    const execution = tokens.execution[token]
    if (executions.origin[execution] === Origin.ghost) {
      this.losses.end(token)
      return
    }
    const instance = executions.instance[execution]
    if (instances.stopped[instance] && tokens.stage[token] !== Stage.away) {
      this.freeze(token, instance)
      return
    }
    if (tokens.core[token] < 0 && tokens.stage[token] !== Stage.away) tokens.device[token] = instances.device[instance]!
    this.run(token)
  }

  /** Holds a token back until its instance goes on. */
  freeze(token: number, instance: number): void {
    const { tokens, instances, executions } = this.machine
    this.cores.release(token)
    if (tokens.stage[token] === Stage.arriving) executions.excused[tokens.execution[token]] = 1
    tokens.next[token] = -1
    if (instances.frozenHead[instance] < 0) instances.frozenHead[instance] = token
    else tokens.next[instances.frozenTail[instance]] = token
    instances.frozenTail[instance] = token
    enter(this.machine, token, Phase.wait, SegmentKind.frozen, instances.device[instance], instance)
  }

  /** The instance goes on: all that was held back goes on in order of its coming. */
  thaw(instance: number): void {
    const { tokens, instances } = this.machine
    let token = instances.frozenHead[instance]
    instances.frozenHead[instance] = -1
    instances.frozenTail[instance] = -1
    while (token >= 0) {
      const following = tokens.next[token]
      tokens.device[token] = instances.device[instance]!
      noteWait(this.machine, token, Wait.downtime, this.machine.queue.clock[0] - waitsSince(this.machine, token))
      if (tokens.flushing[token]) this.cores.ask(token)
      else this.run(token)
      token = following
    }
  }

  /** Event `coreDone`. */
  coreDone(token: number, generation: number): void {
    if (!this.cores.finished(token, generation)) return
    if (this.machine.tokens.via[token] > 0) {
      this.cores.release(token)
      this.calls.rpc.goOn(token)
    } else if (this.machine.tokens.stage[token] === Stage.away) this.offloads.done(token, this.cores)
    else this.run(token)
  }

  /** Event `sliceDone`. */
  sliceDone(token: number, generation: number): void {
    this.cores.sliceDone(token, generation)
  }

  /** Event `engineDone`. */
  engineDone(token: number): void {
    if (this.machine.tokens.via[token] > 0) this.calls.rpc.goOn(token)
    else this.offloads.done(token, this.cores)
  }

  private run(token: number): void {
    const { tokens, program } = this.machine
    while (this.step(token, program.code[tokens.pc[token]], program.arg[tokens.pc[token]]));
  }

  /** Does what a token does next; says whether it may go on at once. */
  private step(token: number, op: number, arg: number): boolean {
    if (this.machine.tokens.stage[token] === Stage.arriving) return this.begin(token)
    switch (op) {
      case Op.compute:
        return this.compute(token, arg)
      case Op.call:
      case Op.send:
        return this.call(token, arg, op === Op.call)
      case Op.fork:
        return this.fork(token, arg)
      case Op.join:
        return this.join(token)
      case Op.choose:
        return this.choose(token, arg)
      case Op.jump:
        this.machine.tokens.pc[token] = arg
        return true
      case Op.delay:
        return this.delay(token, arg)
      case Op.kernel:
        return this.kernel(token, arg)
      default:
        return this.end(token)
    }
  }

  /** A new execution at its instance's door. */
  private begin(token: number): boolean {
    const { machine } = this
    const { tokens, executions } = machine
    const execution = tokens.execution[token]
    if (executions.admitted[execution] === 0) {
      const admitted = this.admission.admit(execution)
      if (admitted === 'full') this.turnAway(execution, Failure.full)
      if (admitted === 'shed') this.turnAway(execution, Failure.shed)
      if (admitted !== 'in') return false
    }
    tokens.stage[token] = Stage.fresh
    enter(machine, token, Phase.wait, HIDDEN, -1, -1)
    if (executions.origin[execution] !== Origin.direct) this.charge(token, executions.requestBytes[execution])
    return true
  }

  private turnAway(execution: number, why: number): void {
    const { executions, instances } = this.machine
    const instance = executions.instance[execution]
    executions.failed[execution] = why
    this.unassign(instance)
    this.calls.respond(execution, instances.device[instance])
  }

  /** One request less; where somebody wants to know of the last, an event says so. */
  private unassign(instance: number): void {
    const { instances, queue } = this.machine
    instances.assign(instance, -1)
    if (instances.alert[instance] > 0 && instances.assigned[instance] === 0)
      queue.schedule(queue.clock[0], EventKind.idle, instance, instances.epoch[instance], 0)
  }

  /** RPC work for one message. */
  private charge(token: number, bytes: number): void {
    const { tokens, gpus } = this.machine
    const device = tokens.device[token]
    if (gpus.devices[device] === null) tokens.cycles[token] += this.calls.rpc.hostCycles(device, bytes)
  }

  private advance(token: number): true {
    const { tokens } = this.machine
    tokens.stage[token] = Stage.fresh
    tokens.pc[token] += 1
    return true
  }

  private compute(token: number, arg: number): boolean {
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
      case Stage.stalled:
        return this.far.groupDone(token) || this.endHere(token)
      case Stage.paid:
        this.cores.release(token)
        this.offloads.leave(token, code, -1)
        return false
      case Stage.decides:
        return this.decide(token, arg, code)
      case Stage.doneHere:
        this.offloads.decider.end(token)
        return this.advance(token)
      case Stage.back:
        return this.advance(token)
      default:
        return this.beginCompute(token, arg)
    }
  }

  private issue(token: number, code: ComputeCode): boolean {
    this.far.issue(token, code)
    return this.stageOf(token) === Stage.fault && !this.cores.flush(token)
  }

  private stageOf(token: number): number {
    return this.machine.tokens.stage[token]
  }

  /** The place of a compute step is chosen: it leaves, or begins here. */
  private decide(token: number, arg: number, code: ComputeCode): boolean {
    const to = this.offloads.places.compute(token, code, this.draw(token, arg))
    if (to === this.machine.tokens.device[token]) return this.computeHere(token, arg, code)
    this.cores.release(token)
    this.offloads.leave(token, code, to)
    return false
  }

  /** What is gathered of a step that was decided on is done at once, so that its end is known. */
  private endHere(token: number): boolean {
    const { tokens } = this.machine
    if (tokens.choice[token] < 0) return this.advance(token)
    tokens.stage[token] = Stage.doneHere
    return !this.cores.flush(token)
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
      if (code.farBytes === 0) return this.advance(token)
      this.far.beginAccess(token, code.farBytes)
      return !this.cores.hold(token)
    }
    const device = tokens.device[token]
    const work = this.draw(token, arg)
    if (code.timed) {
      tokens.time[token] += roundHalfUp((work * 1000) / cores.speed[device])
      return this.endHere(token)
    }
    const cycles = work * cores.cpi[device]
    if (code.misses > 0 && this.far.begin(token, code, work)) return true
    this.machine.stack.computed(executions.instance[tokens.execution[token]], work, cycles)
    tokens.cycles[token] += cycles
    return this.endHere(token)
  }

  /** The work of a compute step, in its own unit. */
  draw(token: number, arg: number): number {
    return this.sample(token, this.machine.program.computes[arg])
  }

  private readonly drawWork = (token: number, arg: number): number => this.draw(token, arg)

  private sample(token: number, code: Draw): number {
    const { tokens, executions, streams, measures } = this.machine
    const execution = tokens.execution[token]
    return code.sampler.sample(
      streams,
      code.key,
      executions.request[execution],
      measures.sourceHash[executions.source[execution]],
      mix32(executions.lineage[execution], code.path),
    )
  }

  /** On a core: once the token holds it. On a GPU: once the work before it is done. */
  private kernel(token: number, arg: number): boolean {
    const { tokens, program } = this.machine
    const code = program.kernels[arg]
    switch (tokens.stage[token]) {
      case Stage.fresh: {
        if (code.chooses >= 0) {
          tokens.stage[token] = Stage.decides
          return !this.cores.flush(token)
        }
        const onCore = this.kernels.isOnCore(token, code)
        tokens.stage[token] = onCore ? Stage.issue : Stage.paid
        return onCore ? !this.cores.hold(token) : !this.cores.flush(token)
      }
      case Stage.issue:
        this.kernels.gatherOnCore(token, code, this.runs(token, code.runs))
        return this.endHere(token)
      case Stage.paid:
        this.cores.release(token)
        this.kernels.leave(token, arg, this.runs(token, code.runs), -1)
        return false
      case Stage.decides:
        return this.decideKernel(token, arg, code)
      case Stage.doneHere:
        this.offloads.decider.end(token)
        return this.advance(token)
      default:
        return this.advance(token)
    }
  }

  private decideKernel(token: number, arg: number, code: KernelCode): boolean {
    const { tokens } = this.machine
    const onCore = this.kernels.isOnCore(token, code)
    const runs = this.runs(token, code.runs)
    const to = this.offloads.places.kernel(token, code, onCore, runs)
    if (onCore && to === tokens.device[token]) {
      tokens.stage[token] = Stage.issue
      return !this.cores.hold(token)
    }
    this.cores.release(token)
    this.kernels.leave(token, arg, runs, to)
    return false
  }

  /** How often a kernel runs: to the nearest whole, at least once. */
  private runs(token: number, draw: Draw | null): number {
    return draw === null ? 1 : Math.max(1, roundHalfUp(this.sample(token, draw)))
  }

  private call(token: number, arg: number, waits: boolean): boolean {
    const { tokens, program } = this.machine
    const code = program.calls[arg]
    if (tokens.stage[token] === Stage.fresh) {
      this.charge(token, code.requestBytes)
      tokens.stage[token] = Stage.paid
      if (this.cores.flush(token)) return false
    }
    if (waits) this.cores.release(token)
    this.calls.issue(token, code, waits)
    return waits ? false : this.advance(token)
  }

  /** A response is at the device of its caller. */
  callReturned(answered: number): void {
    const { tokens, executions, program } = this.machine
    const execution = tokens.execution[answered]
    if (executions.tries[execution] >= 0 && !this.calls.attempts.answered(execution)) return
    const token = executions.caller[execution]
    settle(this.machine, answered)
    inherit(this.machine, token, answered)
    const failed = executions.failed[execution]
    this.calls.complete(execution)
    enter(this.machine, token, Phase.wait, HIDDEN, -1, -1)
    this.charge(token, failed > 0 ? 0 : program.calls[program.arg[tokens.pc[token]]].responseBytes)
    if (failed > 0) this.fail(token, failed)
    else this.advance(token)
    this.wake(token)
  }

  /** The token's execution has failed: it goes to its end, or to its branch's. */
  private fail(token: number, why: number): void {
    const { tokens, executions } = this.machine
    executions.failed[tokens.execution[token]] = why
    tokens.pc[token] = tokens.exit[token]!
    tokens.stage[token] = Stage.fresh
  }

  private fork(token: number, arg: number): boolean {
    const { tokens, program, queue } = this.machine
    if (this.cores.flush(token)) return false
    this.cores.release(token)
    const { branches, joins, after } = program.forks[arg]
    tokens.pc[token] = after
    if (branches.length === 0) return true
    tokens.pending[token] = branches.length
    enter(this.machine, token, Phase.elsewhere, HIDDEN, -1, -1)
    for (let i = 0; i < branches.length; i += 1) {
      const branch = tokens.open(tokens.execution[token], branches[i], joins[i], queue.clock[0])
      tokens.parent[branch] = token
      tokens.device[branch] = tokens.device[token]!
      enter(this.machine, branch, Phase.wait, HIDDEN, -1, -1)
      this.run(branch)
    }
    return false
  }

  private join(token: number): boolean {
    const { tokens, executions } = this.machine
    if (this.cores.flush(token)) return false
    this.cores.release(token)
    const parent = tokens.parent[token]
    settle(this.machine, token)
    tokens.pending[parent] -= 1
    const last = tokens.pending[parent] === 0
    if (last) {
      inherit(this.machine, parent, token)
      inheritWaits(this.machine, parent, token)
    }
    tokens.close(token)
    if (!last) return false
    enter(this.machine, parent, Phase.wait, HIDDEN, -1, -1)
    const failed = executions.failed[tokens.execution[parent]]
    if (failed > 0) this.fail(parent, failed)
    this.wake(parent)
    return false
  }

  private choose(token: number, arg: number): boolean {
    const { tokens, program, executions, streams, measures } = this.machine
    const code = program.chooses[arg]
    const execution = tokens.execution[token]
    const uniform = streams.uniform(
      code.key,
      executions.request[execution],
      measures.sourceHash[executions.source[execution]],
      mix32(executions.lineage[execution], code.path),
      0,
    )
    let option = 0
    while (option < code.cumulative.length - 1 && uniform >= code.cumulative[option]) option += 1
    tokens.pc[token] = code.targets[option]!
    return true
  }

  private delay(token: number, arg: number): boolean {
    const { tokens, program, queue } = this.machine
    if (tokens.stage[token] === Stage.paid) return this.advance(token)
    if (this.cores.flush(token)) return false
    this.cores.release(token)
    tokens.stage[token] = Stage.paid
    const ps = roundHalfUp(this.sample(token, program.delays[arg]) * 1000)
    noteWait(this.machine, token, Wait.outside, ps)
    enter(this.machine, token, Phase.wait, SegmentKind.delay, tokens.device[token], -1)
    queue.schedule(queue.clock[0] + ps, EventKind.delayDone, token, 0, 0)
    return false
  }

  private end(token: number): boolean {
    const { tokens, executions } = this.machine
    const execution = tokens.execution[token]
    const origin = executions.origin[execution]
    if (tokens.stage[token] === Stage.fresh) {
      const replies = origin === Origin.nic || origin === Origin.call
      if (replies) this.charge(token, executions.failed[execution] ? 0 : executions.responseBytes[execution])
      tokens.stage[token] = Stage.paid
      if (this.cores.flush(token)) return false
    }
    this.cores.release(token)
    const instance = executions.instance[execution]
    this.unassign(instance)
    const next = this.admission.leave(execution)
    this.calls.respond(execution, tokens.device[token])
    if (next >= 0) this.beginNext(executions.token[next])
    return false
  }

  /** One may end at once and let in the one behind it: they begin in a loop, as a long queue would overflow the stack. */
  private beginNext(token: number): void {
    this.next.push(token)
    if (this.isBeginning) return
    this.isBeginning = true
    for (let first = this.next.shift(); first !== undefined; first = this.next.shift()) this.wake(first)
    this.isBeginning = false
  }

  /** A message for a token is at a device. */
  delivered(purpose: number, token: number, at: number): void {
    const { tokens, executions, instances } = this.machine
    const execution = tokens.execution[token]
    switch (purpose) {
      case Purpose.request:
      case Purpose.offloadBack:
      case Purpose.kernelBack: {
        const instance = executions.instance[execution]
        if (this.follow(token, instance, at, purpose, executions.requestBytes[execution])) return
        if (purpose === Purpose.offloadBack) this.offloads.home(token)
        if (purpose === Purpose.kernelBack) this.kernels.home(token)
        tokens.device[token] = instances.device[instance]!
        this.wake(token)
        return
      }
      case Purpose.response: {
        if (executions.origin[execution] === Origin.orphan) {
          this.calls.complete(execution)
          return
        }
        const caller = tokens.execution[executions.caller[execution]]
        if (this.follow(token, executions.instance[caller], at, purpose, executions.responseBytes[execution])) return
        this.callReturned(token)
        return
      }
      case Purpose.leave:
        this.calls.leave(token)
        return
      case Purpose.rpc:
        this.calls.rpc.goOn(token)
        return
      case Purpose.kernelIn:
        this.kernels.arrive(token)
        return
      case Purpose.offloadOut:
        this.offloads.arrive(token, this.cores, this.drawWork)
        return
      default:
        throw new RangeError(`no such purpose: ${purpose}`)
    }
  }

  /** A message for an instance that has moved away meanwhile goes after it. */
  private follow(token: number, instance: number, at: number, purpose: number, bytes: number): boolean {
    const { instances, executions, tokens } = this.machine
    const home = instances.device[instance]
    if (home === at || instances.stopped[instance]) return false
    const to = purpose === Purpose.response ? executions.caller[tokens.execution[token]] : token
    if (this.losses.isGhost(to)) return false
    this.calls.transfer(at, home, bytes, purpose, token)
    return true
  }
}
