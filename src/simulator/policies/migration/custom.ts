import { ownCode, ownParameters } from '../../../scenario/presets/describe'
import type { MigrationPolicy } from './migration-policy'
import { moving } from './parameters'

const template = `// Called once per control period. Return the moves to make, each with its reason; an empty list: none.
//   view   { timePs, periodMs, devices: [{ name, utilization, cores, … }, …],
//            instances: [{ name, device, load, movable, targets, estimateUs, … }, …] }
//   state  yours to keep things in, for as long as the run lasts
function decide(view, state) {
  return [] // [{ instance: 0, target: 1, reason: '…' }]
}
`

/** What the scenario itself says, in a sandbox. */
export const custom: MigrationPolicy = {
  name: 'custom',
  summary: 'A rule of your own, written in JavaScript: decide(view, state), once per control period.',
  parameters: [...moving, ownCode(template), ownParameters],
  watch: () => {
    throw new Error('a rule of your own decides in its sandbox')
  },
}
