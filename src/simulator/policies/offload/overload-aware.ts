import { offloadBase, restBelow, rpc, saturatedAbove } from './parameters'
import {
  crowd,
  quickest,
  roomiest,
  us,
  type OffloadCandidate,
  type OffloadChoice,
  type OffloadChooser,
  type OffloadPolicy,
  type OffloadView,
} from './offload-policy'

/** Steps leave as `base` says, but not for devices whose few or slow cores are saturated. */
export const overloadAware: OffloadPolicy = {
  name: 'overload-aware',
  summary: 'As always or by the cost model, but back on their own device while the cores elsewhere are saturated.',
  parameters: [offloadBase, saturatedAbove, restBelow, rpc],
  target: () => null,
  chooser: (parameters) =>
    new OverloadAware(
      parameters['base'] === 'always',
      Number(parameters['saturatedAbove']),
      Number(parameters['restBelow']),
    ),
}

class OverloadAware implements OffloadChooser {
  /** Devices that were saturated and have not come to rest since. */
  private saturated = new Set<number>()

  constructor(
    private readonly always: boolean,
    private readonly above: number,
    private readonly below: number,
  ) {}

  choose({ candidates }: OffloadView): OffloadChoice {
    for (const candidate of candidates) this.look(candidate)
    const open = candidates.filter((candidate) => candidate.isHome || !this.saturated.has(candidate.device))
    if (open.length === 0) {
      const candidate = roomiest(candidates)
      return { candidate, reason: 'every place is saturated: the one with the fewest jobs ahead' }
    }
    const away = open.filter((candidate) => !candidate.isHome)
    const chosen = away.length === 0 ? open[0] : this.always ? away[roomiest(away)] : open[quickest(open)]
    return { candidate: candidates.indexOf(chosen), reason: this.reason(candidates, chosen) }
  }

  private look(candidate: OffloadCandidate): void {
    if (candidate.isHome) return
    const queue = crowd(candidate)
    if (queue >= this.above) this.saturated.add(candidate.device)
    else if (queue <= this.below) this.saturated.delete(candidate.device)
  }

  private reason(candidates: readonly OffloadCandidate[], chosen: OffloadCandidate): string {
    const shut = candidates.filter((candidate) => !candidate.isHome && this.saturated.has(candidate.device))
    const words = shut.map(
      (candidate) => `${candidate.target} saturated with ${crowd(candidate).toFixed(2)} jobs ahead per server`,
    )
    const why = this.always && !chosen.isHome ? 'elsewhere while there is room' : `${us(chosen.estimateUs)} predicted`
    return [...words, why].join(', ')
  }

  save(): { readonly [key: string]: readonly number[] } {
    return { saturated: [...this.saturated] }
  }

  restore(saved: { readonly [key: string]: readonly number[] }): void {
    this.saturated = new Set(saved['saturated'])
  }
}
