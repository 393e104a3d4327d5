import type { Scenario } from '../scenario/scenario'
import { customOffload } from './custom/offload'
import { isCustom } from './custom/rules'
import type { OffloadChooser } from './policies/offload/offload-policy'
import { offloadPolicies } from './policies/offload/index'
import { policyNamed } from './policy-named'
import type { Machine } from './services/machine'

/** What decides on steps while the run goes on; null: nothing does. */
export function chooserOf({ policies: { offload } }: Scenario, machine: Machine): OffloadChooser | null {
  if (isCustom(offload)) return customOffload(offload, machine.streams)
  return policyNamed(offloadPolicies, offload.use, 'offload').chooser?.(offload) ?? null
}
