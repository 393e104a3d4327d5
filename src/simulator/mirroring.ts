import type { Scenario } from '../scenario/scenario'
import type { Decisions } from './decisions'
import { canMove, devicesOf, join, missing, nowhere, replaced, takeLast, type Extent } from './extents'
import type { Lease } from './hardware/slabs'
import { gib, type Leasing } from './leasing'
import { Domains } from './placement-domains'
import type { Copy } from './services/copies'
import type { Machine } from './services/machine'
import type { Transfer } from './transfers'
import { readPs } from './unloaded'

/** Leases further copies of far memory, drops those that are lost, and chooses which one is read. */
export class Mirroring {
  private readonly domains: Domains

  constructor(
    private readonly scenario: Scenario,
    private readonly machine: Machine,
    private readonly leasing: Leasing,
    private readonly decisions: Decisions,
  ) {
    this.domains = new Domains(scenario, machine)
  }

  get isOn(): boolean {
    return this.machine.copies.wanted > 1
  }

  /**
   * Leases what an instance lacks of copies, as far as there is room.
   *
   * @param fresh they are to be filled: nothing can be read from them yet
   * @returns whether there is more than before
   */
  fill(instance: number, fresh: boolean): boolean {
    const { instances, copies } = this.machine
    if (!this.isOn || instances.leases[instance].length === 0) return false
    let extents = this.extentsOf(instance)
    const before = missing(extents)
    for (let level = 0; level < copies.wanted - 1; level += 1) extents = this.fillLevel(instance, extents, level, fresh)
    const change = before - missing(extents)
    if (change === 0) return false
    this.put(instance, extents)
    this.tell(instance, extents, change, fresh)
    return true
  }

  private extentsOf(instance: number): readonly Extent[] {
    const { instances, copies } = this.machine
    return instances.leases[instance].map((lease, i) => ({
      lease,
      copies: Array.from(
        { length: this.levels(instance) },
        (_, level) => copies.held[instance][level]?.[i] ?? nowhere(lease.slabs),
      ),
    }))
  }

  /** Further copies that an instance has or is to have: a branch may ask for fewer than there are. */
  private levels(instance: number): number {
    const { wanted, held } = this.machine.copies
    return Math.max(wanted - 1, held[instance].length)
  }

  private put(instance: number, extents: readonly Extent[]): void {
    const { instances, copies } = this.machine
    instances.leases[instance] = extents.map(({ lease }) => lease)
    if (this.levels(instance) > 0)
      copies.held[instance] = Array.from({ length: this.levels(instance) }, (_, level) =>
        extents.map((extent) => extent.copies[level]),
      )
  }

  /** Extents that lack one copy and have the others on the same devices are dealt with together. */
  private fillLevel(instance: number, extents: readonly Extent[], level: number, fresh: boolean): readonly Extent[] {
    const groups = new Map<string, number>()
    for (const { lease, copies } of extents)
      if (copies[level].device < 0) {
        const key = devicesOf({ lease, copies }).join(' ')
        groups.set(key, (groups.get(key) ?? 0) + lease.slabs)
      }
    const found = new Map<string, Copy[]>()
    for (const [key, slabs] of groups) found.set(key, this.lease(instance, key.split(' ').map(Number), slabs, fresh))
    return extents.flatMap((extent) =>
      extent.copies[level].device < 0 ? join(extent, level, found.get(devicesOf(extent).join(' '))!) : [extent],
    )
  }

  /** Rather where nothing is shared that can fail, else on any other device. */
  private lease(instance: number, used: readonly number[], slabs: number, fresh: boolean): Copy[] {
    const found: Copy[] = []
    let left = slabs
    for (let most = 0; most <= 2 && left > 0; most += 1) {
      const fits = (device: number): boolean =>
        !used.includes(device) && used.every((other) => this.domains.shared(device, other) <= most)
      for (const lease of this.leasing.leaseCopies(instance, left, fits)) {
        found.push({ ...lease, fresh })
        left -= lease.slabs
      }
    }
    return found
  }

  /** An instance leases other slabs than before: its copies are to be like them. */
  follow(instance: number, before: readonly Lease[], now: readonly Lease[]): void {
    const { slabs, copies } = this.machine
    if (copies.held[instance].length === 0) return
    for (const level of copies.held[instance])
      slabs.giveBack(level.slice(now.length).filter(({ device }) => device >= 0))
    copies.held[instance] = copies.held[instance].map((level) =>
      now.map((lease, i): Copy => {
        const copy = i < before.length ? level[i] : undefined
        if (copy === undefined) return nowhere(lease.slabs)
        if (copy.device >= 0 && lease.slabs < copy.slabs)
          slabs.giveBack([{ ...copy, firstSlab: copy.firstSlab + lease.slabs, slabs: copy.slabs - lease.slabs }])
        return { ...copy, slabs: lease.slabs }
      }),
    )
  }

  /** Slabs of an instance whose copy on one device can move to another; and the most that they would share there with their other copies. */
  movable(instance: number, from: number, to: number): { readonly slabs: number; readonly shared: number } {
    let [slabs, shared] = [0, 0]
    for (const extent of this.extentsOf(instance)) {
      if (!canMove(extent, from, to)) continue
      slabs += extent.lease.slabs
      for (const other of devicesOf(extent))
        if (other !== from) shared = Math.max(shared, this.domains.shared(to, other))
    }
    return { slabs, shared }
  }

  /** Gives back so many slabs that are on a device, with all their copies, those leased last first. */
  takeBack(instance: number, device: number, count: number): void {
    const { kept, taken } = takeLast(this.extentsOf(instance), count, (one) => devicesOf(one).includes(device))
    for (const { lease, copies } of taken)
      this.machine.slabs.giveBack([lease, ...copies.filter((copy) => copy.device >= 0)])
    this.put(instance, kept)
  }

  /** The last slab of an instance that can move from a device is on another one from now on, where `place` is leased for it. */
  moveSlab(instance: number, from: number, place: readonly Lease[]): void {
    const to = place[0].device
    const { kept, taken } = takeLast(this.extentsOf(instance), 1, (one) => canMove(one, from, to))
    const moved = taken.flatMap(({ lease, copies }): readonly Extent[] => {
      this.machine.slabs.giveBack([lease, ...copies].filter(({ device }) => device === from))
      if (lease.device === from) return place.map((there) => ({ lease: there, copies }))
      return [{ lease, copies: copies.map((copy) => (copy.device === from ? { ...place[0], fresh: false } : copy)) }]
    })
    this.put(instance, [...kept, ...moved])
  }

  /** Gives back the further copies of an instance that ends, or of leases that it no longer has. */
  giveBack(instance: number): void {
    const { slabs, copies } = this.machine
    for (const level of copies.held[instance]) slabs.giveBack(level.filter(({ device }) => device >= 0))
    copies.forget(instance)
  }

  /** Gives back all that an instance without a host has kept. */
  letGo(instance: number): void {
    const { slabs, instances } = this.machine
    slabs.giveBack(instances.leases[instance])
    instances.leases[instance] = []
    this.giveBack(instance)
  }

  /** Whether every slab that an instance reads from a device has a copy elsewhere that can be read. */
  survives(instance: number, device: number): boolean {
    const { instances, copies } = this.machine
    const held = copies.held[instance]
    return instances.leases[instance].every(
      (lease, i) => lease.device !== device || held.some((level) => this.isGood(level[i])),
    )
  }

  private isGood({ device, fresh }: Copy): boolean {
    return device >= 0 && !fresh && this.machine.health.down[device] === 0
  }

  /** What a device held of an instance is lost: another copy is read, if it had been this one. Says whether it had. */
  drop(instance: number, device: number): boolean {
    const { slabs } = this.machine
    let switched = false
    const extents = this.extentsOf(instance).map(({ lease, copies }): Extent => {
      for (const copy of copies) if (copy.device === device) slabs.giveBack([copy])
      const left = copies.map((copy) => (copy.device === device ? nowhere(copy.slabs) : copy))
      if (lease.device !== device) return { lease, copies: left }
      slabs.giveBack([lease])
      switched = true
      this.machine.instances.nearShare[instance] = NaN
      const next = this.nearestGood(instance, left)
      const { firstSlab, slabs: count } = left[next]
      return {
        lease: { device: left[next].device, firstSlab, slabs: count },
        copies: replaced(left, next, nowhere(count)),
      }
    })
    this.put(instance, extents)
    return switched
  }

  /** A copy is whole: it is the one that is read, if it is nearer. Says whether it is. */
  filled(instance: number, { to, firstSlab, slabs }: Pick<Transfer, 'to' | 'firstSlab' | 'slabs'>): boolean {
    let switched = false
    const extents = this.extentsOf(instance).map(({ lease, copies }): Extent => {
      const level = copies.findIndex(
        (copy) => copy.device === to && copy.firstSlab === firstSlab && copy.slabs === slabs,
      )
      if (level < 0) return { lease, copies }
      const whole = { ...copies[level], fresh: false }
      if (this.readPs(instance, to) >= this.readPs(instance, lease.device))
        return { lease, copies: replaced(copies, level, whole) }
      switched = true
      this.machine.instances.nearShare[instance] = NaN
      return { lease: { device: to, firstSlab, slabs }, copies: replaced(copies, level, { ...lease, fresh: false }) }
    })
    this.put(instance, extents)
    return switched
  }

  private nearestGood(instance: number, copies: readonly Copy[]): number {
    let best = -1
    copies.forEach((copy, i) => {
      if (!this.isGood(copy)) return
      if (best < 0 || this.readPs(instance, copy.device) < this.readPs(instance, copies[best].device)) best = i
    })
    return best
  }

  /** A read on an idle rack; without a host all devices are as far. */
  private readPs(instance: number, device: number): number {
    const home = this.machine.instances.device[instance]
    return home < 0 ? 0 : readPs(this.machine, this.machine.fabric.routes.between(home, device), device, home)
  }

  private tell(instance: number, extents: readonly Extent[], change: number, fresh: boolean): void {
    const { instances, devices, queue, copies, slabs } = this.machine
    const to = new Set(extents.flatMap((extent) => extent.copies.map((copy) => copy.device)).filter((at) => at >= 0))
    const bytes = change * slabs.devices[extents[0].lease.device]!.slabBytes
    const lacks = missing(extents)
    const rest = lacks > 0 ? `; ${lacks} slabs lack one, as no other device has room` : ''
    this.decisions.add(queue.clock[0], {
      kind: 'memory',
      subject: instances.name(instance),
      from: devices.names[instances.device[instance]],
      to: [...to].map((device) => devices.names[device]).join(' '),
      policy: this.scenario.policies.memory.use,
      reason: `${fresh ? 'makes anew' : 'keeps'} ${gib(bytes)} of further copies, ${copies.wanted} of each slab in all${rest}`,
    })
  }
}
