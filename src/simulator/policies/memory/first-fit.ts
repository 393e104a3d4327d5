import { fillInOrder, type MemoryPolicy } from './memory-policy'
import { leasing } from './parameters'

/** As much as fits from the first device, the rest from the next. */
export const firstFit: MemoryPolicy = {
  name: 'first-fit',
  summary: 'Slabs of the first device with room, then of the next.',
  parameters: leasing,
  allocate({ bytes }, candidates) {
    const slabs = fillInOrder(bytes, candidates, [...candidates.keys()])
    if (slabs === null) return null
    const first = candidates[slabs.findIndex((count) => count > 0)]
    return { slabs, reason: `first device with room: ${first.name}` }
  },
}
