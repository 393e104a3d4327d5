import { compared } from './parameters'
import type { PlacementCandidate, PlacementPolicy } from './placement-policy'

const ranks: readonly ((candidate: PlacementCandidate) => number)[] = [
  (candidate) => candidate.sameInRack,
  (candidate) => candidate.sameAtSwitch,
  (candidate) => candidate.sameOnDevice,
  (candidate) => (candidate.load + candidate.addedLoad) / candidate.cores,
]

/** Replicas apart, so that one failure takes few of them. */
export const antiAffinity: PlacementPolicy = {
  name: 'anti-affinity',
  summary:
    'Fewest instances of the same service in the rack, then at the same switches, then on the device; ties to the least expected work.',
  parameters: compared,
  choose(_request, candidates) {
    let best = 0
    candidates.forEach((candidate, i) => {
      if (comesBefore(candidate, candidates[best])) best = i
    })
    const { sameInRack, sameAtSwitch, sameOnDevice } = candidates[best]
    const reason = `of its service ${sameInRack} in the rack, ${sameAtSwitch} at the switch, ${sameOnDevice} on the device`
    return { candidate: best, reason }
  },
}

function comesBefore(one: PlacementCandidate, other: PlacementCandidate): boolean {
  for (const rank of ranks) if (rank(one) !== rank(other)) return rank(one) < rank(other)
  return false
}
