import { number } from '../../../scenario/presets/describe'
import { controlPeriod, stabilization } from './parameters'
import type { ScalingPolicy } from './scaling-policy'
import { StabilizedWatch } from './stabilized'

/** So many replicas that each has at most so many requests, held or waiting. */
export const queueLength: ScalingPolicy = {
  name: 'queue-length',
  summary: 'One replica for so many requests held and waiting; fewer only once that has been enough for a while.',
  parameters: [
    number('requestsPerReplica', 'Requests per replica', '', 4, 'Requests held and waiting that one instance is for.', {
      exclusiveMinimum: 0,
      maximum: 1e9,
    }),
    controlPeriod,
    stabilization,
  ],
  watch: (parameters, services) => {
    const each = Number(parameters['requestsPerReplica'])
    return new StabilizedWatch(services, Number(parameters['stabilizationMs']), {
      wanted: ({ requests }) => Math.ceil(requests / each - 1e-9),
      reason: ({ requests }) => `${requests} requests, ${each} per instance`,
      saw: ({ requests }) => ({ name: 'requests', value: `${requests}` }),
    })
  },
}
