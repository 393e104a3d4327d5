import { serializationPs } from '../../units/rate'
import type { Train } from '../hardware/train'
import { routeOf, type Machine } from '../services/machine'

/** Bulk transfers enter the fabric in pieces of about this size, so that other messages get between them. */
export const CHUNK_BYTES = 65536

/** A message on an idle rack, ps. */
export function wayPs(machine: Machine, from: number, to: number, bytes: number): number {
  const { fabric } = machine
  const way: Train = { packets: 1, first: 0, lastButOne: 0, last: 0 }
  fabric.unloaded(fabric.routes.list[routeOf(machine, from, to)], 1, bytes, 0, 0, way)
  return way.last
}

/** How long after the narrowest hop has worked off a volume its last packet arrives on an idle rack, ps. */
export function lastPacketPs(machine: Machine, from: number, to: number, bytes: number): number {
  if (bytes === 0) return 0
  const { routes, ports } = machine.fabric
  const route = routes.list[routeOf(machine, from, to)]
  const packet = Math.min(route.payloadBytes, CHUNK_BYTES, bytes)
  let slowest = 0
  for (const hop of route.channels)
    slowest = Math.max(slowest, serializationPs(packet + ports.header[hop], ports.gbps[hop]))
  return wayPs(machine, from, to, packet) - slowest
}

/** Payload rate after headers of the narrowest hop, bytes per ps. */
export function payloadRate(machine: Machine, from: number, to: number): number {
  const { routes, ports } = machine.fabric
  const route = routes.list[routeOf(machine, from, to)]
  const payload = Math.min(route.payloadBytes, CHUNK_BYTES)
  let rate = Infinity
  for (const hop of route.channels) {
    const share = payload / (payload + ports.header[hop])
    rate = Math.min(rate, (ports.gbps[hop] / 8000) * share)
  }
  return rate
}
