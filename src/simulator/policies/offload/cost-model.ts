import { rpc } from './parameters'
import { quickest, us, withoutMemory, type OffloadPolicy } from './offload-policy'

/** Each step runs where it is expected to end first. */
export const costModel: OffloadPolicy = {
  name: 'cost-model',
  summary: 'Each step runs where transfer, queue, work and first use together are expected to take least.',
  parameters: [rpc],
  target: () => null,
  chooser: () =>
    withoutMemory(({ candidates }) => {
      const candidate = quickest(candidates)
      const best = candidates[candidate]
      const second = candidates[quickest(candidates, (other) => other !== best)]
      return {
        candidate,
        reason: `least predicted time: ${us(best.estimateUs)}, next ${second.target} with ${us(second.estimateUs)}`,
      }
    }),
}
