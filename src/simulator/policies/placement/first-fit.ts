import { compared } from './parameters'
import type { PlacementPolicy } from './placement-policy'

/** The first device that has room. */
export const firstFit: PlacementPolicy = {
  name: 'first-fit',
  summary: 'The first device, in order of the document, that has the memory.',
  parameters: compared,
  choose: (_request, candidates) => ({ candidate: 0, reason: `first device with room: ${candidates[0].name}` }),
}
