import { onFull } from './parameters'
import type { MemoryPolicy } from './memory-policy'

/** As much as fits from the first device, the rest from the next. */
export const firstFit: MemoryPolicy = {
  name: 'first-fit',
  summary: 'Slabs of the first device with room, then of the next.',
  parameters: [onFull],
  allocate(bytes, candidates) {
    let left = bytes
    const slabs = candidates.map((candidate) => {
      const take = Math.min(candidate.freeSlabs, Math.ceil(Math.max(0, left) / candidate.slabBytes))
      left -= take * candidate.slabBytes
      return take
    })
    return left > 0 ? null : slabs
  },
}
