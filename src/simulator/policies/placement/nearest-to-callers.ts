import { compared, fillTo } from './parameters'
import type { PlacementCandidate, PlacementPolicy } from './placement-policy'

/** Where its traffic has the shortest ways. */
export const nearestToCallers: PlacementPolicy = {
  name: 'nearest-to-callers',
  summary:
    'Least expected bytes times distance to the callers and callees placed so far, NICs and memory, on devices below a utilization.',
  parameters: [fillTo, ...compared],
  choose(_request, candidates, parameters) {
    const most = Number(parameters['fillTo'])
    const free = candidates.map((candidate) => (candidate.load + candidate.addedLoad) / candidate.cores <= most)
    const isAny = !free.includes(true)
    let best = -1
    candidates.forEach((candidate, i) => {
      if (isAny || free[i]) best = best < 0 || isNearer(candidate, candidates[best]) ? i : best
    })
    const bytes = candidates[best].bytesUnderWay
    const note = isAny ? `, though every device would be over ${Math.round(most * 100)} %` : ''
    return { candidate: best, reason: `least bytes times distance: ${bytes.toPrecision(3)} bytes under way${note}` }
  },
}

function isNearer(one: PlacementCandidate, other: PlacementCandidate): boolean {
  if (one.bytesUnderWay !== other.bytesUnderWay) return one.bytesUnderWay < other.bytesUnderWay
  return one.load / one.cores < other.load / other.cores
}
