import { dealt, slabBySlab, type MemoryPolicy } from './memory-policy'
import { leasing } from './parameters'

/** Slab by slab from the device with most free memory. */
export const spread: MemoryPolicy = {
  name: 'spread',
  summary: 'Slab by slab from the device that has most free; ties by order.',
  parameters: leasing,
  allocate({ bytes }, candidates) {
    const slabs = slabBySlab(bytes, candidates, ({ freeSlabs, slabBytes }, taken) => (freeSlabs - taken) * slabBytes)
    return slabs && { slabs, reason: `from those with most free: ${dealt(slabs, candidates)}` }
  },
}
