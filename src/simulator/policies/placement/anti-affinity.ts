import { compared } from './parameters'
import type { PlacementCandidate, PlacementPolicy } from './placement-policy'

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
  if (one.sameInRack !== other.sameInRack) return one.sameInRack < other.sameInRack
  if (one.sameAtSwitch !== other.sameAtSwitch) return one.sameAtSwitch < other.sameAtSwitch
  if (one.sameOnDevice !== other.sameOnDevice) return one.sameOnDevice < other.sameOnDevice
  return useWith(one) < useWith(other)
}

const useWith = ({ load, addedLoad, cores }: PlacementCandidate): number => (load + addedLoad) / cores
