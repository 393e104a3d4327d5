import { compared } from './parameters'
import type { PlacementCandidate, PlacementPolicy } from './placement-policy'

/** The better of two devices drawn. */
export const powerOfTwoChoices: PlacementPolicy = {
  name: 'power-of-two-choices',
  summary: 'Of two devices drawn, the one whose cores have less expected work; ties to fewer instances.',
  parameters: compared,
  choose(request, candidates) {
    const first = Math.floor(request.draw(0) * candidates.length)
    if (candidates.length === 1) return { candidate: 0, reason: `only ${candidates[0].name} has room` }
    const second = (first + 1 + Math.floor(request.draw(1) * (candidates.length - 1))) % candidates.length
    const isSecond = isBetter(candidates[second], candidates[first])
    const [chosen, other] = isSecond ? [second, first] : [first, second]
    return { candidate: chosen, reason: `less to do than ${candidates[other].name}, the other one drawn` }
  },
}

function isBetter(one: PlacementCandidate, other: PlacementCandidate): boolean {
  const [use, otherUse] = [one.load / one.cores, other.load / other.cores]
  return use < otherUse || (use === otherUse && one.instances < other.instances)
}
