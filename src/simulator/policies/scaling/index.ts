import { fixed } from './fixed'
import { keepAlive } from './keep-alive'
import { preWarming } from './pre-warming'
import { queueLength } from './queue-length'
import type { ScalingPolicy } from './scaling-policy'
import { targetUtilization } from './target-utilization'

export const scalingPolicies: readonly ScalingPolicy[] = [fixed, targetUtilization, queueLength, keepAlive, preWarming]
