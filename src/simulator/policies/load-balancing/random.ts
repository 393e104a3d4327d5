import { drawUsable, type LoadBalancingPolicy } from './load-balancing-policy'

/** Any instance, all alike. */
export const random: LoadBalancingPolicy = {
  name: 'random',
  summary: 'Any instance, each with the same chance; what is drawn belongs to the request.',
  parameters: [],
  choose: (view) => drawUsable(view, 0),
}
