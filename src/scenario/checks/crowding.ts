import { GIB, MIB } from '../../units/data'
import type { Service, TopologyNode } from '../scenario'
import { quoted } from '../words'
import type { Complain } from './draft'
import { localGiBOf, type Hosts } from './hosts'

/** Instances of a service that want local memory, and where they may be placed. */
interface Crowd {
  readonly index: number
  readonly id: string
  readonly replicas: number
  /** Local memory of each, bytes; more than 0. */
  readonly bytes: number
  readonly ground: Ground
}

/** Devices that may run a service: so many of each pool, by a key that names pool, or pool and device. */
type Ground = ReadonlyMap<string, { readonly node: TopologyNode; readonly count: number }>

/** Warns of instances that never fit into the local memory of their devices together. */
export function checkCrowding(services: readonly Service[], hosts: Hosts, warn: Complain): void {
  const crowds = services.flatMap((service, index) => crowdOf(service, index, hosts))
  const grounds = [...new Map(crowds.map(({ ground }) => [[...ground.keys()].join(' '), ground])).values()]
  const told = new Set<Crowd>()
  for (const ground of grounds.sort((a, b) => a.size - b.size)) {
    const within = crowds.filter((crowd) => !told.has(crowd) && isWithin(crowd.ground, ground))
    const message = tooMany(within, ground)
    if (message === null) continue
    warn(placeOf(within), message)
    for (const crowd of within) told.add(crowd)
  }
}

function placeOf(crowds: readonly Crowd[]): string {
  return crowds.length === 1
    ? crowds.map(({ index }) => `application.services[${index}]`).join('')
    : 'application.services'
}

/** None where one instance alone is too large, of which there is a warning already. */
function crowdOf(service: Service, index: number, hosts: Hosts): readonly Crowd[] {
  const { id, replicas, footprintMiB, localShare, on } = service
  const bytes = Math.ceil(footprintMiB * MIB * localShare)
  const device = on?.device ?? null
  const ground = new Map(
    hosts
      .of(service)
      .map((node) => [
        device === null ? node.id : `${node.id}.${device}`,
        { node, count: device === null ? node.count : 1 },
      ]),
  )
  const fits = [...ground.values()].some(({ node }) => bytes <= capacityOf(node))
  return bytes > 0 && replicas > 0 && fits ? [{ index, id, replicas, bytes, ground }] : []
}

/** Whether all devices of one ground are devices of the other. */
function isWithin(inner: Ground, outer: Ground): boolean {
  return [...inner].every(([key, { node }]) => outer.has(key) || outer.has(node.id))
}

function tooMany(crowds: readonly Crowd[], ground: Ground): string | null {
  const need = crowds.reduce((sum, { replicas, bytes }) => sum + replicas * bytes, 0)
  const room = roomFor(ground, capacityOf)
  const pools = [...new Set([...ground.values()].map(({ node }) => quoted(node.id)))].join(', ')
  if (need > room)
    return `the instances of ${namesOf(crowds)} need ${mib(need)} MiB of local memory together, ${pools} ${has(ground)} ${mib(room)} MiB: not all can be placed at once`
  const large: Crowd[] = []
  let count = 0
  for (const crowd of [...crowds].sort((a, b) => b.bytes - a.bytes)) {
    large.push(crowd)
    count += crowd.replicas
    const places = roomFor(ground, (node) => Math.floor(capacityOf(node) / crowd.bytes))
    if (count > places)
      return `the ${count} instances of ${namesOf(large)} need ${mib(crowd.bytes)} MiB or more of local memory each, ${pools} ${has(ground)} room for ${places} of them: not all can be placed at once`
  }
  return null
}

function roomFor(ground: Ground, of: (node: TopologyNode) => number): number {
  return [...ground.values()].reduce((sum, { node, count }) => sum + count * of(node), 0)
}

function capacityOf(node: TopologyNode): number {
  return localGiBOf(node) * GIB
}

function namesOf(crowds: readonly Crowd[]): string {
  return crowds.map(({ id }) => quoted(id)).join(', ')
}

function has(ground: Ground): string {
  return ground.size === 1 ? 'has' : 'have'
}

function mib(bytes: number): number {
  return Number((bytes / MIB).toPrecision(12))
}
