import { drawUsable, type LoadBalancingPolicy } from './load-balancing-policy'

/** The less loaded of two drawn (M. Mitzenmacher, IEEE TPDS 12(10), 2001). */
export const powerOfTwoChoices: LoadBalancingPolicy = {
  name: 'power-of-two-choices',
  summary: 'Of two instances drawn, the one with fewer requests; ties to the one drawn first.',
  parameters: [],
  choose(view) {
    const one = drawUsable(view, 0)
    if (one < 0 || view.instances === 1) return one
    const other = drawUsable(view, SECOND, one)
    return view.outstanding(other) < view.outstanding(one) ? other : one
  },
}

/** Draws from here on are for the second. */
const SECOND = 100
