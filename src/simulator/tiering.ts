import { MIB } from '../units/data'
import { PS_PER_MS, PS_PER_SECOND, roundHalfUp } from '../units/time'
import type { Scenario } from '../scenario/scenario'
import type { Decisions } from './decisions'
import * as EventKind from './engine/event-kind'
import { capture, reinstate, type Plain, type Saved } from './engine/plain-state'
import { LINE_BYTES, PAGE_BYTES } from './hardware/memory'
import { cargoOf } from './instance-cargo'
import { gib } from './leasing'
import { CHUNK_BYTES } from './mechanisms/idle-way'
import { nearMissShare, toPromote, type TwoTiers } from './services/hot-cold'
import type { Machine } from './services/machine'
import * as Purpose from './services/purpose'
import type { Tiers } from './services/tiers'

/** Shares of misses are rounded to so many levels, so that few tables of windows are made. */
const LEVELS = 256
/** Where no more of the misses could come near than this, nothing is copied: all pages are about as popular. */
const LEAST_GAIN = 0.005

const FIELDS = ['promoted', 'budget', 'pending', 'underWay', 'sent', 'stored', 'astray', 'homes', 'copied']

/**
 * Hot and cold far memory. Of an instance whose slabs lie on devices of different distance, the most popular pages are
 * copied to the nearest ones, and the least popular away for them, at a bounded rate over the fabric. Where the popular
 * set changes (`hotSetLifeMs`), what was copied loses its worth with that mean life.
 */
export class Tiering {
  /** Bytes of the most popular far memory that were copied near and are still popular. */
  promoted: Float64Array
  /** Bytes that may still be copied before the next look; those that are being copied, and the copies under way: there, and back. */
  budget: Float64Array
  pending: Float64Array
  underWay: Float64Array
  /** When the last copies were begun, and when what has come of them is stored, ps. */
  sent: Float64Array
  stored: Float64Array
  /** 1: one of the copies under way has found none. */
  astray: Uint8Array
  /** Device for which the tiers were sorted; -1: none. */
  homes: Float64Array
  /** Bytes copied near; as many are copied away. */
  copied = new Float64Array(1)
  private readonly rate: number
  private readonly periodPs: number

  constructor(
    private readonly scenario: Scenario,
    private readonly machine: Machine,
    private readonly decisions: Decisions,
    private readonly tiers: Tiers,
  ) {
    const { tieringMiBps, tieringPeriodMs } = scenario.policies.memory
    this.rate = typeof tieringMiBps === 'number' ? tieringMiBps * MIB : 0
    this.periodPs = roundHalfUp(Number(tieringPeriodMs) * PS_PER_MS)
    const n = machine.instances.count
    this.promoted = new Float64Array(n)
    this.budget = new Float64Array(n)
    this.pending = new Float64Array(n)
    this.sent = new Float64Array(n)
    this.stored = new Float64Array(n)
    this.astray = new Uint8Array(n)
    this.underWay = new Float64Array(n)
    this.homes = new Float64Array(n).fill(-1)
  }

  get isOn(): boolean {
    return this.rate > 0
  }

  /** Looks from a moment on. */
  start(now: number): void {
    if (this.isOn) this.machine.queue.schedule(now + this.periodPs, EventKind.tiering, 0, 0, 0)
  }

  /** Event `tiering`: pages have lost their worth, others are copied. */
  look(): void {
    const { instances, queue } = this.machine
    for (let i = 0; i < instances.count; i += 1) this.turn(i)
    queue.schedule(queue.clock[0] + this.periodPs, EventKind.tiering, 0, 0, 0)
  }

  private turn(instance: number): void {
    const { instances } = this.machine
    const home = instances.device[instance]
    if (home !== this.homes[instance] || Number.isNaN(instances.nearShare[instance])) this.promoted[instance] = 0
    this.homes[instance] = home
    const split = home < 0 ? null : this.tiers.split(instance)
    if (split === null) {
      this.promoted[instance] = 0
      instances.nearShare[instance] = NaN
      return
    }
    this.forget(instance)
    this.settle(instance)
    const two = this.twoTiers(instance)
    if (nearMissShare(two, toPromote(two)) - two.near < LEAST_GAIN) return
    const most = toPromote(two) * instances.farNeed[instance]
    const left = most - this.promoted[instance] - this.pending[instance]
    const carried = Math.min(this.budget[instance], PAGE_BYTES)
    this.budget[instance] = Math.min(left, carried + (this.rate * this.periodPs) / PS_PER_SECOND)
    if (this.underWay[instance] === 0) this.next(instance)
  }

  /** What was popular and is no more. */
  private forget(instance: number): void {
    const { instances } = this.machine
    const { hotSetLifeMs } = this.scenario.application.services[instances.service[instance]]
    if (hotSetLifeMs === undefined) return
    this.promoted[instance] *= Math.max(0, 1 - this.periodPs / (hotSetLifeMs * PS_PER_MS))
  }

  /** Event `tieringNext`, and when a look finds nothing under way: the next pages change places. */
  next(instance: number): void {
    const { instances, queue } = this.machine
    const bytes = PAGE_BYTES * Math.floor(Math.min(this.budget[instance], CHUNK_BYTES) / PAGE_BYTES)
    const isHere = instances.device[instance] >= 0 && instances.device[instance] === this.homes[instance]
    const split = isHere && instances.stopped[instance] === 0 ? this.tiers.split(instance) : null
    if (bytes === 0 || this.underWay[instance] > 0 || split === null) return
    const { near, far } = split
    if (!this.hasWays(instance, far[0], near[0]) || !this.hasWays(instance, near[0], far[0])) return
    if (this.promoted[instance] === 0) this.tell(instance)
    this.budget[instance] -= bytes
    this.pending[instance] = bytes
    this.sent[instance] = this.stored[instance] = queue.clock[0]!
    this.astray[instance] = 0
    this.read(instance, far[0], near[0])
    this.read(instance, near[0], far[0])
  }

  private hasWays(instance: number, from: number, to: number): boolean {
    const { routes } = this.machine.fabric
    return this.placesOf(instance, to).every((place) => place === from || routes.between(from, place) >= 0)
  }

  /** Reads what goes from one device to another, and then sends it. */
  private read(instance: number, from: number, to: number): void {
    this.underWay[instance] += 1
    this.machine.queue.schedule(this.serve(instance, from, 0), EventKind.tieringSend, instance, from, to)
  }

  /** Pages take the channels of a memory device from now on. Returns when they are through. */
  private serve(instance: number, device: number, isWrite: number): number {
    const { memory, queue } = this.machine
    const now = queue.clock[0]
    return memory.serve(device, this.pending[instance] / PAGE_BYTES, PAGE_BYTES / LINE_BYTES, now, now, isWrite).last
  }

  /** Event `tieringSend`: it has been read. Where no way is left both parts stay where they are. */
  send(instance: number, from: number, to: number): void {
    for (const place of this.placesOf(instance, to)) this.sendTo(instance, from, place)
    this.ended(instance)
  }

  /** Where pages go that come to a device: there, and to the further copies of the first slabs that it has of the instance. */
  private placesOf(instance: number, device: number): readonly number[] {
    const { instances, copies } = this.machine
    const at = instances.leases[instance].findIndex((lease) => lease.device === device)
    const further = copies.held[instance].map((level) => level[at]?.device ?? -1)
    return [device, ...further.filter((place) => place >= 0)]
  }

  private sendTo(instance: number, from: number, to: number): void {
    const { fabric } = this.machine
    const route = from === to ? -1 : fabric.routes.between(from, to)
    if (route < 0 && from !== to) {
      this.astray[instance] = 1
      return
    }
    this.underWay[instance] += 1
    const cargo = cargoOf(this.machine, instance, { purpose: Purpose.tiering, subject: instance })
    if (from === to) this.arrived(instance, to)
    else fabric.send(route, this.pending[instance], cargo)
  }

  /** A copy has arrived at a device and is written there. */
  arrived(instance: number, device: number): void {
    this.stored[instance] = Math.max(this.stored[instance], this.serve(instance, device, 1))
    this.ended(instance)
  }

  /** One of the copies has ended; when its counterparts have too, the pages have changed places. */
  private ended(instance: number): void {
    this.underWay[instance] -= 1
    if (this.underWay[instance] > 0) return
    const bytes = this.pending[instance]
    this.pending[instance] = 0
    if (this.astray[instance] === 1) return
    this.copied[0] += bytes
    if (this.machine.instances.device[instance] !== this.homes[instance]) return
    this.promoted[instance] += bytes
    if (!this.isOn) return // a branch has turned it off
    const { queue } = this.machine
    const due = this.sent[instance] + Math.round((bytes / this.rate) * PS_PER_SECOND)
    queue.schedule(Math.max(this.stored[instance], due), EventKind.tieringNext, instance, 0, 0)
  }

  /** Where misses go from now on. */
  private settle(instance: number): void {
    const { instances } = this.machine
    const tiers = this.twoTiers(instance)
    const need = instances.farNeed[instance]
    const most = toPromote(tiers)
    const promoted = need === 0 ? 0 : Math.min(most, this.promoted[instance] / need)
    const share = nearMissShare(tiers, promoted)
    const isDone = (most - promoted) * need < PAGE_BYTES
    instances.nearShare[instance] = isDone ? share : Math.round(share * LEVELS) / LEVELS
  }

  private twoTiers(instance: number): TwoTiers {
    const { instances } = this.machine
    const { locality } = instances.spec(instance)
    const footprintBytes = instances.footprint[instances.service[instance]]
    const localShare = Math.min(1, instances.localBytes[instance] / footprintBytes)
    return { locality, footprintBytes, localShare, near: this.tiers.split(instance)?.share ?? 1 }
  }

  private tell(instance: number): void {
    const { instances, devices, queue } = this.machine
    const { near, far, nearUs, farUs } = this.tiers.split(instance)!
    const two = this.twoTiers(instance)
    const bytes = toPromote(two) * instances.farNeed[instance]
    const percent = (share: number): string => `${(100 * share).toFixed(0)} %`
    this.decisions.add(queue.clock[0], {
      kind: 'memory',
      subject: instances.name(instance),
      from: far.map((device) => devices.names[device]).join(' '),
      to: near.map((device) => devices.names[device]).join(' '),
      policy: this.scenario.policies.memory.use,
      reason: `promotes the hottest ${gib(bytes)} and demotes as much: ${percent(nearMissShare(two, toPromote(two)))} of far misses would be near, not ${percent(two.near)}`,
      estimateUs: (bytes / this.rate) * 1e6,
      saw: [
        { name: 'near', value: `${(nearUs * 1000).toFixed(0)} ns a line` },
        { name: 'far', value: `${(farUs * 1000).toFixed(0)} ns a line` },
      ],
    })
  }

  save(): Saved {
    return capture(this as unknown as Record<string, Plain>, FIELDS)
  }

  restore(saved: Saved): void {
    reinstate(this as unknown as Record<string, Plain>, FIELDS, saved)
  }
}
