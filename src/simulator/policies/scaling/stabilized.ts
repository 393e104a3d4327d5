import { Recommendations, stays } from './parameters'
import type { Resize, ScalingService, ScalingView, ScalingWatch } from './scaling-policy'

/** What one policy asks for, and its words. */
interface Formula {
  /** Replicas of a service, before its bounds. */
  wanted(service: ScalingService): number
  reason(service: ScalingService): string
  saw(service: ScalingService): Resize['saw'][number]
}

/** Follows a formula between the bounds of each service: up at once, down once fewer have been enough for a while. */
export class StabilizedWatch implements ScalingWatch {
  readonly toZero = false
  private readonly recent: Recommendations

  /** @param stabilizationMs how long fewer must have been enough */
  constructor(
    services: number,
    stabilizationMs: number,
    private readonly formula: Formula,
  ) {
    this.recent = new Recommendations(services, stabilizationMs)
  }

  decide(view: ScalingView): readonly Resize[] {
    const { formula } = this
    return view.services.flatMap((service, index): Resize[] => {
      const now = service.up + service.coming
      const wanted = Math.min(service.max, Math.max(service.min, formula.wanted(service)))
      const most = this.recent.most(index, view.timeMs, wanted)
      const replicas = wanted >= now ? wanted : Math.min(now, most)
      if (replicas === now) return []
      return [
        {
          service: index,
          replicas,
          reason: `${formula.reason(service)}: ${now} to ${replicas}`,
          saw: [formula.saw(service), { name: 'instances', value: `${service.up} up, ${service.coming} on their way` }],
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
