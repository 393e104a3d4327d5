import { compared } from './parameters'
import type { PlacementCandidate, PlacementOptimum, PlacementPolicy } from './placement-policy'

/** The best placement of all instances together, by branch and bound. */
export const exact: PlacementPolicy = {
  name: 'exact',
  summary:
    'All together at the least expected time per request on links and at cores, by branch and bound; where that is too much, one by one.',
  parameters: compared,
  choose(request, candidates, parameters) {
    const optimum = request.optimum(Number(parameters['mostNodes']))
    if (optimum.candidate >= 0) return { candidate: optimum.candidate, reason: reasonOf(optimum) }
    const best = cheapest(candidates)
    return {
      candidate: best,
      reason: 'no exact search: too many instances and devices, or not all fit; adds least by itself',
    }
  },
}

function reasonOf({ isProven, nodes, costUs, boundUs }: PlacementOptimum): string {
  const cost = `${costUs.toPrecision(4)} µs per request`
  if (isProven) return `optimal: ${cost}, proven after ${nodes} nodes`
  return `best found: ${cost} after ${nodes} nodes, none is below ${boundUs.toPrecision(4)} µs`
}

function cheapest(candidates: readonly PlacementCandidate[]): number {
  let best = 0
  candidates.forEach(({ estimateUs }, i) => {
    if (estimateUs < candidates[best].estimateUs) best = i
  })
  return best
}
