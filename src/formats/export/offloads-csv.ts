import type { Candidate, DecisionRow } from '../../simulator/result'
import { csvText, microsecondsCell, numberCell, plainReason, type Column } from './csv'

const columns: readonly Column<DecisionRow>[] = [
  ['time_s', (row) => numberCell(row.timeS)],
  ['subject', (row) => row.subject],
  ['from', (row) => row.from],
  ['to', (row) => row.to],
  ['policy', (row) => row.policy],
  ['reason', (row) => plainReason(row.reason)],
  ['estimate_us', (row) => microsecondsCell(row.estimateUs)],
  ['actual_us', (row) => microsecondsCell(row.outcome?.actualUs ?? NaN)],
  ['error_us', (row) => microsecondsCell(row.estimateUs - (row.outcome?.actualUs ?? NaN))],
  ['best_estimate', (row) => leastOf(row.candidates)?.target ?? ''],
  ['best_estimate_us', (row) => microsecondsCell(leastOf(row.candidates)?.estimateUs ?? NaN)],
  ['best', (row) => row.outcome?.best ?? ''],
  ['best_us', (row) => microsecondsCell(row.outcome?.bestUs ?? NaN)],
  ['regret_us', (row) => microsecondsCell(row.outcome?.regretUs ?? NaN)],
  ['candidates', (row) => row.candidates.map(placeText).join('; ')],
]

/** The decisions on single steps, with what came of them. */
export function offloadsCsv(decisions: readonly DecisionRow[]): string {
  return csvText(
    columns,
    decisions.filter((row) => row.kind === 'offload'),
  )
}

/** The candidate of which least was expected; undefined where nothing was. */
function leastOf(candidates: readonly Candidate[]): Candidate | undefined {
  return candidates
    .filter((candidate) => Number.isFinite(candidate.estimateUs))
    .reduce<Candidate | undefined>(
      (least, candidate) => (least === undefined || candidate.estimateUs < least.estimateUs ? candidate : least),
      undefined,
    )
}

function placeText({ target, estimateUs }: Candidate): string {
  return Number.isFinite(estimateUs) ? `${target} ${microsecondsCell(estimateUs)}` : target
}
