import type { Mirroring } from './mirroring'
import type { Machine } from './services/machine'
import type { Transfer, Transfers } from './transfers'

/** Copies of far memory that were lost are made anew where there is room, one run of slabs of an instance after another. */
export class Rebuilding {
  constructor(
    private readonly machine: Machine,
    private readonly mirroring: Mirroring,
    private readonly transfers: Transfers,
  ) {}

  /** Memory is free again, or it is known what has been lost. */
  lookAtAll(): void {
    if (!this.mirroring.isOn) return
    for (let i = 0; i < this.machine.instances.count; i += 1) this.look(i)
  }

  private look(instance: number): void {
    const { instances, copies, queue, slabs } = this.machine
    if (instances.leases[instance].length === 0 || copies.knownAt[instance] > queue.clock[0]) return
    if (instances.device[instance] < 0 || this.transfers.isAtWork(instance, false)) return
    this.mirroring.fill(instance, true)
    for (const level of copies.held[instance])
      for (const [i, copy] of level.entries()) {
        if (!copy.fresh || copy.device < 0) continue
        const from = instances.leases[instance][i].device
        if (this.machine.fabric.routes.between(from, copy.device) < 0) continue
        const { firstSlab, slabs: count, device } = copy
        const bytes = count * slabs.devices[device]!.slabBytes
        this.transfers.begin({ instance, from, to: device, bytes, firstSlab, slabs: count })
        return
      }
  }

  /** A copy is complete. */
  filled({ instance, to, firstSlab, slabs, bytes }: Transfer): void {
    const { copies } = this.machine
    copies.counts[1] += bytes
    copies.held[instance] = copies.held[instance].map((level) =>
      level.map((copy) =>
        copy.device === to && copy.firstSlab === firstSlab && copy.slabs === slabs ? { ...copy, fresh: false } : copy,
      ),
    )
    this.look(instance)
  }
}
