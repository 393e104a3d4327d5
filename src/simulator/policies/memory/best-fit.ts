import { fillInOrder, type MemoryPolicy } from './memory-policy'
import { leasing } from './parameters'

/** All from the device that it fills up best, so that large free pieces stay whole. */
export const bestFit: MemoryPolicy = {
  name: 'best-fit',
  summary: 'The device with least left over of those that hold all; else those with most free one after another.',
  parameters: leasing,
  allocate({ bytes }, candidates) {
    const free = candidates.map(({ freeSlabs, slabBytes }) => freeSlabs * slabBytes)
    const fitting = [...candidates.keys()].filter((i) => free[i] >= bytes)
    const best = fitting.reduce((chosen, i) => (chosen < 0 || free[i] < free[chosen] ? i : chosen), -1)
    const order = best < 0 ? [...candidates.keys()].sort((a, b) => free[b] - free[a] || a - b) : [best]
    const slabs = fillInOrder(bytes, candidates, order)
    if (slabs === null) return null
    const reason =
      best < 0
        ? `no device holds all: those with most free, from ${candidates[order[0]].name} on`
        : `least left over: ${candidates[best].freeSlabs - slabs[best]} free slabs of ${candidates[best].name}`
    return { slabs, reason }
  },
}
