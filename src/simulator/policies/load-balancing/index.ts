import { leastLoaded } from './least-loaded'
import type { LoadBalancingPolicy } from './load-balancing-policy'
import { nearest } from './nearest'
import { powerOfTwoChoices } from './power-of-two-choices'
import { random } from './random'
import { roundRobin } from './round-robin'
import { weighted } from './weighted'

export const loadBalancingPolicies: readonly LoadBalancingPolicy[] = [
  leastLoaded,
  roundRobin,
  random,
  powerOfTwoChoices,
  nearest,
  weighted,
]
