import { number } from '../../../scenario/presets/describe'
import { controlPeriod, Recommendations, stabilization, stays } from './parameters'
import type { Resize, ScalingPolicy, ScalingService, ScalingView, ScalingWatch } from './scaling-policy'

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
  watch: (parameters, services) =>
    new UtilizationWatch(
      Number(parameters['target']) * Number(parameters['coresPerReplica']),
      Number(parameters['tolerance']),
      new Recommendations(services, Number(parameters['stabilizationMs'])),
    ),
}

class UtilizationWatch implements ScalingWatch {
  readonly toZero = false

  constructor(
    private readonly coresEach: number,
    private readonly tolerance: number,
    private readonly recent: Recommendations,
  ) {}

  decide(view: ScalingView): readonly Resize[] {
    return view.services.flatMap((service, index): Resize[] => {
      const now = service.up + service.coming
      const wanted = Math.min(service.max, Math.max(service.min, this.wanted(service)))
      const most = this.recent.most(index, view.timeMs, wanted)
      const replicas = wanted >= now ? wanted : Math.min(now, most)
      if (replicas === now) return []
      const each = service.busyCores / Math.max(1, service.up)
      return [
        {
          service: index,
          replicas,
          reason: `${each.toFixed(2)} cores busy per instance, ${this.coresEach} wanted: ${now} to ${replicas}`,
          saw: [
            { name: 'cores busy', value: service.busyCores.toFixed(3) },
            { name: 'instances', value: `${service.up} up, ${service.coming} on their way` },
          ],
        },
      ]
    })
  }

  /** Replicas that the formula asks for, before bounds. */
  private wanted({ up, coming, busyCores }: ScalingService): number {
    const all = up + coming
    if (up === 0) return all
    const ratio = busyCores / (up * this.coresEach)
    if (Math.abs(ratio - 1) <= this.tolerance) return all
    if (ratio < 1 || coming === 0) return Math.ceil(ratio * up - 1e-9)
    const damped = busyCores / (all * this.coresEach)
    return damped <= 1 + this.tolerance ? all : Math.ceil(damped * all - 1e-9)
  }

  keep(): typeof stays {
    return stays
  }

  cameAfter(): void {
    // idle times do not matter here
  }

  save(): { readonly [key: string]: readonly number[] } {
    return this.recent.save()
  }

  restore(saved: { readonly [key: string]: readonly number[] }): void {
    this.recent.restore(saved)
  }
}
