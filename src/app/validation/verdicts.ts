import type { CaseFilter } from '../../stores/validation-store'
import type { CaseInfo, CaseResult, Row } from '../../validation/validation-case'

/** How many cases came out how. */
export interface VerdictCounts {
  readonly holds: number
  readonly misses: number
  readonly shown: number
  readonly all: number
}

export function countVerdicts(results: Iterable<CaseResult>): VerdictCounts {
  const counts = { holds: 0, misses: 0, shown: 0, all: 0 }
  for (const { verdict } of results) {
    counts.all += 1
    if (verdict === 'holds') counts.holds += 1
    else if (verdict === 'misses') counts.misses += 1
    else counts.shown += 1
  }
  return counts
}

/** `42 of 47 hold; 3 miss, with reasons; 2 are shown without a claim`. */
export function countsText({ holds, misses, shown, all }: VerdictCounts): string {
  const parts = [`${holds} of ${all} hold`]
  if (misses > 0) parts.push(`${misses} ${misses === 1 ? 'misses' : 'miss'}, with reasons`)
  if (shown > 0) parts.push(`${shown} ${shown === 1 ? 'is' : 'are'} shown without a claim`)
  return parts.join('; ')
}

/**
 * How far a row is off, in units of what it may be off: -1..1 is inside. By its tolerance where it has one, else by the
 * half-width of its interval; where it has a bound, by how much of it is used up, to the side that it must not pass. NaN for a
 * row of which nothing is claimed.
 */
export function deviationOf({ expected, simulated, low, high, tolerance, verdict, bound }: Row): number {
  if (verdict === 'shown only') return NaN
  if (bound !== undefined) return bound === 'at most' ? simulated / expected : -expected / simulated
  const allowed = Number.isFinite(tolerance) ? tolerance * Math.abs(expected) : (high - low) / 2
  const off = simulated - expected
  if (off === 0) return 0
  return allowed > 0 ? off / allowed : Math.sign(off) * Infinity
}

/** Cases that a reader asked for; every word of the search must be found somewhere in what is said of the case. */
export function filterCases(
  cases: readonly CaseInfo[],
  results: ReadonlyMap<string, CaseResult>,
  { group, search, onlyMisses }: CaseFilter,
): readonly CaseInfo[] {
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  return cases.filter((one) => {
    if (group !== '' && one.group !== group) return false
    if (onlyMisses && results.get(one.id)?.verdict !== 'misses') return false
    const text = `${one.id} ${one.title} ${one.question} ${one.source} ${one.strictness} ${one.group}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
}
