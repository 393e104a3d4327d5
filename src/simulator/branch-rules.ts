import { changedPaths } from '../scenario/changed-paths'
import type { Problem } from '../scenario/problems'
import type { Fault, Json, Order, Policies, PolicyKind, PolicyUse, Scenario } from '../scenario/scenario'

/** What a branch may change: how the rack is run, and what breaks from the moment on; never the rack, its work or the seed. */
const fixedParts = ['topology', 'application', 'workload', 'run'] as const

/** Why a run of `before` cannot go on as one of `after` from a moment on; none: it can. */
export function branchProblems(before: Scenario, after: Scenario, atSeconds: number): readonly Problem[] {
  return [
    ...momentProblems(before, atSeconds),
    ...fixedParts.flatMap((part) => fixedProblems(part, before, after)),
    ...pastProblems('policies.orders', before.policies.orders, after.policies.orders, atSeconds),
    ...pastProblems('faults', before.faults, after.faults, atSeconds),
    ...randomProblems(before.faults, after.faults),
  ]
}

function momentProblems({ run }: Scenario, atSeconds: number): readonly Problem[] {
  const end = run.warmupSeconds + run.durationSeconds
  if (atSeconds >= 0 && atSeconds < end) return []
  return [error('', `the moment of a branch lies in the run, from 0 s to before ${end} s; got ${atSeconds} s`)]
}

function fixedProblems(part: (typeof fixedParts)[number], before: Scenario, after: Scenario): readonly Problem[] {
  const first = changedPaths(before[part] as unknown as Json, after[part] as unknown as Json, 1).at(0)
  if (first === undefined) return []
  const path = first === '' ? part : `${part}${first.startsWith('[') ? '' : '.'}${first}`
  return [error(path, 'a branch cannot change this; expected a change of policies, or of orders and faults to come')]
}

/** Orders and faults before the moment have happened: they must be the same ones, in the same order. */
function pastProblems<T extends Order | Fault>(
  list: string,
  before: readonly T[],
  after: readonly T[],
  atSeconds: number,
): readonly Problem[] {
  const isPast = (each: T): boolean => each.atSeconds < atSeconds && !isRandom(each)
  const past = before.filter(isPast)
  const kept = after.filter(isPast)
  const i = Array.from({ length: Math.max(past.length, kept.length) }, (_, at) => at).find(
    (at) => at >= past.length || at >= kept.length || eventKey(past[at]) !== eventKey(kept[at]),
  )
  if (i === undefined) return []
  const index = i < kept.length ? after.indexOf(kept[i]) : before.indexOf(past[i])
  const when = (kept.at(i) ?? past[i]).atSeconds
  return [
    error(
      `${list}[${index}]`,
      `${when} s is before the branch at ${atSeconds} s, and what has happened stays; expected a change of what comes at or after it`,
    ),
  ]
}

const isRandom = (event: Order | Fault): boolean => 'mtbfSeconds' in event

/** Faults that come at random are part of the chance that both courses share: each stays as it is, and where it is. */
function randomProblems(before: readonly Fault[], after: readonly Fault[]): readonly Problem[] {
  const key = (fault?: Fault): string => (fault && isRandom(fault) ? eventKey(fault) : '')
  const length = Math.max(before.length, after.length)
  const index = Array.from({ length }, (_, i) => i).find((i) => key(before.at(i)) !== key(after.at(i)))
  if (index === undefined) return []
  return [
    error(
      `faults[${index}]`,
      'faults that come at random are the same in a branch, at the same place of the list; expected a change of scheduled ones',
    ),
  ]
}

/** Two orders or faults are the same exactly when their texts are. */
export function eventKey(event: Order | Fault): string {
  return JSON.stringify(event)
}

function error(path: string, message: string): Problem {
  return { path, message, severity: 'error' }
}

const policyKinds: readonly PolicyKind[] = [
  'placement',
  'loadBalancing',
  'memory',
  'offload',
  'migration',
  'scaling',
  'recovery',
]

/** Kinds whose policy, or a parameter of it, differs. */
export function changedPolicies(before: Policies, after: Policies): readonly PolicyKind[] {
  return policyKinds.filter((kind) => useKey(before[kind]) !== useKey(after[kind]))
}

function useKey(use: PolicyUse): string {
  return JSON.stringify(Object.entries(use).sort(([a], [b]) => (a < b ? -1 : 1)))
}
