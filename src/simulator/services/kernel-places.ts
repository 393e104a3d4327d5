import type { Train } from '../hardware/train'
import { routeOf, type Machine } from './machine'
import type { KernelCode } from './kernel-code'

/** Which GPU a kernel goes to where nothing else says so. */
export class KernelPlaces {
  /** Unloaded way of a small message between two devices, ps, by pair. */
  private readonly ways = new Map<number, number>()
  private version = -1

  constructor(private readonly machine: Machine) {}

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
        if (fewer < 0 || (fewer === 0 && this.way(from, device) < this.way(from, best))) best = device
      }
    if (best < 0 && !isDown) throw new Error(`no route from ${devices.names[from]} to a GPU for ${code.name}`)
    return best
  }

  private way(from: number, to: number): number {
    const { fabric, devices } = this.machine
    if (this.version !== fabric.routes.version) this.ways.clear()
    this.version = fabric.routes.version
    const key = from * devices.names.length + to
    const known = this.ways.get(key)
    if (known !== undefined) return known
    const train: Train = { packets: 1, first: 0, lastButOne: 0, last: 0 }
    fabric.unloaded(fabric.routes.list[routeOf(this.machine, from, to)], 1, 64, 0, 0, train)
    this.ways.set(key, train.last)
    return train.last
  }
}

export function reasonOf(code: KernelCode): string {
  return code.offloadTo >= 0 ? 'in the static map' : 'fewest kernels of the GPUs that it may run on'
}
