import { fillInOrder, type MemoryPolicy } from './memory-policy'
import { leasing } from './parameters'

/** The device whose answers take least time, then the next nearest. */
export const nearest: MemoryPolicy = {
  name: 'nearest',
  summary: 'Slabs of the device with the least idle latency from the host, then of the next; ties to most free memory.',
  parameters: leasing,
  allocate({ bytes, from }, candidates) {
    const order = [...candidates.keys()].sort((a, b) => {
      const [one, other] = [candidates[a], candidates[b]]
      const roomier = other.freeSlabs * other.slabBytes - one.freeSlabs * one.slabBytes
      return one.latencyNs - other.latencyNs || roomier || a - b
    })
    const slabs = fillInOrder(bytes, candidates, order)
    if (slabs === null) return null
    const used = order.filter((i) => slabs[i] > 0).map((i) => candidates[i])
    const farther = used.slice(1).map(({ name, latencyNs }) => `${name} at ${Math.round(latencyNs)} ns`)
    const { name, latencyNs } = used[0]
    const rest = farther.length === 0 ? '' : `; the rest on ${farther.join(', ')}`
    return { slabs, reason: `nearest to ${from}: ${name} at ${Math.round(latencyNs)} ns${rest}` }
  },
}
