import { compared } from './parameters'
import type { PlacementCandidate, PlacementPolicy } from './placement-policy'

/** The device whose scarcest resource is left least used (after A. Ghodsi et al., NSDI 2011, for where rather than who). */
export const dominantResourceFit: PlacementPolicy = {
  name: 'dominant-resource-fit',
  summary: 'The device where the larger of its shares of memory and of expected core time in use stays least.',
  parameters: compared,
  choose({ localBytes }, candidates) {
    const shares = candidates.map((candidate) => sharesOf(candidate, localBytes))
    const dominant = shares.map(([memory, cores]) => Math.max(memory, cores))
    let best = 0
    dominant.forEach((share, i) => {
      if (share < dominant[best]) best = i
    })
    const [memory, cores] = shares[best]
    const name = memory > cores ? 'memory' : 'cores'
    return { candidate: best, reason: `least dominant share: ${Math.round(dominant[best] * 100)} % of ${name}` }
  },
}

function sharesOf(
  { freeBytes, capacityBytes, load, addedLoad, cores }: PlacementCandidate,
  bytes: number,
): [number, number] {
  const memory = capacityBytes > 0 ? (capacityBytes - freeBytes + bytes) / capacityBytes : 0
  return [memory, (load + addedLoad) / cores]
}
