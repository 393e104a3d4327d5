import { leastLoaded } from './least-loaded'
import type { LoadBalancingPolicy } from './load-balancing-policy'
import { roundRobin } from './round-robin'

export const loadBalancingPolicies: readonly LoadBalancingPolicy[] = [leastLoaded, roundRobin]
