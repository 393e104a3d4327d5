import { compared } from './parameters'
import type { PlacementPolicy } from './placement-policy'

/** One device after another. */
export const roundRobin: PlacementPolicy = {
  name: 'round-robin',
  summary: 'The devices one after another, past those that have not the memory.',
  parameters: compared,
  choose: ({ next }, candidates) => ({ candidate: next, reason: `next in turn: ${candidates[next].name}` }),
}
