import type { LoadBalancingPolicy } from './load-balancing-policy'

/** The instance with the fewest requests; ties in turn. */
export const leastLoaded: LoadBalancingPolicy = {
  name: 'least-loaded',
  summary: 'The instance with the fewest requests held and waiting; ties go round.',
  parameters: [],
  choose(view) {
    return view.leastLoaded(view.last + 1)
  },
}
