import { compared, fillTo } from './parameters'
import type { PlacementCandidate, PlacementPolicy } from './placement-policy'

/** Where its traffic has the shortest ways. */
export const nearestToCallers: PlacementPolicy = {
  name: 'nearest-to-callers',
  summary:
    'Least expected bytes times distance to the callers and callees placed so far, NICs and memory, on devices below a utilization; else the least busy one.',
  parameters: [fillTo, ...compared],
  choose(_request, candidates, parameters) {
    const most = Number(parameters['fillTo'])
    let best = -1
    let least = 0
    candidates.forEach((candidate, i) => {
      if (useWith(candidate) < useWith(candidates[least])) least = i
      if (useWith(candidate) <= most && (best < 0 || isNearer(candidate, candidates[best]))) best = i
    })
    if (best < 0) return { candidate: least, reason: `every device would be over ${percent(most)}: the least busy one` }
    const bytes = candidates[best].bytesUnderWay.toPrecision(3)
    return { candidate: best, reason: `least bytes times distance: ${bytes} bytes under way` }
  },
}

const useWith = ({ load, addedLoad, cores }: PlacementCandidate): number => (load + addedLoad) / cores

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}

function isNearer(one: PlacementCandidate, other: PlacementCandidate): boolean {
  if (one.bytesUnderWay !== other.bytesUnderWay) return one.bytesUnderWay < other.bytesUnderWay
  return one.load / one.cores < other.load / other.cores
}
