import type { Machine } from './machine'
import type { KernelCode } from './kernel-code'
import { PROBE_BYTES, type OffloadEstimates } from './offload-estimates'

/** Which GPU a kernel goes to where nothing else says so. */
export class KernelPlaces {
  constructor(
    private readonly machine: Machine,
    private readonly estimates: OffloadEstimates,
  ) {}

  /**
   * Its own GPU; else the device with the fewest kernels, ties to the nearest, then to the lowest number, one to be emptied
   * only where there is no other; -1: all are down or out of reach.
   */
  choose(from: number, code: KernelCode): number {
    const { devices, fabric, health } = this.machine
    let best = -1
    for (const node of code.pools)
      for (let device = devices.nodeFirst[node]; device < devices.nodeFirst[node + 1]; device += 1) {
        if (device === from) return from
        if (health.known[device] === 1 || fabric.routes.between(from, device) < 0) continue
        if (best < 0 || this.isBetter(from, device, best)) best = device
      }
    return best
  }

  private isBetter(from: number, device: number, other: number): boolean {
    const { gpus, health } = this.machine
    const leaves = Math.sign(health.leaving[device]) - Math.sign(health.leaving[other])
    const more = leaves !== 0 ? leaves : gpus.kernels[device] - gpus.kernels[other]
    return more < 0 || (more === 0 && this.isNearer(from, device, other))
  }

  private isNearer(from: number, device: number, other: number): boolean {
    const { estimates } = this
    return estimates.idlePs(from, device, PROBE_BYTES) < estimates.idlePs(from, other, PROBE_BYTES)
  }
}

export function reasonOf(code: KernelCode): string {
  return code.offloadTo >= 0 ? 'in the static map' : 'fewest kernels of the GPUs that it may run on'
}
