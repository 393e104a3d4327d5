import type { PolicyKind } from '../../scenario/scenario'

export const POLICY_NAMES: { readonly [kind in PolicyKind]: string } = {
  placement: 'Placement',
  loadBalancing: 'Load balancing',
  memory: 'Memory',
  offload: 'Offload',
  migration: 'Migration',
  scaling: 'Scaling',
  recovery: 'Recovery',
}
export const POLICY_KINDS = Object.keys(POLICY_NAMES) as readonly PolicyKind[]
export const isPolicyKind = (text: string): text is PolicyKind => text in POLICY_NAMES
