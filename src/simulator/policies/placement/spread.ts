import { compared } from './parameters'
import type { PlacementPolicy } from './placement-policy'

/** The device with the fewest instances; ties by free memory, then by order. */
export const spread: PlacementPolicy = {
  name: 'spread',
  summary: 'The device with the fewest instances; ties to the one with most free memory.',
  parameters: compared,
  choose(_request, candidates) {
    let best = 0
    candidates.forEach((candidate, i) => {
      const leader = candidates[best]
      const fewer = candidate.instances < leader.instances
      const roomier = candidate.instances === leader.instances && candidate.freeBytes > leader.freeBytes
      if (fewer || roomier) best = i
    })
    const { instances } = candidates[best]
    return { candidate: best, reason: instances === 0 ? 'an empty device' : `fewest instances: ${instances}` }
  },
}
