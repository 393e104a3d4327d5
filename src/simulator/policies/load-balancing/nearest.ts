import type { LoadBalancingPolicy } from './load-balancing-policy'

/** The instance that the request is at soonest. */
export const nearest: LoadBalancingPolicy = {
  name: 'nearest',
  summary:
    'The instance with the shortest way from the caller while nothing is under way; ties to fewer requests, then in turn.',
  parameters: [],
  choose(view) {
    let best = -1
    let least = Infinity
    for (let i = 1; i <= view.instances; i += 1) {
      const instance = (view.last + i) % view.instances
      if (!view.usable(instance)) continue
      const distance = view.distance(instance)
      const isFreer = distance === least && view.outstanding(instance) < view.outstanding(best)
      if (best >= 0 && distance >= least && !isFreer) continue
      best = instance
      least = distance
    }
    return best
  },
}
