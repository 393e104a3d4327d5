import { number } from '../../../scenario/presets/describe'
import { controlPeriod, stabilization } from './parameters'
import type { ScalingPolicy, ScalingService } from './scaling-policy'
import { StabilizedWatch } from './stabilized'

/**
 * As many replicas as bring utilization to its target, as the Horizontal Pod Autoscaler of Kubernetes reckons it:
 * `ceil(replicas * utilization / target)`, none within the tolerance, those on their way taken as idle when more are
 * asked for, and fewer only once that was the most recommended within the stabilization window.
 *
 * @see https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#algorithm-details
 */
export const targetUtilization: ScalingPolicy = {
  name: 'target-utilization',
  summary: 'As many replicas as bring the use of their cores to a target, as Kubernetes reckons it.',
  parameters: [
    number('target', 'Target', '', 0.8, 'Cores kept busy per instance, as a share of `coresPerReplica`.', {
      exclusiveMinimum: 0,
      maximum: 1e6,
      source: 'Kubernetes autoscaling/v1: 80 % where nothing is said',
    }),
    number('coresPerReplica', 'Cores per replica', '', 1, 'What one instance is meant to use: its CPU request.', {
      exclusiveMinimum: 0,
      maximum: 1e6,
    }),
    number('tolerance', 'Tolerance', '', 0.1, 'Nothing is done while utilization over target is this near to 1.', {
      maximum: 1e6,
      source: 'Kubernetes: --horizontal-pod-autoscaler-tolerance',
    }),
    controlPeriod,
    stabilization,
  ],
  watch: (parameters, services) => {
    const coresEach = Number(parameters['target']) * Number(parameters['coresPerReplica'])
    const tolerance = Number(parameters['tolerance'])
    return new StabilizedWatch(services, Number(parameters['stabilizationMs']), {
      wanted: (service) => wantedReplicas(service, coresEach, tolerance),
      reason: ({ busyCores, up }) =>
        `${(busyCores / Math.max(1, up)).toFixed(2)} cores busy per instance, ${coresEach} wanted`,
      saw: ({ busyCores }) => ({ name: 'cores busy', value: busyCores.toFixed(3) }),
    })
  },
}

/** Replicas that the formula asks for, before bounds. */
function wantedReplicas({ up, coming, busyCores }: ScalingService, coresEach: number, tolerance: number): number {
  const all = up + coming
  if (up === 0) return all
  const ratio = busyCores / (up * coresEach)
  if (Math.abs(ratio - 1) <= tolerance) return all
  if (ratio < 1 || coming === 0) return Math.ceil(ratio * up - 1e-9)
  const damped = busyCores / (all * coresEach)
  return damped <= 1 + tolerance ? all : Math.ceil(damped * all - 1e-9)
}
