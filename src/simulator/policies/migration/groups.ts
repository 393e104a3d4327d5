import type { MigrationInstance, MigrationView } from './migration-policy'

/** Instances that may move, grouped by who talks with whom, through others too; each group ascending. */
export function talkingGroups(view: MigrationView): number[][] {
  const group = new Map<number, number[]>()
  view.instances.forEach((instance, i) => {
    if (!instance.movable || group.has(i)) return
    const members: number[] = []
    const found = [i]
    for (let next = found.pop(); next !== undefined; next = found.pop()) {
      if (group.has(next)) continue
      group.set(next, members)
      members.push(next)
      for (const peer of view.instances[next].peers)
        if (peer.instance >= 0 && view.instances[peer.instance].movable) found.push(peer.instance)
    }
    members.sort((a, b) => a - b)
  })
  return [...new Set(group.values())]
}

/** Requests that a group exchanges with others, or its members with each other where there are no others. */
export function requestsOf(view: MigrationView, members: readonly number[]): number {
  const inside = new Set(members)
  let [within, beyond] = [0, 0]
  for (const member of members)
    for (const { instance, requests } of view.instances[member].peers)
      if (inside.has(instance)) within += requests / 2
      else beyond += requests
  return beyond > 0 ? beyond : within
}

/** Time on the way of all requests and answers of a group, with its members on the given devices, µs. */
export function wayUs(view: MigrationView, devices: ReadonlyMap<number, number>): number {
  let sum = 0
  for (const [member, device] of devices)
    for (const peer of view.instances[member].peers) {
      const other =
        devices.get(peer.instance) ?? (peer.instance < 0 ? peer.device : view.instances[peer.instance].goesTo)
      const counted = devices.has(peer.instance) ? peer.requests / 2 : peer.requests
      sum += counted * view.roundTripUs(device, other)
    }
  return sum
}

/** Whether an instance would read its remote memory about as fast from a device as from where it is. */
export function keepsItsMemory(instance: MigrationInstance, target: number): boolean {
  return instance.readUs(target) <= 1.5 * instance.readUs(instance.device)
}
