import type { Mirroring } from './mirroring'
import type { Machine } from './services/machine'
import type { Transfer, Transfers } from './transfers'

/** Copies of far memory that were lost are made anew where there is room, one run of slabs of an instance after another. */
export class Rebuilding {
  constructor(
    private readonly machine: Machine,
    private readonly mirroring: Mirroring,
    private readonly transfers: Transfers,
    /** An instance reads another copy. */
    private readonly moved: (instance: number) => void,
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
  filled(transfer: Transfer): void {
    const { copies } = this.machine
    const { instance, bytes } = transfer
    copies.counts[1] += bytes
    if (this.mirroring.filled(instance, transfer)) this.moved(instance)
    this.look(instance)
  }
}
