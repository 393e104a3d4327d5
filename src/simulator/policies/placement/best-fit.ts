import { compared } from './parameters'
import type { PlacementPolicy } from './placement-policy'

/** The fullest device that still has room. */
export const bestFit: PlacementPolicy = {
  name: 'best-fit',
  summary: 'The device that has least memory left among those that have enough; ties by order.',
  parameters: compared,
  choose(_request, candidates) {
    let best = 0
    candidates.forEach(({ freeBytes }, i) => {
      if (freeBytes < candidates[best].freeBytes) best = i
    })
    return { candidate: best, reason: `least memory left that is enough: ${candidates[best].name}` }
  },
}
