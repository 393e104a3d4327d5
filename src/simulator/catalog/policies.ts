import type { Catalog, FieldInfo, PolicyInfo } from '../../scenario/catalog'
import { mechanisms } from '../mechanisms'
import { loadBalancingPolicies } from '../policies/load-balancing'
import { memoryPolicies } from '../policies/memory'
import { migrationPolicies } from '../policies/migration'
import { offloadPolicies } from '../policies/offload'
import { placementPolicies } from '../policies/placement'
import { recoveryPolicies } from '../policies/recovery'
import { scalingPolicies } from '../policies/scaling'

/** What every plug-in says of itself. */
interface SelfDescribed {
  readonly name: string
  readonly summary: string
  readonly parameters?: readonly FieldInfo[]
}

function described(kind: PolicyInfo['kind'], plugIns: readonly SelfDescribed[]): readonly PolicyInfo[] {
  return plugIns.map(({ name, summary, parameters = [] }) => ({ kind, name, summary, parameters }))
}

/** The policies that a scenario can name, per kind, the default first: those of the indexes. */
export const policies: Catalog['policies'] = {
  placement: described('placement', placementPolicies),
  loadBalancing: described('loadBalancing', loadBalancingPolicies),
  memory: described('memory', memoryPolicies),
  offload: described('offload', offloadPolicies),
  migration: described('migration', migrationPolicies),
  scaling: described('scaling', scalingPolicies),
  recovery: described('recovery', recoveryPolicies),
  mechanism: described('mechanism', mechanisms),
}

/** Names of the format and the model that are answered with "not supported yet". */
export const policiesNotYet = {
  placement: [],
  loadBalancing: [],
  memory: [],
  offload: [],
  migration: [],
  scaling: [],
  recovery: [],
  mechanism: [],
} as const
