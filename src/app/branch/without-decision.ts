import type { PolicyKind, Scenario, ScenarioDocument } from '../../scenario/scenario'
import type { DecisionRow } from '../../simulator/result'

/** Rules that decide nothing, by the kind of decision that they leave out. */
const idle: { readonly [kind in DecisionRow['kind']]?: readonly [PolicyKind, string] } = {
  migration: ['migration', 'never'],
  offload: ['offload', 'never'],
  scaling: ['scaling', 'fixed'],
}

/** A scenario in which a decision is not taken, as far as that can be said in a scenario; null where it cannot. */
export function withoutDecision(
  scenario: Scenario,
  decision: DecisionRow,
): { readonly document: ScenarioDocument; readonly words: string } | null {
  const { policies, faults } = scenario
  const made = (words: string, changed: Partial<Scenario>) => ({
    words,
    document: { ...scenario, ...changed } as unknown as ScenarioDocument,
  })
  const isNow = ({ atSeconds }: { readonly atSeconds: number }) => Math.abs(atSeconds - decision.timeS) < 1e-9
  if (decision.policy === 'order') {
    const index = policies.orders.findIndex(
      (order) =>
        isNow(order) &&
        (order.do === 'evacuate'
          ? `${order.from.node}.${order.from.device}` === decision.from
          : `${order.service}.${order.instance}` === decision.subject),
    )
    if (index < 0) return null
    return made('Leave out this order', { policies: { ...policies, orders: policies.orders.toSpliced(index, 1) } })
  }
  if (decision.kind === 'fault') {
    const index = faults.findIndex(isNow)
    return index < 0 ? null : made('Leave out this fault', { faults: faults.toSpliced(index, 1) })
  }
  const [kind, use] = idle[decision.kind] ?? []
  if (kind === undefined || use === undefined || policies[kind].use === use) return null
  return made(`No ${kind} from here`, { policies: { ...policies, [kind]: { use } } })
}
