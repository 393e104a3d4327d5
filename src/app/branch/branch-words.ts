import type { Fault, Order, PolicyKind, PolicyUse, Scenario } from '../../scenario/scenario'

const kindWords: { readonly [kind in PolicyKind]: string } = {
  placement: 'placement',
  loadBalancing: 'load balancing',
  memory: 'memory',
  offload: 'offload',
  migration: 'migration',
  scaling: 'scaling',
  recovery: 'recovery',
}

/** What a branch changes, in a few words: `migration never`, `offload cost-model, one order less`; '' for nothing. */
export function branchWords(before: Scenario, after: Scenario): string {
  const kinds = Object.keys(kindWords) as PolicyKind[]
  return [
    ...kinds.flatMap((kind) => policyWords(kindWords[kind], before.policies[kind], after.policies[kind])),
    ...listWords('order', before.policies.orders, after.policies.orders),
    ...listWords('fault', before.faults, after.faults),
  ].join(', ')
}

function policyWords(kind: string, before: PolicyUse, after: PolicyUse): readonly string[] {
  if (before.use !== after.use) return [`${kind} ${after.use}`]
  return Object.keys(after)
    .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
    .map((name) => {
      const value = after[name]
      return typeof value === 'object' && value !== null ? `${kind} ${name}` : `${kind} ${name} ${value}`
    })
}

const numbers = ['no', 'one', 'two', 'three', 'four', 'five']

function listWords(name: string, before: readonly (Order | Fault)[], after: readonly (Order | Fault)[]): string[] {
  const texts = (list: readonly (Order | Fault)[]): string[] => list.map((each) => JSON.stringify(each))
  const count = (of: readonly string[], other: readonly string[]): number =>
    of.filter((text) => !other.includes(text)).length
  const [less, more] = [count(texts(before), texts(after)), count(texts(after), texts(before))]
  const words = (n: number, how: string): string[] =>
    n === 0 ? [] : [`${numbers[n] ?? n} ${name}${n === 1 ? '' : 's'} ${how}`]
  return [...words(less, 'left out'), ...words(more, 'more')]
}
