import type { Machine } from './machine'
import type { KernelCode } from './kernel-code'
import { PROBE_BYTES, type OffloadEstimates } from './offload-estimates'

/** Which GPU a kernel goes to where nothing else says so. */
export class KernelPlaces {
  constructor(
    private readonly machine: Machine,
    private readonly estimates: OffloadEstimates,
  ) {}

  /** Its own GPU; else the device with the fewest kernels, ties to the nearest, then to the lowest number; -1: all are down. */
  choose(from: number, code: KernelCode): number {
    const { devices, gpus, fabric, health } = this.machine
    let best = -1
    let isDown = false
    for (const node of code.pools)
      for (let device = devices.nodeFirst[node]; device < devices.nodeFirst[node + 1]; device += 1) {
        if (device === from) return from
        isDown ||= health.known[device] === 1
        if (health.known[device] === 1 || fabric.routes.between(from, device) < 0) continue
        const fewer = best < 0 ? -1 : gpus.kernels[device] - gpus.kernels[best]
        if (fewer < 0 || (fewer === 0 && this.isNearer(from, device, best))) best = device
      }
    if (best < 0 && !isDown) throw new Error(`no route from ${devices.names[from]} to a GPU for ${code.name}`)
    return best
  }

  private isNearer(from: number, device: number, other: number): boolean {
    const { estimates } = this
    return estimates.idlePs(from, device, PROBE_BYTES) < estimates.idlePs(from, other, PROBE_BYTES)
  }
}

export function reasonOf(code: KernelCode): string {
  return code.offloadTo >= 0 ? 'in the static map' : 'fewest kernels of the GPUs that it may run on'
}
