import { useMemo } from 'react'
import { useStore } from 'zustand'
import { changedPaths } from '../../app/changed-paths'
import { getAt, isObject, objectsAt, textOf } from '../../app/document-path'
import type { ScenarioDocument } from '../../scenario/scenario'
import type { RunState } from '../../stores/run-store'
import { chipCode, serviceCodes } from '../stage/chip-code'
import type { InstancePlaces, SlabLeases } from '../stage/Stage'
import { useDocument, usePage } from '../widgets/page-context'

interface Living {
  /** For the stage. */
  readonly places: InstancePlaces
  readonly leases: SlabLeases
  /** For the outline: node id to `kv-0 on cpu.0`. */
  readonly words: ReadonlyMap<string, readonly string[]>
}

/** Where instances begin: as the last run placed them if nothing that matters changed since, else only those that are pinned. */
export function useLiving(): Living {
  const { session } = usePage()
  const document = useDocument((state) => state.document)
  const ran = useStore(session.runStore, (state) => state.document)
  const shape = useStore(session.runStore, (state) => state.shape)
  const occupancy = useStore(session.runStore, (state) => state.occupancy)
  const isSame = useMemo(() => ran !== null && !changedPaths(ran, document).some(movesInstances), [ran, document])
  return useMemo(() => {
    const devices = isSame && shape !== null ? placedDevices(shape, occupancy) : pinnedDevices(document)
    const leases = isSame && shape !== null ? leasedSlabs(shape, occupancy) : new Map()
    const codes = serviceCodes(objectsAt(document, ['application', 'services']).map((service) => textOf(service.id)))
    return { places: byNode(devices, codes), leases, words: inWords(devices) }
  }, [isSame, shape, occupancy, document])
}

const movesInstances = (path: string): boolean =>
  /^(topology|application|policies)/.test(path) && !/\.(at(\.[xy])?|label)$/.test(path)

/** `kv.0` to `cpu.1` */
type Devices = ReadonlyMap<string, string>

function placedDevices(shape: NonNullable<RunState['shape']>, occupancy: RunState['occupancy']): Devices {
  const devices = new Map<string, string>()
  for (const change of occupancy) {
    const instance = shape.instances[change.instance]?.id
    const device = shape.devices[change.device]?.id
    if (instance !== undefined && device !== undefined && !devices.has(instance)) devices.set(instance, device)
  }
  return devices
}

/** First leases of every instance: `mem.0` to its slabs and whose they are. */
function leasedSlabs(shape: NonNullable<RunState['shape']>, occupancy: RunState['occupancy']): SlabLeases {
  const known = new Set<number>()
  const leases = new Map<string, Map<number, { firstSlab: number; slabs: number; owner: number }[]>>()
  for (const change of occupancy) {
    if (change.device < 0 || known.has(change.instance)) continue
    known.add(change.instance)
    for (const lease of change.leases) {
      const [node = '', device = ''] = (shape.devices[lease.device]?.id ?? '').split('.')
      const rows = leases.get(node) ?? new Map<number, { firstSlab: number; slabs: number; owner: number }[]>()
      rows.set(Number(device), [
        ...(rows.get(Number(device)) ?? []),
        { firstSlab: lease.firstSlab, slabs: lease.slabs, owner: change.instance },
      ])
      leases.set(node, rows)
    }
  }
  return leases
}

function pinnedDevices(document: ScenarioDocument): Devices {
  const devices = new Map<string, string>()
  for (const service of objectsAt(document, ['application', 'services'])) {
    const device = getAt(service.on, ['device'])
    if (!isObject(service.on) || typeof device !== 'number') continue
    const count = typeof service.replicas === 'number' ? Math.min(service.replicas, 100) : 1
    for (let i = 0; i < count; i += 1) devices.set(`${textOf(service.id)}.${i}`, `${textOf(service.on.node)}.${device}`)
  }
  return devices
}

function byNode(devices: Devices, codes: ReadonlyMap<string, string>): InstancePlaces {
  const places = new Map<string, Map<number, string[]>>()
  for (const [instance, device] of devices) {
    const cut = device.lastIndexOf('.')
    const node = device.slice(0, cut)
    const index = Number(device.slice(cut + 1))
    const rows = places.get(node) ?? new Map<number, string[]>()
    rows.set(index, [...(rows.get(index) ?? []), chipCode(codes, instance)])
    places.set(node, rows)
  }
  return places
}

function inWords(devices: Devices): Map<string, string[]> {
  const words = new Map<string, string[]>()
  for (const [instance, device] of [...devices].slice(0, 500)) {
    const node = device.slice(0, device.lastIndexOf('.'))
    words.set(node, [...(words.get(node) ?? []), `${instance.replace('.', '-')} on ${device}`])
  }
  return words
}
