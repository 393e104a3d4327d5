import { compared } from './parameters'
import type { PlacementPolicy } from './placement-policy'

/** The device with most memory left. */
export const worstFit: PlacementPolicy = {
  name: 'worst-fit',
  summary: 'The device that has most memory left; ties by order.',
  parameters: compared,
  choose(_request, candidates) {
    let best = 0
    candidates.forEach(({ freeBytes }, i) => {
      if (freeBytes > candidates[best].freeBytes) best = i
    })
    return { candidate: best, reason: `most memory left: ${candidates[best].name}` }
  },
}
