import type { PolicyUse, Scenario } from '../../scenario/scenario'

/** Kinds of policies that a scenario can bring along as code. */
export type CustomKind = 'placement' | 'offload' | 'migration'

/** A rule that somebody wrote, as the scenario has it. */
export interface CustomRule {
  readonly kind: CustomKind
  readonly code: string
  /** The function in it that decides. */
  readonly entry: string
  readonly parameters: unknown
}

/** What a rule answered, as plain data. */
export interface Ruling {
  readonly answer: unknown
  /** What it is, in a word, where plain data does not tell. */
  readonly sort: string
  /** What it remembers, JSON text. */
  readonly state: string
}

/** A rule shut in a sandbox, ready to decide: a function of its arguments, its state and the draws alone. */
export interface ReadyRule {
  decide(args: readonly unknown[], state: string, draws: ArrayLike<number>): Ruling
}

const entries: { readonly [kind in CustomKind]: string } = {
  placement: 'place',
  offload: 'offload',
  migration: 'decide',
}
export const customKinds: readonly CustomKind[] = ['placement', 'offload', 'migration']

/** The rules that a scenario brings along; none for most. */
export function customRules({ policies }: Pick<Scenario, 'policies'>): readonly CustomRule[] {
  return customKinds.filter((kind) => isCustom(policies[kind])).map((kind) => customRule(kind, policies[kind]))
}

export function isCustom(policy: PolicyUse): boolean {
  return policy.use === 'custom'
}

function customRule(kind: CustomKind, policy: PolicyUse): CustomRule {
  return {
    kind,
    code: typeof policy['code'] === 'string' ? policy['code'] : '',
    entry: entries[kind],
    parameters: policy['parameters'] ?? {},
  }
}

/**
 * Starting a sandbox takes a moment that no run can wait for, so rules are made ready before the run that needs them,
 * and found here by what they say. They keep nothing of a run, so that any number of runs may ask one.
 */
const ready = new Map<string, ReadyRule>()

/** Those made last are kept: a run and its branches may each have a few. */
const MOST_READY = 12

export function makeReady(rules: readonly (readonly [CustomRule, ReadyRule])[]): void {
  for (const [rule, decides] of rules) {
    const name = nameOf(rule)
    ready.delete(name) // so that it counts as the newest
    ready.set(name, decides)
  }
  for (const name of [...ready.keys()].slice(0, -MOST_READY)) ready.delete(name)
}

/** @throws Error where it was not made ready: nothing that somebody wrote runs unasked */
export function readyRule(kind: CustomKind, policy: PolicyUse): ReadyRule {
  const found = ready.get(nameOf(customRule(kind, policy)))
  if (found === undefined) throw new Error(`the ${kind} policy of this scenario is code that was not made ready to run`)
  return found
}

function nameOf({ kind, code, parameters }: CustomRule): string {
  return JSON.stringify([kind, code, parameters])
}
