import type { LoadBalancingPolicy } from './load-balancing-policy'

/** The instance with the fewest requests; ties in turn. */
export const leastLoaded: LoadBalancingPolicy = {
  name: 'least-loaded',
  summary: 'The instance with the fewest requests held and waiting; ties go round.',
  choose(view) {
    let best = -1
    let fewest = Infinity
    for (let i = 1; i <= view.instances; i += 1) {
      const instance = (view.last + i) % view.instances
      if (!view.usable(instance) || view.outstanding(instance) >= fewest) continue
      best = instance
      fewest = view.outstanding(instance)
    }
    return best
  },
}
