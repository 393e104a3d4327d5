import { ownCode, ownParameters } from '../../../scenario/presets/describe'
import type { OffloadPolicy } from './offload-policy'
import { rpc } from './parameters'

const template = `// Called whenever a step begins that could run in more than one place. Return where it runs, and why.
//   step        { timePs, step, index, decisions, … }
//   candidates  [{ target, kind, isHome, servers, busy, waiting, estimateUs, … }, …], the instance's own device first
//   state       yours to keep things in, for as long as the run lasts
function offload(step, candidates, state) {
  return { choose: 0, reason: 'where its instance is' }
}
`

/** What the scenario itself says, in a sandbox. */
export const custom: OffloadPolicy = {
  name: 'custom',
  summary: 'A rule of your own, written in JavaScript: offload(step, candidates, state), whenever a step begins.',
  parameters: [ownCode(template), ownParameters, rpc],
  target: () => null,
  chooser: () => {
    throw new Error('a rule of your own decides in its sandbox')
  },
}
