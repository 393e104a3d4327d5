import { dealt, slabBySlab, type MemoryPolicy } from './memory-policy'
import { leasing } from './parameters'

/**
 * Each slab from the device whose share, with it, is read through soonest: the largest of slabs over bandwidth is as
 * small as whole slabs allow (highest averages, D'Hondt), and with it the time to read all of it.
 */
export const interleave: MemoryPolicy = {
  name: 'interleave',
  summary: 'Slabs of all devices in proportion to their bandwidth, as far as they have room.',
  parameters: leasing,
  allocate({ bytes }, candidates) {
    const rank = ({ bandwidthGBps, slabBytes }: (typeof candidates)[number], taken: number): number =>
      bandwidthGBps / ((taken + 1) * slabBytes)
    const slabs = slabBySlab(bytes, candidates, rank)
    return slabs && { slabs, reason: `in proportion to bandwidth: ${dealt(slabs, candidates)}` }
  },
}
