import type { Scenario } from '../scenario/scenario'
import { PS_PER_MS, roundHalfUp } from '../units/time'
import type { CopyKeeper } from './copy-keeper'
import type { Decisions } from './decisions'
import * as EventKind from './engine/event-kind'
import type { Lifecycle } from './lifecycle'
import type { Migrations } from './mechanisms/migrations'
import { AUTO } from './mechanisms/move-estimates'
import type { Placing } from './placing'
import { policyNamed } from './policy-named'
import { recoveryPolicies } from './policies/recovery/index'
import type { RecoveryPolicy } from './policies/recovery/recovery-policy'
import type { Executor } from './services/executor'
import * as Failure from './services/failure'
import * as State from './services/instance-state'
import type { Machine } from './services/machine'
import * as Origin from './services/origin'
import * as Stage from './services/stage'
import { standStill } from './stand-still'

/** What recovery works with. */
export interface RecoveryParts {
  readonly machine: Machine
  readonly placing: Placing
  readonly executor: Executor
  readonly lifecycle: Lifecycle
  readonly migrations: Migrations
  readonly decisions: Decisions
  readonly copying: CopyKeeper
  /** A device is about to fail, or is back: the migration policy hears of it. */
  leaving(device: number, isLeaving: boolean): void
}

/**
 * What becomes of the instances and requests of devices that fail, as the recovery policy says. A device that is down does
 * nothing: its cores and streams stand still, nothing is placed on it. Whoever had asked an instance that is lost hears of it
 * after the detection time.
 */
export class Recovery {
  private readonly policy: RecoveryPolicy
  private readonly detectPs: number
  /** How instances are moved away. */
  private readonly mechanism: string

  constructor(
    scenario: Scenario,
    private readonly parts: RecoveryParts,
  ) {
    const { recovery } = scenario.policies
    this.policy = policyNamed(recoveryPolicies, recovery.use, 'recovery')
    this.detectPs = roundHalfUp(Number(recovery['detectMs']) * PS_PER_MS)
    const { mechanism } = scenario.policies.migration
    this.mechanism = typeof mechanism === 'string' ? mechanism : 'pre-copy'
    parts.lifecycle.told.torn = (_, executions) => this.torn(executions)
  }

  /** A device will fail: nothing is placed there any more. */
  warned(device: number, inSeconds: number): void {
    this.parts.placing.closed[device] = 1
    this.parts.leaving(device, true)
    for (const instance of this.on(device)) this.decide(instance, device, inSeconds)
  }

  /** A device has failed. */
  failed(device: number): void {
    const { placing, executor, machine } = this.parts
    placing.closed[device] = 1
    executor.cores.pause(device)
    machine.gpus.off[device] = 1
    if (this.policy.beginsAgain) executor.offloads.holdings.clear(device)
    this.parts.copying.transfers.cutOff(device)
    for (const instance of this.on(device)) this.decide(instance, device, 0)
    if (machine.devices.kinds[device] === 'nic') this.breakConnections(device)
    const { queue, health } = machine
    queue.schedule(queue.clock[0] + this.detectPs, EventKind.detected, device, health.failures[device], 0)
  }

  /** Event `detected`: others know that a device is down, unless it is back. */
  detected(device: number, failure: number): void {
    const { health } = this.parts.machine
    this.parts.copying.rebuilding.lookAtAll()
    if (health.down[device] === 0 || health.failures[device] !== failure) return
    health.known[device] = 1
    this.parts.migrations.cutOff(device)
    if (this.policy.beginsAgain) this.beginAgain(device)
  }

  /** Steps that instances elsewhere have sent to a device are begun again where they can be, or fail. */
  private beginAgain(device: number): void {
    const { machine, executor } = this.parts
    const { tokens, executions, instances } = machine
    const sent: number[] = []
    tokens.pool.liveMap().forEach((live, token) => {
      if (live === 0 || tokens.stage[token] !== Stage.away || tokens.device[token] !== device) return
      const execution = tokens.execution[token]
      if (executions.origin[execution] !== Origin.ghost && instances.device[executions.instance[execution]] !== device)
        sent.push(token)
    })
    for (const token of sent) executor.wake(executor.losses.redo(token))
  }

  /** A device works slower or faster from now on. */
  setPace(device: number, slow: number): void {
    this.parts.executor.cores.setPace(device, slow)
  }

  /** A device works again. */
  returned(device: number): void {
    const { placing, executor, machine, lifecycle } = this.parts
    const { instances, gpus } = machine
    placing.closed[device] = 0
    this.parts.leaving(device, false)
    executor.cores.resume(device)
    gpus.off[device] = 0
    if (gpus.devices[device] !== null) executor.kernels.resume(device)
    for (let i = 0; i < instances.count; i += 1)
      if (instances.state[i] === State.held && !this.needsDown(i)) this.goOn(i)
    lifecycle.roomAgain()
  }

  /** Event `failover`. */
  answers(instance: number, epoch: number): void {
    const { machine, copying } = this.parts
    copying.failover.end(instance, epoch)
    if (machine.instances.state[instance] === State.held && !this.needsDown(instance)) this.goOn(instance)
  }

  /** Instances that run on a device, or have memory there. */
  private on(device: number): number[] {
    const { instances } = this.parts.machine
    return Array.from({ length: instances.count }, (_, i) => i).filter(
      (i) =>
        instances.device[i] === device || this.hasMemoryOn(i, device) || this.parts.migrations.oldHostOf(i) === device,
    )
  }

  private hasMemoryOn(instance: number, device: number): boolean {
    return this.parts.machine.copies.all(instance).some((lease) => lease.device === device)
  }

  private needsDown(instance: number): boolean {
    const { instances, health, copies, queue } = this.parts.machine
    const { leases, device } = instances
    const oldHost = this.parts.migrations.oldHostOf(instance)
    if (oldHost >= 0 && health.down[oldHost] > 0) return true
    if (copies.answersAt[instance] > queue.clock[0]) return true
    return health.down[device[instance]] > 0 || leases[instance].some((lease) => health.down[lease.device] > 0)
  }

  private decide(instance: number, device: number, inSeconds: number): void {
    const { instances, devices, queue } = this.parts.machine
    const isHeld = instances.state[instance] === State.held
    const isElsewhere = instances.device[instance] !== device && this.hasMemoryOn(instance, device)
    const hasCopy = isElsewhere && this.parts.placing.mirroring.survives(instance, device)
    const isRead = instances.leases[instance].some((lease) => lease.device === device)
    const isHomeless = instances.device[instance] < 0
    if (hasCopy && inSeconds === 0 && (isHeld || isHomeless || !isRead)) {
      this.dropCopy(instance, device)
      return
    }
    if (isHomeless && inSeconds === 0) this.parts.placing.mirroring.letGo(instance)
    if (isHeld || isHomeless || (isElsewhere && !isRead)) return
    const holds = instances.device[instance] === device ? 'instance' : isElsewhere ? 'memory' : 'pages'
    const name = instances.name(instance)
    const { pinned } = instances.spec(instance)
    const inPools = this.isInPools(instance)
    const view = { instance: name, device: devices.names[device], holds, hasCopy, inPools, inSeconds, pinned } as const
    const { action, reason } = this.policy.decide(view)
    if (action === 'leave') return
    const to = action === 'move' ? this.targetFor(instance) : -1
    if (action === 'switch') this.dropCopy(instance, device)
    this.parts.decisions.add(queue.clock[0], {
      kind: 'recovery',
      subject: name,
      from: devices.names[instances.device[instance]],
      to: to < 0 ? '' : devices.names[to],
      policy: this.policy.name,
      reason: action === 'move' && to < 0 ? `stays: ${reason}, and no other device takes it` : `${action}: ${reason}`,
    })
    if (action === 'move') this.move(instance, to)
    else if (action === 'wait') this.hold(instance)
    else if (action === 'restore') this.restart(instance, true)
    else if (action === 'switch') this.parts.copying.failover.begin(instance, queue.clock[0] + this.detectPs)
    else this.restart(instance)
  }

  /** What a failed device held of an instance is lost: it is made anew once that is known. */
  private dropCopy(instance: number, device: number): void {
    const { placing, machine, lifecycle } = this.parts
    placing.mirroring.drop(instance, device)
    machine.copies.knownAt[instance] = machine.queue.clock[0] + this.detectPs
    lifecycle.told.occupancy(instance)
  }

  /** Whether pools hold all of its memory, on devices that work; while it starts cold there is nothing in them yet. */
  private isInPools(instance: number): boolean {
    const { instances, health, slabs, copies } = this.parts.machine
    if (instances.state[instance] === State.starting && copies.fetching[instance] === 0) return false
    const leases = instances.leases[instance]
    const isAll = slabs.bytesOf(leases) >= instances.footprint[instances.service[instance]]
    return leases.length > 0 && isAll && leases.every((lease) => health.down[lease.device] === 0)
  }

  private restart(instance: number, keepsMemory = false): void {
    const { lifecycle, machine } = this.parts
    if (keepsMemory) lifecycle.loseHost(instance)
    else lifecycle.lose(instance)
    const { queue, instances } = machine
    queue.schedule(queue.clock[0] + this.detectPs, EventKind.recover, instance, instances.epoch[instance], 0)
  }

  /** Event `recover`. */
  recover(instance: number, epoch: number): void {
    const { instances } = this.parts.machine
    if (instances.epoch[instance] !== epoch || instances.state[instance] !== State.absent) return
    this.parts.lifecycle.start(instance, 'after a failure')
  }

  /** The instance stands still, with all that it works on. */
  private hold(instance: number): void {
    const { machine, executor, migrations } = this.parts
    const { instances } = machine
    // What a post-copy move has left behind comes once both ends are up again.
    if (migrations.oldHostOf(instance) < 0) migrations.abandon(instance)
    instances.enter(instance, State.held)
    standStill(machine, executor, instance)
  }

  private goOn(instance: number): void {
    const { machine, executor } = this.parts
    machine.instances.stopped[instance] = 0
    machine.instances.enter(instance, State.up)
    executor.thaw(instance)
  }

  /** The device with the fewest instances that takes an instance over; -1: none. */
  private targetFor(instance: number): number {
    const { machine, placing, migrations } = this.parts
    const { devices, instances } = machine
    let best = -1
    let fewest = Infinity
    for (let device = 0; device < devices.names.length; device += 1) {
      if (placing.closed[device] === 1 || (machine.cores.count[device] === 0 && machine.gpus.devices[device] === null))
        continue
      if (migrations.refusal(instance, device, this.mechanism) !== null) continue
      const count = instances.device.reduce((sum, at) => sum + (at === device ? 1 : 0), 0)
      if (count < fewest) [best, fewest] = [device, count]
    }
    return best
  }

  private move(instance: number, to: number): void {
    if (to >= 0) this.parts.migrations.begin(instance, to, this.wayFor(instance, to))
  }

  private wayFor(instance: number, to: number): string {
    return this.mechanism === AUTO ? this.parts.migrations.estimates.quickest(instance, to) : this.mechanism
  }

  private torn(executions: readonly number[]): void {
    const { queue } = this.parts.machine
    for (const execution of executions)
      queue.schedule(queue.clock[0] + this.detectPs, EventKind.lossKnown, execution, 0, 0)
  }

  /** Event `lossKnown`. */
  lossKnown(execution: number): void {
    this.parts.executor.calls.fail(execution, Failure.lost)
  }

  /** Requests from outside that came by a NIC which has failed: their users find the connection broken. */
  private breakConnections(nic: number): void {
    const { executions } = this.parts.machine
    executions.pool.liveMap().forEach((live, execution) => {
      if (live === 0 || executions.nic[execution] !== nic || executions.origin[execution] !== Origin.nic) return
      if (executions.token[execution] >= 0) this.parts.executor.calls.attempts.breakOff(execution, Failure.lost)
    })
  }
}
