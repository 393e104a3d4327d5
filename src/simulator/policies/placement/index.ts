import { firstFit } from './first-fit'
import type { PlacementPolicy } from './placement-policy'
import { spread } from './spread'

export const placementPolicies: readonly PlacementPolicy[] = [firstFit, spread]
