import type { DeviceKind } from '../scenario'
import { oneOf, shown, suggestion } from '../words'
import type { Place } from './place'
import { listItems } from './place'

const deviceKinds: readonly DeviceKind[] = ['cpu', 'memory', 'gpu', 'nic']

/** Reads a list of device kinds, `["cpu"]` where it is left out; kinds that nothing runs on yet are refused. */
export function readKinds(place: Place, subject: string, supported: readonly DeviceKind[]): readonly DeviceKind[] {
  if (!place.isGiven) return ['cpu']
  const kinds: DeviceKind[] = []
  for (const item of listItems(place, subject)) {
    const kind = deviceKinds.find((name) => name === item.value)
    if (kind === undefined)
      item.error(`${subject} needs ${oneOf(deviceKinds)}; got ${shown(item.value)}${kindHint(item.value)}`)
    else if (kinds.includes(kind)) item.error(`every kind once; got ${shown(kind)} again`)
    else if (!supported.includes(kind))
      item.error(`not supported yet: ${shown(kind)} (supported: ${supported.join(', ')})`)
    if (kind !== undefined) kinds.push(kind)
  }
  return kinds
}

function kindHint(value: unknown): string {
  return typeof value === 'string' ? suggestion(value, deviceKinds) : ''
}
