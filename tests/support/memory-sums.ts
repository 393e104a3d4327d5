import type { Lease } from '../../src/simulator/hardware/slabs'
import type { Run } from '../../src/simulator/run'

/**
 * What does not add up in the far memory of a run: each slab has the owner that says so, no two hold one, what is free is
 * counted, and no device has two copies of a slab.
 */
export function memoryThatDoesNotAddUp(run: Run): readonly string[] {
  const { slabs, instances, copies } = run.machine
  const wrong: string[] = []
  const holders = slabs.devices.map((device) => new Int32Array(device?.slabs ?? 0).fill(-1))
  const hold = (owner: number, { device, firstSlab, slabs: count }: Lease): void => {
    for (let slab = firstSlab; slab < firstSlab + count; slab += 1) {
      if (holders[device][slab] !== -1) wrong.push(`slab ${slab} of device ${device} is held twice`)
      holders[device][slab] = owner
    }
  }
  for (let i = 0; i < instances.count; i += 1) {
    for (const lease of copies.all(i)) hold(i, lease)
    wrong.push(...copiesOf(run, i))
  }
  for (const { instance, reserved } of run.reclaiming.reliefs) for (const lease of reserved) hold(instance, lease)
  const holding = slabs.devices.flatMap((_, device) =>
    [...holders[device]].map((owner, slab) => ({ device, slab, owner })),
  )
  for (const [i, { device, slab, owner }] of holding.entries())
    if (owner !== slabs.owner[i])
      wrong.push(`slab ${slab} of device ${device} is held by ${owner}, not ${slabs.owner[i]}`)
  slabs.devices.forEach((_, device) => {
    const free = holders[device].filter((owner) => owner < 0).length
    if (free !== slabs.free[device])
      wrong.push(`device ${device} has ${free} free slabs and counts ${slabs.free[device]}`)
  })
  return wrong
}

function copiesOf({ machine: { instances, copies } }: Run, instance: number): readonly string[] {
  const leases = instances.leases[instance]
  const held = copies.held[instance]
  return leases.flatMap((lease, i) => {
    const places = [lease, ...held.flatMap((level) => level.slice(i, i + 1))]
    if (places.length <= held.length || places.some((place) => place.slabs !== lease.slabs))
      return [`copies of run ${i} of instance ${instance} are not as long as it`]
    const devices = places.map(({ device }) => device).filter((device) => device >= 0)
    return new Set(devices).size < devices.length
      ? [`two copies of run ${i} of instance ${instance} on one device`]
      : []
  })
}
