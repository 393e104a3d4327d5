import { MIB } from '../units/data'
import { PS_PER_MS, PS_PER_SECOND, PS_PER_US, roundHalfUp } from '../units/time'
import type { Scenario } from '../scenario/scenario'
import { outcomeWithout } from './decision-outcome'
import type { Decisions } from './decisions'
import * as EventKind from './engine/event-kind'
import { capture, reinstate, type Plain, type Saved } from './engine/plain-state'
import type { Lease } from './hardware/slabs'
import { gib } from './leasing'
import type { Lifecycle } from './lifecycle'
import type { Migrations } from './mechanisms/migrations'
import type { Mirroring } from './mirroring'
import { chooseDemotion, spareSlabs, type Demotion } from './reclaim-choice'
import { creditRunning } from './services/busy-time'
import type { Machine } from './services/machine'
import { beginChunk, sendChunk, storeChunk, type SlabCopy } from './slab-copy'
import { Watermarks } from './watermarks'

const FIELDS = ['under', 'told', 'seen', 'busyPs', 'reliefs', 'moved', 'takenBack']

/** Slabs of one instance that leave a device one after another. */
interface Relief extends SlabCopy {
  /** Life of the instance. */
  readonly epoch: number
  readonly decision: number
  readonly since: number
  /** Expected, ps. */
  readonly estimate: number
  /** Slabs of the device still to go, with the one under way; where that is going. */
  slabs: number
  reserved: readonly Lease[]
}

/**
 * Memory under pressure. A memory device with more of its slabs leased than the high watermark is relieved until it is at
 * the low one: first by taking back slabs that nobody needs, then by copying slabs of the instances with the least core
 * time per slab to emptier devices, over the fabric and through the channels of both, at a bounded rate.
 */
export class Reclaiming {
  /** Per device: it has been above its high watermark, and is not at its low one yet; it has been told that nothing can move. */
  under: Uint8Array
  told: Uint8Array
  /** Core time of each instance at the last look; and between the two last looks, ps. */
  seen: Float64Array
  busyPs: Float64Array
  /** At most one a device. */
  reliefs: Relief[] = []
  /** Bytes copied away; and taken back. */
  moved = new Float64Array(1)
  takenBack = new Float64Array(1)
  private readonly marks: Watermarks
  private readonly rate: number
  private readonly periodPs: number

  constructor(
    private readonly scenario: Scenario,
    private readonly machine: Machine,
    private readonly lifecycle: Lifecycle,
    private readonly migrations: Migrations,
    private readonly mirroring: Mirroring,
    private readonly decisions: Decisions,
  ) {
    const { reclaimMiBps, reclaimPeriodMs } = scenario.policies.memory
    this.marks = new Watermarks(scenario, machine)
    this.rate = Number(reclaimMiBps) * MIB
    this.periodPs = roundHalfUp(Number(reclaimPeriodMs) * PS_PER_MS)
    this.under = new Uint8Array(machine.devices.names.length)
    this.told = this.under.slice()
    this.seen = new Float64Array(machine.instances.count)
    this.busyPs = this.seen.slice()
  }

  get isOn(): boolean {
    return this.marks.isOn
  }

  /** Looks from a moment on. */
  start(now: number): void {
    if (this.isOn) this.machine.queue.schedule(now + this.periodPs, EventKind.reclaimLook, 0, 0, 0)
  }

  /** Event `reclaimLook`. */
  look(): void {
    const { instances, queue, slabs } = this.machine
    creditRunning(this.machine, queue.clock[0])
    this.busyPs.set(instances.busyPs.map((busy, i) => busy - this.seen[i]))
    this.seen.set(instances.busyPs)
    slabs.devices.forEach((memory, device) => {
      if (memory && this.marks.isAbove(device)) this.under[device] = 1
      if (this.under[device] === 1) this.relieve(device)
    })
    queue.schedule(queue.clock[0] + this.periodPs, EventKind.reclaimLook, 0, 0, 0)
  }

  private relieve(device: number): void {
    if (this.reliefs.some((relief) => relief.device === device) || this.machine.health.down[device] !== 0) return
    this.takeBack(device)
    if (this.marks.excess(device) === 0) {
      this.under[device] = this.told[device] = 0
      return
    }
    const mayMove = (instance: number): boolean => this.mayMove(instance)
    const demotion = chooseDemotion(this.machine, this.mirroring, this.marks, device, this.busyPs, mayMove)
    if (demotion !== null) this.demote(device, demotion)
    else if (this.told[device] === 0) {
      this.told[device] = 1
      this.tell(device, '', `nothing can leave: ${this.marks.pressure(device)}, and no other device has room for it`)
    }
  }

  private mayMove(instance: number): boolean {
    const { copies, queue } = this.machine
    const isRead = copies.fetching[instance] === 0 && copies.answersAt[instance] <= queue.clock[0]
    return isRead && !this.migrations.isMoving(instance) && !this.reliefs.some((one) => one.instance === instance)
  }

  /** Slabs that nobody needs go back at once. */
  private takeBack(device: number): void {
    const { instances, slabs } = this.machine
    for (const { instance, slabs: spare } of spareSlabs(this.machine, device)) {
      const count = Math.min(spare, this.marks.excess(device))
      if (count === 0) return
      const bytes = count * slabs.devices[device]!.slabBytes
      this.tell(device, instances.name(instance), `takes back ${gib(bytes)} not needed: ${this.marks.pressure(device)}`)
      this.mirroring.takeBack(instance, device, count)
      this.takenBack[0] += bytes
      this.freed(instance)
    }
  }

  private freed(instance: number): void {
    const { instances, copies } = this.machine
    instances.hold(instance, instances.leases[instance])
    copies.keepNear(instance, instances.footprint[instances.service[instance]], instances.localBytes[instance])
    this.lifecycle.told.occupancy(instance)
    this.lifecycle.roomAgain()
  }

  private demote(device: number, { instance, target, slabs, candidates }: Demotion): void {
    const { instances, queue, devices } = this.machine
    const bytes = slabs * this.machine.slabs.devices[device]!.slabBytes
    const estimate = (bytes / this.rate) * PS_PER_SECOND
    const cores = (100 * this.busyPs[instance]) / this.periodPs
    const reason = `copies ${gib(bytes)} away: ${this.marks.pressure(device)}; its slabs have had the least core time each, ${cores.toFixed(1)} % of a core for all; ${devices.names[target]} is the emptiest${this.machine.copies.held[instance].length > 0 ? ' of those that share the least with their other copies' : ''}`
    const decision = this.decisions.add(queue.clock[0], {
      kind: 'memory',
      subject: instances.name(instance),
      from: devices.names[device],
      to: devices.names[target],
      policy: this.scenario.policies.memory.use,
      reason,
      estimateUs: estimate / PS_PER_US,
      candidates,
    })
    const relief: Relief = {
      ...{ device, target, instance, slabs, decision, estimate, left: 0, begun: 0, bytes: 0 },
      ...{ epoch: instances.epoch[instance], since: queue.clock[0], reserved: [] },
    }
    this.reliefs.push(relief)
    this.nextSlab(relief)
  }

  /** Leases the place of the next slab and begins to copy it. */
  private nextSlab(relief: Relief): void {
    const { slabs } = this.machine
    const { device, target, instance } = relief
    relief.left = slabs.devices[device]!.slabBytes
    const count = Math.ceil(relief.left / slabs.devices[target]!.slabBytes)
    relief.reserved = slabs.lease(instance, new Map([[target, count]]))
    beginChunk(this.machine, relief)
  }

  /** Event `reclaimSend`: a chunk has been read. Without a way it is not sent, and the copy ends. */
  send(device: number): void {
    const relief = this.of(device)
    const route = this.machine.fabric.routes.between(device, relief.target)
    if (route >= 0) sendChunk(this.machine, relief, route)
    else this.end(relief, 'failed')
  }

  /** A chunk is at its target. */
  arrived(device: number): void {
    storeChunk(this.machine, this.of(device), this.rate)
  }

  private of(device: number): Relief {
    return this.reliefs.find((relief) => relief.device === device)!
  }

  /** Event `reclaimNext`: a chunk is stored. After the last one of a slab misses go to the copy. */
  next(device: number): void {
    const relief = this.of(device)
    if (!this.holds(relief)) this.end(relief, 'cancelled')
    else if (relief.left > 0) beginChunk(this.machine, relief)
    else this.handOver(relief)
  }

  /** Whether the instance still has the slab, and both devices are up. */
  private holds({ device, target, instance, epoch }: Relief): boolean {
    const { instances, health } = this.machine
    const lives = instances.epoch[instance] === epoch && instances.device[instance] >= 0
    const up = health.down[device] === 0 && health.down[target] === 0
    return lives && up && !this.migrations.isMoving(instance) && this.canMove(instance, device, target)
  }

  private canMove(instance: number, device: number, target: number): boolean {
    return this.mirroring.movable(instance, device, target).slabs > 0
  }

  private handOver(relief: Relief): void {
    const { slabs } = this.machine
    const { device, target, instance } = relief
    this.mirroring.moveSlab(instance, device, relief.reserved)
    relief.reserved = []
    relief.slabs -= 1
    this.moved[0] += slabs.devices[device]!.slabBytes
    this.freed(instance)
    const count = Math.ceil(slabs.devices[device]!.slabBytes / slabs.devices[target]!.slabBytes)
    const goesOn = relief.slabs > 0 && this.canMove(instance, device, target) && slabs.free[target] >= count
    if (goesOn && this.marks.excess(device) > 0) this.nextSlab(relief)
    else this.end(relief, 'completed')
  }

  private end(relief: Relief, how: string): void {
    const { slabs, queue } = this.machine
    const now = queue.clock[0]
    this.reliefs = this.reliefs.filter((one) => one !== relief)
    const took = { name: 'total', estimateUs: relief.estimate / PS_PER_US, actualUs: (now - relief.since) / PS_PER_US }
    this.decisions.settle(relief.decision, outcomeWithout(now, how, [took]))
    if (relief.reserved.length > 0) {
      slabs.giveBack(relief.reserved)
      this.lifecycle.roomAgain()
    }
    if (how === 'completed' && this.isOn) this.relieve(relief.device)
  }

  private tell(device: number, subject: string, reason: string): void {
    const { devices, queue } = this.machine
    const name = devices.names[device]
    const { use } = this.scenario.policies.memory
    this.decisions.add(queue.clock[0], {
      ...{ kind: 'memory', subject: subject === '' ? name : subject, from: name, to: '', policy: use, reason },
    })
  }

  save(): Saved {
    return capture(this as unknown as Record<string, Plain>, FIELDS)
  }

  restore(saved: Saved): void {
    reinstate(this as unknown as Record<string, Plain>, FIELDS, saved)
  }
}
