import { onFull } from './parameters'
import type { MemoryPolicy } from './memory-policy'

/** Slab by slab from the device with most free memory. */
export const spread: MemoryPolicy = {
  name: 'spread',
  summary: 'Slab by slab from the device that has most free; ties by order.',
  parameters: [onFull],
  allocate(bytes, candidates) {
    const slabs = candidates.map(() => 0)
    let left = bytes
    while (left > 0) {
      let best = -1
      let most = 0
      candidates.forEach((candidate, i) => {
        const free = (candidate.freeSlabs - slabs[i]) * candidate.slabBytes
        if (free > most) [best, most] = [i, free]
      })
      if (best < 0) return null
      slabs[best] += 1
      left -= candidates[best].slabBytes
    }
    return slabs
  },
}
