import { compared, fillTo } from './parameters'
import type { PlacementCandidate, PlacementPolicy } from './placement-policy'

const useWith = ({ load, addedLoad, cores }: PlacementCandidate): number => (load + addedLoad) / cores

/** As few devices as the expected work allows. */
export const pack: PlacementPolicy = {
  name: 'pack',
  summary: 'The busiest device that its expected work leaves below a utilization; a new one only where none is.',
  parameters: [fillTo, ...compared],
  choose(_request, candidates, parameters) {
    const most = Number(parameters['fillTo'])
    let best = -1
    let least = 0
    candidates.forEach((candidate, i) => {
      const use = useWith(candidate)
      if (use < useWith(candidates[least])) least = i
      if (use > most || candidate.instances === 0) return
      if (best < 0 || use > useWith(candidates[best])) best = i
    })
    const opened = candidates.findIndex((candidate) => candidate.instances === 0 && useWith(candidate) <= most)
    if (best >= 0) return { candidate: best, reason: `busiest below ${percent(most)}: ${candidates[best].name}` }
    if (opened >= 0) return { candidate: opened, reason: 'no device in use has cores left: opens a new one' }
    return { candidate: least, reason: `every device would be over ${percent(most)}: the least busy one` }
  },
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}
