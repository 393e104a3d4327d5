import * as EventKind from './engine/event-kind'
import { fallAsleep } from './mechanisms/fall-asleep'
import type { Migrations } from './mechanisms/migrations'
import type { Placing } from './placing'
import type { Executor } from './services/executor'
import * as State from './services/instance-state'
import type { Machine } from './services/machine'

/** What the life cycle tells others. */
export interface LifecycleTold {
  /** Where an instance is, or what memory it holds, has changed. */
  occupancy(instance: number): void
  /**
   * Requests were torn from an instance that is lost. Each must be given to `calls.fail` or `calls.retry`, now or later,
   * once: until then it is in flight.
   */
  torn: (instance: number, executions: readonly number[]) => void
  /** An instance has no requests left; whether it is wanted is for the scaling policy to say. */
  idle(instance: number): void
  /** A service has no instance in use and a request for one: whether an instance is to start, and why; null: no. */
  wanted(service: number): string | null
  /** A request comes for a service that may have had nothing to do. */
  called(service: number): void
  /** Memory is free again, and whoever waited for it has had their turn. */
  room(): void
}

/**
 * Instances that come and go while the run goes on. Who decides that one should (scaling, recovery, memory, orders) calls
 * one of three; each says in the instance's state column (services/instance-state.ts) what came of it:
 *
 * - `start(instance, why)`: an absent one gets a device by the placement policy and memory by the memory policy, as at
 *   time 0. Where there is none it is `waiting`, and starts by itself when some is given back (`roomAgain`). Then it is
 *   `starting` for its service's cold start, holding its memory, and `up`: usable for load balancing.
 * - `release(instance)`: it takes no more requests, answers those it has (`draining`), then gives back its memory.
 * - `lose(instance)`: it ends at once. Its memory is free, its migration is abandoned, its requests go to `told.torn`.
 *
 * A request for a service without a usable instance waits in the service's lobby while one is on its way (`starting`,
 * `waiting`) or can be had (`told.wanted`); it fails when none is. At time 0 `Placing.placeAll` makes all `replicas` up at
 * once. Numbers of instances are fixed: each service has places for its `maxReplicas`, absent until started.
 */
export class Lifecycle {
  constructor(
    private readonly machine: Machine,
    private readonly placing: Placing,
    private readonly executor: Executor,
    private readonly migrations: Migrations,
    readonly told: LifecycleTold,
  ) {
    executor.calls.mayWait = (service) => {
      told.called(service)
      return this.mayWait(service)
    }
    executor.calls.called = (service) => {
      told.called(service)
    }
  }

  /** All are placed that are there at the start. */
  begin(): void {
    const { instances, lives } = this.machine
    for (let i = 0; i < instances.count; i += 1)
      if (instances.state[i] === State.up) lives.up.add(instances.service[i], 1, 0)
    fallAsleep(this.machine, [])
  }

  /** From one state to another. */
  private enter(instance: number, state: number): void {
    const { instances, lives, queue } = this.machine
    const change = Number(serves(state)) - Number(serves(instances.state[instance]))
    if (change !== 0) lives.up.add(instances.service[instance], change, queue.clock[0])
    instances.enter(instance, state)
  }

  /** Starts an absent instance, or one that waits for room, or keeps one that drains; says what it is then. */
  start(instance: number, why: string): number {
    const { instances, queue } = this.machine
    const state = instances.state[instance]
    if (state === State.draining) {
      if (instances.alert[instance] === 1) instances.alert[instance] = 0
      this.enter(instance, State.up)
      return State.up
    }
    if (state !== State.absent && state !== State.waiting) return state
    const isRestored = instances.leases[instance].length > 0
    if (this.placing.place(instance, why) !== 'placed') {
      this.enter(instance, State.waiting)
      return State.waiting
    }
    this.enter(instance, State.starting)
    instances.writtenBack[instance] = queue.clock[0]!
    this.machine.lives.starts[instances.service[instance]] += 1
    this.told.occupancy(instance)
    this.machine.caches.moved()
    const awake = queue.clock[0] + this.machine.sleep.wake(instances.device[instance], queue.clock[0])
    const { coldStartPs } = instances.spec(instance)
    if (isRestored) this.machine.copies.fetching[instance] = 1
    if (isRestored) queue.schedule(awake, EventKind.fetch, instance, instances.epoch[instance], 0)
    else queue.schedule(awake + coldStartPs, EventKind.started, instance, instances.epoch[instance], 0)
    return State.starting
  }

  /** Event `started`: the cold start is over. */
  started(instance: number, epoch: number): void {
    const { instances } = this.machine
    if (instances.epoch[instance] !== epoch || instances.state[instance] !== State.starting) return
    this.enter(instance, State.up)
    const service = instances.service[instance]
    this.executor.calls.leaveLobby(service, true)
    if (instances.assigned[instance] === 0 && instances.alert[instance] === 2) this.told.idle(instance)
  }

  /** Ends an instance once it has answered what it has. */
  release(instance: number): void {
    const { instances } = this.machine
    switch (instances.state[instance]) {
      case State.waiting:
        this.placing.mirroring.letGo(instance)
        this.enter(instance, State.absent)
        this.settleLobby(instances.service[instance])
        return
      case State.starting:
        this.end(instance)
        return
      case State.up:
        this.enter(instance, State.draining)
        if (instances.assigned[instance] === 0) this.end(instance)
        else if (instances.alert[instance] === 0) instances.alert[instance] = 1
    }
  }

  /** Event `idle`: an instance has answered all it had. */
  idle(instance: number, epoch: number): void {
    const { instances } = this.machine
    if (instances.epoch[instance] !== epoch || instances.assigned[instance] > 0) return
    if (instances.state[instance] === State.draining) this.end(instance)
    else if (instances.state[instance] === State.up) this.told.idle(instance)
  }

  /** Ends an instance at once, whatever it is doing. */
  lose(instance: number): void {
    const { instances } = this.machine
    const state = instances.state[instance]
    if (state === State.absent) return
    const service = instances.service[instance]
    if (state === State.waiting) {
      this.release(instance)
      return
    }
    this.migrations.abandon(instance)
    this.placing.giveBack(instance)
    this.uncount(instance)
    const torn = this.executor.losses.tear(instance)
    this.gone(instance)
    this.told.torn(instance, torn)
    this.settleLobby(service)
  }

  /** As `lose`, but what it has in pools stays leased, and is there when it starts again. */
  loseHost(instance: number): void {
    const { instances, copies } = this.machine
    const leases = instances.leases[instance]
    const held = copies.held[instance]
    instances.leases[instance] = []
    copies.forget(instance)
    this.lose(instance)
    instances.leases[instance] = leases
    copies.held[instance] = held
  }

  private end(instance: number): void {
    const { instances } = this.machine
    this.migrations.abandon(instance)
    this.placing.giveBack(instance)
    this.uncount(instance)
    instances.forget(instance)
    this.gone(instance)
    this.settleLobby(instances.service[instance])
  }

  private uncount(instance: number): void {
    const { instances, lives, queue } = this.machine
    if (serves(instances.state[instance])) lives.up.add(instances.service[instance], -1, queue.clock[0])
  }

  private gone(instance: number): void {
    this.executor.offloads.holdings.ended(instance)
    this.told.occupancy(instance)
    this.machine.caches.moved()
    fallAsleep(this.machine, this.migrations.list)
    this.roomAgain()
  }

  /** Memory is free again: instances that wait for some try anew, lowest number first. */
  roomAgain(): void {
    const { instances } = this.machine
    for (let i = 0; i < instances.count; i += 1)
      if (instances.state[i] === State.waiting) this.start(i, 'there is room again')
    this.told.room()
  }

  /** Whether a request may wait for an instance of a service that has none in use. */
  private mayWait(service: number): boolean {
    return this.isComing(service) || this.startWanted(service)
  }

  private isComing(service: number): boolean {
    const { instances } = this.machine
    for (let i = instances.first[service]; i < instances.first[service + 1]; i += 1)
      if (
        instances.state[i] === State.starting ||
        instances.state[i] === State.waiting ||
        (instances.state[i] === State.draining && instances.again[i] === 1)
      )
        return true
    return false
  }

  private startWanted(service: number): boolean {
    const why = this.told.wanted(service)
    const instance = why === null ? -1 : this.firstAbsent(service)
    if (instance < 0) return false
    this.start(instance, why!)
    return true
  }

  /** An instance of a service that could be started; -1: none. */
  firstAbsent(service: number): number {
    const { instances } = this.machine
    for (let i = instances.first[service]; i < instances.first[service + 1]; i += 1)
      if (instances.state[i] === State.absent) return i
    return -1
  }

  /** After one has ended: those in the lobby wait on if another is coming or can be had, else they fail. */
  private settleLobby(service: number): void {
    const { instances } = this.machine
    if (instances.lobbyCount[service] > 0 && !this.mayWait(service)) this.executor.calls.leaveLobby(service, false)
  }
}

/** Whether an instance works on requests in a state. */
function serves(state: number): boolean {
  return state === State.up || state === State.draining
}
