import { number } from '../../../scenario/presets/describe'
import type { Keep, Resize, ScalingService, ScalingView } from './scaling-policy'

export const controlPeriod = number(
  'controlPeriodMs',
  'Control period',
  'ms',
  20,
  'Time between two looks at the system.',
  {
    minimum: 0.001,
    maximum: 1e9,
  },
)

export const stabilization = number(
  'stabilizationMs',
  'Stabilization',
  'ms',
  400,
  'Replicas go only once fewer have been enough for this long.',
  { maximum: 1e9 },
)

/** What was recommended of late, per service: only the most of it counts, so that replicas come at once and go late. */
export class Recommendations {
  private readonly lists: number[][]

  constructor(
    services: number,
    private readonly forMs: number,
  ) {
    this.lists = Array.from({ length: services }, () => [])
  }

  /** The most that was recommended from `forMs` ago until now. */
  most(service: number, timeMs: number, replicas: number): number {
    const list = this.lists[service].concat(timeMs, replicas)
    let most = replicas
    let from = 0
    for (let i = 0; i < list.length; i += 2) {
      if (list[i] < timeMs - this.forMs) from = i + 2
      else most = Math.max(most, list[i + 1])
    }
    this.lists[service] = list.slice(from)
    return most
  }

  save(): { readonly [key: string]: readonly number[] } {
    return Object.fromEntries(this.lists.map((list, i) => [`${i}`, list.slice()]))
  }

  restore(saved: { readonly [key: string]: readonly number[] }): void {
    this.lists.forEach((_, i) => (this.lists[i] = (saved[`${i}`] ?? []).slice()))
  }
}

/** An idle instance of a policy that never scales to zero. */
export const stays: Keep = { keepMs: Infinity, prewarmMs: Infinity, thenKeepMs: 0, reason: '', saw: [] }

/** As many instances as it takes to work on all requests at once; none goes this way. */
export function enoughForAll(view: ScalingView): readonly Resize[] {
  return view.services.flatMap((service, index): Resize[] => {
    const wanted = Math.min(service.max, wantedFor(service))
    if (wanted <= service.up + service.coming) return []
    return [
      {
        service: index,
        replicas: wanted,
        reason: `${service.requests} requests, ${service.threads} at a time per instance`,
        saw: [{ name: 'requests', value: `${service.requests}` }],
      },
    ]
  })
}

function wantedFor({ requests, threads }: ScalingService): number {
  return threads === Infinity ? Math.min(1, requests) : Math.ceil(requests / threads)
}
