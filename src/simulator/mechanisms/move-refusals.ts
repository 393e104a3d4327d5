import type { Machine } from '../services/machine'
import type { Mechanism } from './migration-state'

/** Why a device cannot take an instance over, in whatever way; null: it can. */
export function hindranceTo(machine: Machine, instance: number, to: number): string | null {
  const { instances, devices, local, fabric, gpus, health, copies, queue } = machine
  const name = instances.name(instance)
  const from = instances.device[instance]
  if (from < 0) return `${name} is not placed`
  if (!instances.usable(instance)) return `${name} is ending or not up yet`
  if (from === to) return `${name} is on ${devices.names[to]} already`
  if (health.known[to] === 1) return `${devices.names[to]} has failed`
  if (!instances.spec(instance).runsOn.includes(devices.kinds[to]))
    return `${instances.spec(instance).id} does not run on ${devices.kinds[to]}`
  if (fabric.routes.between(from, to) < 0) return `no route from ${devices.names[from]} to ${devices.names[to]}`
  if ((gpus.devices[from] === null) !== (gpus.devices[to] === null))
    return `what runs on ${kindOf(machine, from)} cannot go on on ${kindOf(machine, to)}`
  if (local.roomBytes(to) < instances.localBytes[instance]) return `${devices.names[to]} has not the local memory`
  if (copies.answersAt[instance] > queue.clock[0]) return `the memory of ${name} does not answer`
  const own = copies.all(instance).some((lease) => lease.device === to)
  if (own) return `${devices.names[to]} holds far memory of ${name}, which would not be far there`
  const lost = copies.all(instance).find((lease) => fabric.routes.between(to, lease.device) < 0)
  return lost ? `${devices.names[to]} cannot reach ${devices.names[lost.device]}, which holds its memory` : null
}

function kindOf({ gpus }: Machine, device: number): string {
  return gpus.devices[device] === null ? 'cores' : 'a GPU'
}

/** Why a mechanism cannot move an instance; null: it can. */
export function unsuited(machine: Machine, instance: number, mechanism: Mechanism): string | null {
  const { instances, slabs, gpus } = machine
  const facts = {
    name: instances.name(instance),
    stateBytes: stateBytesOf(machine, instance),
    localBytes: instances.localBytes[instance],
    leasedBytes: slabs.bytesOf(instances.leases[instance]),
    onGpu: gpus.devices[instances.device[instance]] !== null,
  }
  return mechanism.refusal?.(facts) ?? null
}

/** What of an instance a mechanism that copies has to send. */
export function stateBytesOf({ instances }: Machine, instance: number): number {
  const { stateBytes } = instances.spec(instance)
  return stateBytes >= 0 ? stateBytes : instances.localBytes[instance]
}
