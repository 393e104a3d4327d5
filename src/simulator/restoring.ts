import { PS_PER_MS, roundHalfUp } from '../units/time'
import type { Scenario } from '../scenario/scenario'
import * as EventKind from './engine/event-kind'
import { PAGE_BYTES } from './hardware/memory'
import type { Lease } from './hardware/slabs'
import { cargoOf } from './instance-cargo'
import type { Lifecycle } from './lifecycle'
import * as State from './services/instance-state'
import { routeOf, type Machine } from './services/machine'
import * as Purpose from './services/purpose'
import type { Transfers } from './transfers'

/**
 * What the recovery policy `restore` lives on: pools hold what is in local memory too. What is changed there is written to
 * all copies from time to time, and an instance that starts elsewhere fetches it from the copy that is read.
 */
export class Restoring {
  private readonly periodPs: number

  constructor(
    scenario: Scenario,
    private readonly machine: Machine,
    private readonly lifecycle: Lifecycle,
    private readonly transfers: Transfers,
  ) {
    this.periodPs = roundHalfUp(Number(scenario.policies.recovery['writeBackMs']) * PS_PER_MS)
  }

  start(): void {
    this.takeUp(0)
  }

  /** Writes back from a moment on, where this policy is new. */
  takeUp(now: number): void {
    const { copies, queue, instances } = this.machine
    const isWritten = instances.services.some(({ dirtyBytesPerSecond }) => dirtyBytesPerSecond > 0)
    if (copies.backed && isWritten) queue.schedule(now + this.periodPs, EventKind.writeBack, 0, 0, 0)
  }

  /** Event `writeBack`. */
  writeBack(): void {
    const { instances, queue } = this.machine
    for (let i = 0; i < instances.count; i += 1) if (instances.state[i] === State.up) this.writeOne(i)
    queue.schedule(queue.clock[0] + this.periodPs, EventKind.writeBack, 0, 0, 0)
  }

  /** As many pages as were dirtied, to each copy. */
  private writeOne(instance: number): void {
    const { instances, queue, copies } = this.machine
    const { dirtyBytesPerSecond, writableBytes } = instances.spec(instance)
    const dirtied = (dirtyBytesPerSecond * (queue.clock[0] - instances.writtenBack[instance])) / 1e12
    const pages = Math.floor(Math.min(dirtied, writableBytes, instances.localBytes[instance]) / PAGE_BYTES)
    if (pages === 0 || instances.stopped[instance] === 1) return
    instances.writtenBack[instance] = queue.clock[0]!
    for (const copy of [instances.leases[instance], ...copies.held[instance]])
      for (const { device, share } of sharesOf(copy, pages)) this.send(instance, device, share)
  }

  private send(instance: number, to: number, pages: number): void {
    const { fabric, instances, queue, fidelity } = this.machine
    const route = routeOf(this.machine, instances.device[instance], to)
    const now = queue.clock[0]
    const isLine = fidelity === 'line'
    const subject = isLine ? -1 : -pages
    const cargo = cargoOf(this.machine, instance, { purpose: Purpose.writeBack, subject, atHead: true })
    for (let i = 0; i < (isLine ? pages : 1); i += 1)
      fabric.sendUnits(route, isLine ? 1 : pages, PAGE_BYTES, now, now, cargo)
  }

  /** Event `fetch`, and when a copy is read of what was being fetched: all of it is asked for. */
  fetch(instance: number, epoch: number): void {
    const { instances } = this.machine
    if (instances.epoch[instance] !== epoch || instances.state[instance] !== State.starting) return
    this.transfers.stopFetching(instance)
    const bytes = instances.localBytes[instance]
    const to = instances.device[instance]
    for (const { device, share } of sharesOf(instances.leases[instance], bytes))
      this.transfers.begin({ instance, from: device, to, bytes: share, firstSlab: -1, slabs: 0 })
    if (bytes === 0) this.fetched(instance)
  }

  /** A part of it is here. */
  fetched(instance: number): void {
    const { instances, copies } = this.machine
    if (this.transfers.isAtWork(instance, true)) return
    copies.fetching[instance] = 0
    copies.counts[2] += instances.localBytes[instance]
    this.lifecycle.started(instance, instances.epoch[instance])
  }
}

/** Something dealt to the devices of some slabs by how many of them each has: whole numbers that add up. */
function sharesOf(
  leases: readonly Lease[],
  amount: number,
): readonly { readonly device: number; readonly share: number }[] {
  const slabs = new Map<number, number>()
  for (const { device, slabs: count } of leases) if (device >= 0) slabs.set(device, (slabs.get(device) ?? 0) + count)
  const all = leases.reduce((sum, lease) => sum + lease.slabs, 0)
  const most = [...slabs.values()].reduce((sum, count) => sum + count, 0)
  let before = 0
  let dealt = 0
  return Array.from(slabs, ([device, count]) => {
    before += count
    const until = before === most && most === all ? amount : Math.floor((amount * before) / all)
    const share = until - dealt
    dealt = until
    return { device, share }
  }).filter(({ share }) => share > 0)
}
