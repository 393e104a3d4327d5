import type { ScalingPolicy } from './scaling-policy'

/** The number of replicas stays. */
export const fixed: ScalingPolicy = {
  name: 'fixed',
  summary: 'The number of replicas stays.',
  parameters: [],
  watch: () => null,
}
