import { microsText } from '../charts/quantity-text'
import type { DecisionKind, DecisionRow, MigrationRow } from '../../simulator/result'
import type { IconName } from '../widgets/Icon'

export const kindNames: Readonly<Record<DecisionKind, string>> = {
  placement: 'Placement',
  memory: 'Memory',
  offload: 'Offload',
  migration: 'Migration',
  scaling: 'Scaling',
  recovery: 'Recovery',
  fault: 'Fault',
}

export const kindIcons: Readonly<Record<DecisionKind, IconName>> = {
  placement: 'place',
  memory: 'alloc',
  offload: 'offload',
  migration: 'migrate',
  scaling: 'scale',
  recovery: 'reset',
  fault: 'fault',
}

/** `kv.1, cpu.0 → cpu.2`, or `kv.1 → cpu.2` where it comes from nowhere. */
export function whatHappens({ subject, from, to }: DecisionRow): string {
  if (to === '') return from === '' ? subject : `${subject}, ${from}`
  return from === '' || from === to ? `${subject} → ${to}` : `${subject}, ${from} → ${to}`
}

/** What it took in the end, or what it was expected to take; '' if neither is known. */
export function outcomeText(decision: DecisionRow, migration: MigrationRow | undefined): string {
  if (migration !== undefined && Number.isFinite(migration.totalUs)) return `act. ${microsText(migration.totalUs)}`
  return Number.isFinite(decision.estimateUs) && decision.estimateUs > 0
    ? `est. ${microsText(decision.estimateUs)}`
    : ''
}

/** One sentence for readers of the live region. */
export function spokenDecision(decision: DecisionRow): string {
  const verbs: Readonly<Record<DecisionKind, string>> = {
    placement: 'is placed',
    memory: 'gets memory',
    offload: 'is offloaded',
    migration: 'starts moving',
    scaling: 'is scaled',
    recovery: 'recovers',
    fault: 'fails',
  }
  const way = decision.from === '' ? `on ${decision.to}` : `from ${decision.from} to ${decision.to}`
  return `${Math.round(decision.timePs / 1e9)} ms: ${decision.subject} ${verbs[decision.kind]} ${way}`
}
