import type { DecisionKind, DecisionRow } from '../../simulator/result'

/** What can be said of the decisions of one policy; times in µs. */
export interface PolicyFigures {
  readonly kind: DecisionKind
  readonly policy: string
  readonly count: number
  /** Estimate and actual of those of which both are known. */
  readonly pairs: readonly (readonly [estimateUs: number, actualUs: number])[]
  /** Mean of |estimate − actual| over the mean of the actual; NaN without pairs. */
  readonly errorShare: number
  /** Mean of (estimate − actual) over the mean of the actual: below 0 it expects too little. */
  readonly biasShare: number
  /** Decisions that can be judged in hindsight, how many of them were the best, and what the others cost. */
  readonly judged: number
  readonly best: number
  readonly regretUs: number
  /** All regret over what the best choices would have taken. */
  readonly regretShare: number
}

/** One row per kind and policy, in the order in which they decided first. */
export function policyFigures(decisions: readonly DecisionRow[]): readonly PolicyFigures[] {
  const groups = new Map<string, DecisionRow[]>()
  for (const row of decisions) {
    const key = `${row.kind} ${row.policy}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [row])
    else group.push(row)
  }
  return [...groups.values()].flatMap((rows) => (rows[0] === undefined ? [] : [figuresOf(rows[0], rows)]))
}

function figuresOf({ kind, policy }: DecisionRow, rows: readonly DecisionRow[]): PolicyFigures {
  const pairs = rows.flatMap((row) => pairOf(row))
  const judged = rows.flatMap(({ outcome }) => (outcome !== null && Number.isFinite(outcome.regretUs) ? [outcome] : []))
  const actual = sum(pairs.map(([, value]) => value))
  const regret = sum(judged.map((each) => each.regretUs))
  return {
    kind,
    policy,
    count: rows.length,
    pairs,
    errorShare: sum(pairs.map(([estimate, value]) => Math.abs(estimate - value))) / actual,
    biasShare: sum(pairs.map(([estimate, value]) => estimate - value)) / actual,
    judged: judged.length,
    best: judged.filter((each) => each.regretUs <= 0).length,
    regretUs: regret / judged.length,
    regretShare: regret / sum(judged.map((each) => each.bestUs)),
  }
}

function pairOf({ estimateUs, outcome }: DecisionRow): readonly (readonly [number, number])[] {
  const actual = outcome?.actualUs ?? NaN
  return estimateUs > 0 && actual > 0 ? [[estimateUs, actual]] : []
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
