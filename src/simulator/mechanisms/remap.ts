import { GIB } from '../../units/data'
import { sendingPs, type Mechanism } from './migration-state'

/**
 * The state stays in the memory pool, whose slabs are mapped at the target. Only the execution context and what the old
 * host's cache has not written back move; the new host's cache starts with that and warms. So the downtime does not grow
 * with the footprint.
 */
export const remap: Mechanism = {
  name: 'remap',
  summary:
    'State stays in the memory pool; the execution context and dirty cached bytes move, and the cache warms anew.',
  refusal({ name, stateBytes, localBytes, leasedBytes }) {
    if (leasedBytes === 0) return `${name} leases nothing from a memory pool, so its state cannot stay there`
    const rest = stateBytes - localBytes
    if (leasedBytes >= rest) return null
    return `${name} leases ${gib(leasedBytes)} from memory pools, less than the ${gib(rest)} of its state that it does not cache`
  },
  begin(_move, mover) {
    mover.stop()
    mover.send(mover.contextBytes + mover.dirtyCachedBytes)
  },
  sent(_move, mover) {
    mover.handOver()
  },
  resumed(move, mover) {
    mover.coolCache(Math.max(0, move.volume - mover.contextBytes))
    mover.complete()
  },
  estimate(mover) {
    const time = sendingPs(mover, mover.contextBytes + mover.dirtyCachedBytes) + mover.handshakePs
    return { total: time, downtime: time }
  },
}

function gib(bytes: number): string {
  return `${(bytes / GIB).toFixed(2)} GiB`
}
