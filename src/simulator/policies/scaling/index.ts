import { fixed } from './fixed'
import type { ScalingPolicy } from './scaling-policy'

export const scalingPolicies: readonly ScalingPolicy[] = [fixed]
