import { antiAffinity } from './anti-affinity'
import { bestFit } from './best-fit'
import { custom } from './custom'
import { dominantResourceFit } from './dominant-resource-fit'
import { exact } from './exact'
import { firstFit } from './first-fit'
import { nearestToCallers } from './nearest-to-callers'
import { pack } from './pack'
import type { PlacementPolicy } from './placement-policy'
import { powerOfTwoChoices } from './power-of-two-choices'
import { random } from './random'
import { roundRobin } from './round-robin'
import { spread } from './spread'
import { worstFit } from './worst-fit'

export const placementPolicies: readonly PlacementPolicy[] = [
  firstFit,
  bestFit,
  worstFit,
  spread,
  pack,
  random,
  roundRobin,
  powerOfTwoChoices,
  nearestToCallers,
  dominantResourceFit,
  antiAffinity,
  exact,
  custom,
]
