import type { Candidate } from './result'
import type { Mirroring } from './mirroring'
import { readPs } from './unloaded'
import { percent, type Watermarks } from './watermarks'
import { canBeFar, type Machine } from './services/machine'

/** Slabs of an instance that are to go from one memory device to another. */
export interface Demotion {
  readonly instance: number
  readonly target: number
  /** Of the device that they leave. */
  readonly slabs: number
  readonly candidates: readonly Candidate[]
}

/** So many candidates of a decision are kept. */
const MOST_CANDIDATES = 32

/** Slabs of an instance that a device holds, to be read or as further copies. */
function slabsOn({ instances, copies }: Machine, instance: number, device: number): number {
  const held = copies.held[instance]
  return instances.leases[instance].reduce((sum, lease, i) => {
    const isThere = lease.device === device || held.some((level) => level[i].device === device)
    return sum + (isThere ? lease.slabs : 0)
  }, 0)
}

/** Instances with whole slabs on a device that they do not need, those with most of them first. */
export function spareSlabs(machine: Machine, device: number): readonly { instance: number; slabs: number }[] {
  const { instances, slabs } = machine
  const { slabBytes } = slabs.devices[device]!
  const list: { instance: number; slabs: number }[] = []
  for (let instance = 0; instance < instances.count; instance += 1) {
    const there = instances.device[instance] < 0 ? 0 : slabsOn(machine, instance, device)
    if (there === 0) continue
    const spare = Math.floor((slabs.bytesOf(instances.leases[instance]) - instances.farNeed[instance]) / slabBytes)
    if (spare > 0) list.push({ instance, slabs: Math.min(there, spare) })
  }
  return list.sort((a, b) => b.slabs - a.slabs || a.instance - b.instance)
}

/**
 * What leaves a device next: slabs of the instance with the least core time for each slab that it leases anywhere, to the
 * emptiest device that it can reach, that has no copy of them, and that stays at its low watermark with them; null where
 * nothing can move. Of slabs that have further copies go those first that share the least with them where they come.
 *
 * @param busyPs core time of each instance, lately
 * @param mayMove whether the slabs of an instance may move now
 */
export function chooseDemotion(
  machine: Machine,
  mirroring: Mirroring,
  marks: Watermarks,
  device: number,
  busyPs: Float64Array,
  mayMove: (instance: number) => boolean,
): Demotion | null {
  const { instances } = machine
  const coldness = (instance: number): number =>
    busyPs[instance] / instances.leases[instance].reduce((sum, { slabs }) => sum + slabs, 0)
  const victims: { instance: number; heat: number }[] = []
  for (let instance = 0; instance < instances.count; instance += 1)
    if (instances.device[instance] >= 0 && slabsOn(machine, instance, device) > 0 && mayMove(instance))
      victims.push({ instance, heat: coldness(instance) })
  victims.sort((a, b) => a.heat - b.heat || a.instance - b.instance)
  for (const { instance } of victims) {
    const targets = targetsOf(machine, mirroring, marks, device, instance)
    if (targets.length === 0) continue
    const [{ target, slabs, movable }] = targets
    const most = Math.min(slabs, movable, marks.excess(device))
    return { instance, target, slabs: most, candidates: toldOf(machine, marks, targets, instances.device[instance]) }
  }
  return null
}

interface Target {
  readonly target: number
  /** Slabs of the device under pressure that it can take; those of the instance that may go there. */
  readonly slabs: number
  readonly movable: number
  /** See `Domains.shared`: with other copies of them. */
  readonly shared: number
}

/** Devices that can take slabs of an instance from one, the emptiest first. */
function targetsOf(
  machine: Machine,
  mirroring: Mirroring,
  marks: Watermarks,
  device: number,
  instance: number,
): readonly Target[] {
  const { slabs, health, fabric, instances } = machine
  const home = instances.device[instance]
  const { slabBytes } = slabs.devices[device]!
  return slabs.devices
    .flatMap((memory, target): readonly Target[] => {
      if (!memory || target === device || health.down[target] !== 0) return []
      const room = Math.floor(marks.room(target) / Math.ceil(slabBytes / memory.slabBytes))
      const { routes } = fabric
      const reaches = (from: number, to: number): boolean => routes.between(from, to) >= 0
      const isJoined = reaches(device, target) && canBeFar(machine, home, target) && reaches(target, home)
      if (room === 0 || !isJoined) return []
      const { slabs: movable, shared } = mirroring.movable(instance, device, target)
      return movable > 0 ? [{ target, slabs: room, movable, shared }] : []
    })
    .sort((a, b) => a.shared - b.shared || marks.use(a.target) - marks.use(b.target) || a.target - b.target)
}

function toldOf(machine: Machine, marks: Watermarks, targets: readonly Target[], home: number): readonly Candidate[] {
  return targets.slice(0, MOST_CANDIDATES).map(({ target, slabs }, i) => {
    const ns = readPs(machine, machine.fabric.routes.between(home, target), target, home) / 1000
    return {
      target: machine.devices.names[target],
      estimateUs: NaN,
      chosen: i === 0,
      note: `${percent(marks.use(target))} leased, takes ${slabs}, ${Math.round(ns)} ns a line`,
    }
  })
}
