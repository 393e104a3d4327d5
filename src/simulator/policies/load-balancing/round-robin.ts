import type { LoadBalancingPolicy } from './load-balancing-policy'

/** One after another. */
export const roundRobin: LoadBalancingPolicy = {
  name: 'round-robin',
  summary: 'The instances one after another.',
  parameters: [],
  choose(view) {
    for (let i = 1; i <= view.instances; i += 1) {
      const instance = (view.last + i) % view.instances
      if (view.usable(instance)) return instance
    }
    return -1
  },
}
