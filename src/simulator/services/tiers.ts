import type { Lease } from '../hardware/slabs'
import { Distances } from './distances'
import type { Machine } from './machine'

/** Devices count as equally near whose lines take no more than this times as long as those of the nearest. */
const ALIKE = 1.1

/** The far memory of an instance: the devices that are nearest to it, and the others, nearest first. */
export interface Split {
  readonly near: readonly number[]
  readonly far: readonly number[]
  /** Share of its slabs on the near ones. */
  readonly share: number
  /** What a line from there takes on an idle rack, the mean over its slabs, µs. */
  readonly nearUs: number
  readonly farUs: number
}

interface Known {
  readonly leases: readonly Lease[]
  readonly home: number
  readonly split: Split | null
}

/** Sorts the memory devices of instances by their distance; nothing here changes during a run. */
export class Tiers {
  private distances: Distances | null = null
  private readonly known: (Known | undefined)[] = []

  constructor(private readonly machine: Machine) {}

  /** null: all its far memory is equally far, or none, or no way leads from the far ones to the near. */
  split(instance: number): Split | null {
    const { instances } = this.machine
    const leases = instances.leases[instance]
    const home = instances.device[instance]
    const known = this.known[instance]
    if (known?.leases === leases && known.home === home) return known.split
    const split = this.sort(leases, home)
    this.known[instance] = { leases, home, split }
    return split
  }

  /** Whether ways lead from one to the other and back, over which pages could change places. */
  private exchange(one: number, other: number): boolean {
    const { routes } = this.machine.fabric
    return routes.reaches(one, other) && routes.reaches(other, one)
  }

  private sort(leases: readonly Lease[], home: number): Split | null {
    this.distances ??= new Distances(this.machine)
    const { distances } = this
    const slabs = new Map<number, number>()
    for (const { device, slabs: count } of leases) slabs.set(device, (slabs.get(device) ?? 0) + count)
    const seconds = new Map([...slabs.keys()].map((device) => [device, distances.readSeconds(home, device)]))
    const order = [...slabs.keys()].sort((a, b) => seconds.get(a)! - seconds.get(b)! || a - b)
    const near = order.filter((device) => seconds.get(device)! <= ALIKE * seconds.get(order[0])!)
    const far = order.slice(near.length)
    if (far.length === 0 || !this.exchange(near[0], far[0])) return null
    const sum = (of: readonly number[], value: (device: number) => number): number =>
      of.reduce((total, device) => total + value(device), 0)
    const count = (device: number): number => slabs.get(device)!
    const meanUs = (of: readonly number[]): number =>
      (1e6 * sum(of, (device) => count(device) * seconds.get(device)!)) / sum(of, count)
    return { near, far, share: sum(near, count) / sum(order, count), nearUs: meanUs(near), farUs: meanUs(far) }
  }
}

/** Shares of the misses by device, summed up: as the slabs are. */
export function bySlabs(slabs: ReadonlyMap<number, number>): Float64Array {
  const all = [...slabs.values()].reduce((sum, count) => sum + count, 0)
  let sum = 0
  return Float64Array.from(slabs.values(), (count) => (sum += count) / all)
}

/** The same where a share of them goes to the near devices, and among these and the others as the slabs are. */
export function byTier(slabs: ReadonlyMap<number, number>, split: Split, nearShare: number): Float64Array {
  const all = [...slabs.values()].reduce((sum, count) => sum + count, 0)
  let sum = 0
  return Float64Array.from(slabs, ([device, count]) => (sum += (count / all) * ratioOf(device, split, nearShare)))
}

/** How many times more misses a slab on a device gets than the mean of all slabs. */
export function ratioOf(device: number, split: Split | null, nearShare: number): number {
  if (split === null) return 1
  return split.near.includes(device) ? nearShare / split.share : (1 - nearShare) / (1 - split.share)
}
