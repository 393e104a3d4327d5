import { ownCode, ownParameters } from '../../../scenario/presets/describe'
import { compared } from './parameters'
import type { PlacementPolicy } from './placement-policy'

const template = `// Called for each instance that needs a device. Return which of the candidates gets it, and why.
//   request     { instance, localBytes, … }
//   candidates  [{ name, instances, freeBytes, cores, load, estimateUs, … }, …], one or more; all have the room
//   state       yours to keep things in, for as long as the run lasts
function place(request, candidates, state) {
  return { choose: 0, reason: 'the first with room' }
}
`

/** What the scenario itself says, in a sandbox. */
export const custom: PlacementPolicy = {
  name: 'custom',
  summary: 'A rule of your own, written in JavaScript: place(request, candidates, state).',
  parameters: [ownCode(template), ownParameters, ...compared],
  choose: () => {
    throw new Error('a rule of your own decides in its sandbox')
  },
}
