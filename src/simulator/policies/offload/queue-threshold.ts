import { offloadAbove, returnBelow, rpc } from './parameters'
import {
  crowd,
  roomiest,
  type OffloadChoice,
  type OffloadChooser,
  type OffloadPolicy,
  type OffloadView,
} from './offload-policy'

/** Steps leave a device while its queue is long. */
export const queueThreshold: OffloadPolicy = {
  name: 'queue-threshold',
  summary: 'Steps leave once the queue of their device is long, until it is short again.',
  parameters: [offloadAbove, returnBelow, rpc],
  target: () => null,
  chooser: (parameters) => new Threshold(Number(parameters['offloadAbove']), Number(parameters['returnBelow'])),
}

class Threshold implements OffloadChooser {
  /** Devices whose queue went above the upper threshold and not below the lower one since. */
  private long = new Set<number>()

  constructor(
    private readonly above: number,
    private readonly below: number,
  ) {}

  choose({ candidates }: OffloadView): OffloadChoice {
    const [home] = candidates
    if (!home.isHome) return { candidate: roomiest(candidates), reason: 'its own device cannot run it' }
    const queue = crowd(home)
    if (queue >= this.above) this.long.add(home.device)
    else if (queue <= this.below) this.long.delete(home.device)
    const words = `${queue.toFixed(2)} jobs ahead per core on ${home.target}`
    if (!this.long.has(home.device)) return { candidate: 0, reason: `${words}, not above ${this.above} yet` }
    return { candidate: roomiest(candidates), reason: `${words}, not down to ${this.below} yet` }
  }

  save(): { readonly [key: string]: readonly number[] } {
    return { long: [...this.long] }
  }

  restore(saved: { readonly [key: string]: readonly number[] }): void {
    this.long = new Set(saved['long'])
  }
}
