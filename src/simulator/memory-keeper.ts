import { MIB } from '../units/data'
import { PS_PER_MS, PS_PER_SECOND, roundHalfUp } from '../units/time'
import type { Scenario } from '../scenario/scenario'
import type { Decisions } from './decisions'
import * as EventKind from './engine/event-kind'
import { capture, reinstate, type Plain, type Saved } from './engine/plain-state'
import { gib, remoteShareOf } from './leasing'
import type { Lifecycle } from './lifecycle'
import { MemoryAccount } from './memory-account'
import type { Migrations } from './mechanisms/migrations'
import type { Placing } from './placing'
import * as State from './services/instance-state'
import type { Machine } from './services/machine'

/**
 * Far memory of services whose footprint changes while the run goes on. What an instance needs more is leased at once;
 * what it needs no more stays leased until the lease is not renewed (`leaseMs`), and is then taken back. One that finds no
 * memory to grow into is ended (`reject`), or drains, gives back what it has, and starts again once all of it fits.
 */
export class MemoryKeeper {
  /** Changes of need per instance, so that the end of a lease that was needed again meanwhile is known as stale. */
  changes: Int32Array
  /** Bytes taken back because their lease was not renewed. */
  reclaimed = new Float64Array(1)
  readonly account: MemoryAccount
  private readonly leasePs: number

  constructor(
    private readonly scenario: Scenario,
    private readonly machine: Machine,
    private readonly placing: Placing,
    private readonly lifecycle: Lifecycle,
    private readonly migrations: Migrations,
    private readonly decisions: Decisions,
  ) {
    const { leaseMs } = scenario.policies.memory
    this.leasePs = typeof leaseMs === 'number' ? roundHalfUp(leaseMs * PS_PER_MS) : Infinity
    this.changes = new Int32Array(machine.instances.count)
    this.account = new MemoryAccount(scenario, machine)
  }

  /** Schedules the changes of footprints. */
  start(): void {
    this.scenario.application.services.forEach(({ footprintPhases = [] }, service) => {
      footprintPhases.forEach(({ atSeconds }, phase) => {
        this.machine.queue.schedule(roundHalfUp(atSeconds * PS_PER_SECOND), EventKind.footprint, service, phase, 0)
      })
    })
  }

  /** Event `footprint`: the instances of a service need more or less from now on. */
  turn(service: number, phase: number): void {
    const { instances } = this.machine
    const { footprintMiB } = this.scenario.application.services[service].footprintPhases![phase]
    instances.footprint[service] = footprintMiB * MIB
    for (let i = instances.first[service]; i < instances.first[service + 1]; i += 1)
      if (instances.device[i] >= 0) this.adapt(i)
    this.lifecycle.roomAgain()
  }

  private adapt(instance: number): void {
    const { instances, slabs, queue } = this.machine
    const footprint = instances.footprint[instances.service[instance]]
    const need = this.machine.copies.farBytes(footprint, instances.localBytes[instance])
    const held = slabs.bytesOf(instances.leases[instance])
    this.changes[instance] += 1
    if (need > held) {
      this.grow(instance, need - held)
      return
    }
    this.settle(instance)
    if (this.leasePs < Infinity && need < held)
      queue.schedule(queue.clock[0] + this.leasePs, EventKind.leaseEnd, instance, this.changes[instance], 0)
  }

  private grow(instance: number, bytes: number): void {
    const { instances, local } = this.machine
    const device = instances.device[instance]
    const grant = this.placing.leasing.lease(instance, device, bytes, this.migrations.isMoving(instance) ? 0 : Infinity)
    if (grant === null) {
      this.placing.leasing.tellFull(instance, bytes)
      this.giveUp(instance)
      return
    }
    local.reserve(device, grant.spilled)
    instances.localBytes[instance] += grant.spilled
    const before = instances.leases[instance]
    instances.hold(instance, [...before, ...grant.leases])
    this.placing.mirroring.follow(instance, before, instances.leases[instance])
    this.settle(instance)
    this.placing.leasing.tell(instance, device, grant)
    this.placing.mirroring.fill(instance, false)
    this.lifecycle.told.occupancy(instance)
  }

  /** What follows from footprint and local bytes. */
  private settle(instance: number): void {
    const { instances } = this.machine
    const footprint = instances.footprint[instances.service[instance]]
    const localBytes = instances.localBytes[instance]
    const share = remoteShareOf(instances.spec(instance), localBytes, footprint)
    instances.need(instance, this.machine.copies.farBytes(footprint, localBytes), share)
    this.machine.copies.keepNear(instance, footprint, localBytes)
    this.account.note(instance)
  }

  private giveUp(instance: number): void {
    const { instances } = this.machine
    if (!this.placing.waitsForMemory()) {
      this.lifecycle.lose(instance)
      return
    }
    if (instances.state[instance] === State.draining) return
    instances.again[instance] = 1
    this.lifecycle.release(instance)
  }

  /** An instance has ended: one that gave up for want of memory starts again, or waits until it can. */
  ended(instance: number): void {
    const { instances } = this.machine
    if (instances.again[instance] === 0 || instances.state[instance] !== State.absent) return
    instances.again[instance] = 0
    this.lifecycle.start(instance, 'it had no memory to grow into')
  }

  /** Event `leaseEnd`: what is not needed still goes back, in whole slabs. */
  leaseEnd(instance: number, change: number): void {
    const { instances, slabs, devices, queue } = this.machine
    if (this.changes[instance] !== change || instances.device[instance] < 0) return
    const before = instances.leases[instance]
    const kept = slabs.shrink(before, instances.farNeed[instance])
    const bytes = slabs.bytesOf(before) - slabs.bytesOf(kept)
    if (bytes === 0) return
    this.reclaimed[0] += bytes
    instances.hold(instance, kept)
    this.placing.mirroring.follow(instance, before, kept)
    this.decisions.add(queue.clock[0], {
      kind: 'memory',
      subject: instances.name(instance),
      from: [...new Set(before.map((lease) => devices.names[lease.device]))].join(' '),
      to: [...new Set(kept.map((lease) => devices.names[lease.device]))].join(' '),
      policy: this.scenario.policies.memory.use,
      reason: `takes back ${gib(bytes)}: not needed for ${Number(this.scenario.policies.memory['leaseMs'])} ms, the lease is not renewed`,
    })
    this.lifecycle.told.occupancy(instance)
    this.lifecycle.roomAgain()
  }

  save(): Saved {
    return {
      ...capture(this as unknown as Record<string, Plain>, ['changes', 'reclaimed']),
      account: this.account.save(),
    }
  }

  restore(saved: Saved): void {
    reinstate(this as unknown as Record<string, Plain>, ['changes', 'reclaimed'], saved)
    this.account.restore(saved['account'] as Saved)
  }
}
