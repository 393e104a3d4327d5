import * as Origin from './origin'
import * as Failure from './failure'
import * as Op from './op'
import * as EventKind from '../engine/event-kind'
import * as Phase from './phase'
import * as Stage from './stage'
import * as SegmentKind from '../hardware/segment-kind'
import { roundHalfUp } from '../../units/time'
import { Admission } from './admission'
import { BranchSteps } from './branch-steps'
import { Calls, type Answered } from './calls'
import { ComputeSteps } from './compute-steps'
import { CoreWork } from './core-work'
import { Deliveries } from './deliveries'
import { FarMemory } from './far-memory'
import { KernelSteps } from './kernel-steps'
import { Kernels } from './kernels'
import { Losses } from './losses'
import { LoadBalancer } from './load-balancer'
import type { Machine } from './machine'
import type { OffloadListener } from './offload-choice'
import type { OffloadChooser } from '../policies/offload/offload-policy'
import { Offloads } from './offloads'
import { HIDDEN, enter, inherit, settle } from './phases'
import type { LoadBalancingPolicy } from '../policies/load-balancing/load-balancing-policy'
import { advance, failToken, sampleFor } from './step-ends'
import * as Wait from './wait'
import { noteWait, waitsSince } from './waits'

/** Moves tokens through the program, until each waits for something. */
export class Executor {
  readonly cores: CoreWork
  readonly far: FarMemory
  readonly calls: Calls
  readonly offloads: Offloads
  readonly kernels: Kernels
  readonly losses: Losses
  readonly deliveries: Deliveries
  readonly computes: ComputeSteps
  private readonly kernelSteps: KernelSteps
  private readonly branches: BranchSteps
  private readonly admission: Admission
  /** Executions that have got a worker and are to begin; whether somebody is about to begin them. */
  private readonly next: number[] = []
  private isBeginning = false

  constructor(
    private readonly machine: Machine,
    balancing: Pick<LoadBalancingPolicy, 'choose'>,
    answered: Answered,
    chooser: OffloadChooser | null,
    listener: OffloadListener,
  ) {
    const wake = (token: number): void => this.wake(token)
    const callReturned = (token: number): void => this.callReturned(token)
    const balancer = new LoadBalancer(machine, balancing)
    this.cores = new CoreWork(machine)
    this.far = new FarMemory(machine, wake)
    this.losses = new Losses(machine, this.cores, this.far)
    this.admission = new Admission(machine)
    this.calls = new Calls(machine, this.cores, balancer, wake, answered, callReturned)
    this.offloads = new Offloads(machine, this.calls, this.far, wake, chooser, listener)
    this.kernels = new Kernels(machine, this.calls, wake, this.offloads)
    this.computes = new ComputeSteps(machine, this.cores, this.far, this.offloads)
    this.kernelSteps = new KernelSteps(machine, this.cores, this.offloads, this.kernels)
    this.branches = new BranchSteps(machine, this.cores, (token) => this.run(token), wake)
    this.deliveries = new Deliveries(machine, this, callReturned)
  }

  /** A token's wait is over: it goes on, unless its instance is stopped for a migration. */
  wake(token: number): void {
    const { tokens, executions, instances } = this.machine
    const execution = tokens.execution[token]
    if (tokens.stage[token] === Stage.away && tokens.core[token] >= 0) {
      this.offloads.stalled(token, this.cores)
      return
    }
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
    if (this.machine.gpus.devices[instances.device[instance]] !== null)
      this.kernels.dispatch(instances.device[instance])
  }

  /** Event `coreDone`. */
  coreDone(token: number, generation: number): void {
    if (!this.cores.finished(token, generation)) return
    if (this.machine.tokens.via[token] > 0) {
      this.cores.release(token)
      this.calls.rpc.goOn(token)
    } else if (this.machine.tokens.stage[token] === Stage.away) this.offloads.worked(token, this.cores)
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
        return this.computes.step(token, arg)
      case Op.call:
      case Op.send:
        return this.call(token, arg, op === Op.call)
      case Op.fork:
        return this.branches.fork(token, arg)
      case Op.join:
        return this.branches.join(token)
      case Op.choose:
        return this.branches.choose(token, arg)
      case Op.jump:
        this.machine.tokens.pc[token] = arg
        return true
      case Op.delay:
        return this.delay(token, arg)
      case Op.kernel:
        return this.kernelSteps.step(token, arg)
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
    return waits ? false : advance(this.machine, token)
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
    if (failed > 0) failToken(this.machine, token, failed)
    else advance(this.machine, token)
    this.wake(token)
  }

  private delay(token: number, arg: number): boolean {
    const { tokens, program, queue } = this.machine
    if (tokens.stage[token] === Stage.paid) return advance(this.machine, token)
    if (this.cores.flush(token)) return false
    this.cores.release(token)
    tokens.stage[token] = Stage.paid
    const ps = roundHalfUp(sampleFor(this.machine, token, program.delays[arg]) * 1000)
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
}
