import type { LoadBalancingPolicy } from './load-balancing-policy'

/** Smooth weighted round robin, as nginx does it: everyone earns its weight, who has most is taken and pays for all. */
export const weighted: LoadBalancingPolicy = {
  name: 'weighted',
  summary: 'In turn, each as often as the speed times cores of its device says, evenly mixed.',
  parameters: [],
  choose(view) {
    let best = -1
    let most = -Infinity
    let all = 0
    for (let i = 0; i < view.instances; i += 1) {
      if (!view.usable(i)) continue
      const weight = view.power(i)
      const credit = view.credit(i) + weight
      view.keepCredit(i, credit)
      all += weight
      if (credit > most) {
        best = i
        most = credit
      }
    }
    if (best >= 0) view.keepCredit(best, most - all)
    return best
  },
}
