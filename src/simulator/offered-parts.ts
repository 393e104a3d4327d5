import { levelShares } from './level-shares'
import type { Machine } from './services/machine'

/** Policies that send requests to whoever has few of them. */
const byLoad: readonly string[] = ['least-loaded', 'power-of-two-choices']

/** Whether a load balancing policy, by its name, lets the less busy take more. */
export function isLevel(policy: string): boolean {
  return byLoad.includes(policy)
}

/** Instances of a service that start and have a device. */
export function placedOf({ instances }: Machine, service: number): readonly number[] {
  const starting = Array.from({ length: instances.services[service].replicas }, (_, i) => instances.first[service] + i)
  return starting.filter((instance) => instances.device[instance] >= 0)
}

/** The share of its service's requests that each instance takes where all that are placed take the same. */
export function evenParts(machine: Machine): Float64Array {
  const parts = new Float64Array(machine.instances.count)
  machine.instances.services.forEach((_, service) => {
    const placed = placedOf(machine, service)
    for (const instance of placed) parts[instance] = 1 / placed.length
  })
  return parts
}

/**
 * The same where requests go to the less busy.
 *
 * @param even such shares, all alike
 * @param own with those, core and stream seconds a second of each instance on its own device
 * @param busy with those, core and stream seconds a second of each device
 */
export function levelParts(machine: Machine, even: Float64Array, own: Float64Array, busy: Float64Array): Float64Array {
  const { instances, cores, gpus } = machine
  const base = busy.slice()
  own.forEach((seconds, i) => {
    if (seconds > 0) base[instances.device[i]] = Math.max(0, base[instances.device[i]] - seconds)
  })
  const capacity = busy.map((_, device) => cores.count[device] || (gpus.devices[device]?.streams ?? 0))
  const groups = instances.services.map((_, service) => byDevice(machine, service))
  const spreads = groups.map((group) => ({
    devices: [...group.keys()],
    work: [...group.values()].map((list) => sumOf(list, own) / sumOf(list, even)),
  }))
  const parts = new Float64Array(instances.count)
  levelShares(spreads, base, capacity).forEach((shares, service) => {
    Array.from(groups[service].values(), (list, i) => {
      for (const instance of list) parts[instance] = shares[i] / list.length
    })
  })
  return parts
}

function byDevice(machine: Machine, service: number): ReadonlyMap<number, readonly number[]> {
  const groups = new Map<number, number[]>()
  for (const instance of placedOf(machine, service)) {
    const device = machine.instances.device[instance]
    const list = groups.get(device)
    if (list === undefined) groups.set(device, [instance])
    else list.push(instance)
  }
  return groups
}

function sumOf(list: readonly number[], column: Float64Array): number {
  return list.reduce((sum, i) => sum + column[i], 0)
}
