import { compared } from './parameters'
import type { PlacementPolicy } from './placement-policy'

/** Any device, all alike. */
export const random: PlacementPolicy = {
  name: 'random',
  summary: 'Any device that has the memory, each with the same chance.',
  parameters: compared,
  choose(request, candidates) {
    const drawn = Math.floor(request.draw(0) * candidates.length)
    return { candidate: drawn, reason: `drawn from ${candidates.length}: ${candidates[drawn].name}` }
  },
}
