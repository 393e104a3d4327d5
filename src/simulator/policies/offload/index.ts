import { always } from './always'
import { bandit } from './bandit'
import { costModel } from './cost-model'
import { custom } from './custom'
import { never } from './never'
import type { OffloadPolicy } from './offload-policy'
import { overloadAware } from './overload-aware'
import { queueThreshold } from './queue-threshold'
import { staticMap } from './static'

export const offloadPolicies: readonly OffloadPolicy[] = [
  never,
  staticMap,
  always,
  queueThreshold,
  costModel,
  overloadAware,
  bandit,
  custom,
]
