import { number } from '../../../scenario/presets/describe'
import { controlPeriod, Recommendations, stabilization, stays } from './parameters'
import type { Resize, ScalingPolicy, ScalingView, ScalingWatch } from './scaling-policy'

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
  watch: (parameters, services) =>
    new QueueWatch(
      Number(parameters['requestsPerReplica']),
      new Recommendations(services, Number(parameters['stabilizationMs'])),
    ),
}

class QueueWatch implements ScalingWatch {
  readonly toZero = false

  constructor(
    private readonly each: number,
    private readonly recent: Recommendations,
  ) {}

  decide(view: ScalingView): readonly Resize[] {
    return view.services.flatMap((service, index): Resize[] => {
      const now = service.up + service.coming
      const wanted = Math.min(service.max, Math.max(service.min, Math.ceil(service.requests / this.each - 1e-9)))
      const most = this.recent.most(index, view.timeMs, wanted)
      const replicas = wanted >= now ? wanted : Math.min(now, most)
      if (replicas === now) return []
      return [
        {
          service: index,
          replicas,
          reason: `${service.requests} requests, ${this.each} per instance: ${now} to ${replicas}`,
          saw: [
            { name: 'requests', value: `${service.requests}` },
            { name: 'instances', value: `${service.up} up, ${service.coming} on their way` },
          ],
        },
      ]
    })
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
