import type { Outcome } from './outcome'
import type { DifferenceRow, Paired, RunResult } from './result'
import { meanInterval } from './statistics/confidence'

/** The figures of the summary, then those of the requests that both have answered since the moment. */
export function differenceRows(
  ofA: readonly Outcome[],
  ofB: readonly Outcome[],
  a: RunResult,
  b: RunResult,
  paired: Paired,
): readonly DifferenceRow[] {
  const figures = a.summary.flatMap(({ metric, unit, value }): DifferenceRow[] => {
    const other = b.summary.find((row) => row.metric === metric)
    if (!other) return []
    const differences = ofA.map((outcome, r) => ofB[r].figures.get(metric)! - outcome.figures.get(metric)!)
    const isCount = unit === ''
    const { low, high } = isCount ? { low: NaN, high: NaN } : meanInterval(differences, 0.95)
    return [plain(metric, unit, value, other.value, { ci95Low: low, ci95High: high, pairs: ofA.length })]
  })
  return [...figures, ...pairedRows(paired)]
}

function pairedRows({ requests, onlyA, onlyB, meanA, meanB, ci95Low, ci95High, faster, slower }: Paired) {
  return [
    plain('paired_latency_mean_us', 'us', meanA, meanB, { ci95Low, ci95High, pairs: requests }),
    plain('paired_requests', '', requests, requests, { pairs: requests }),
    plain('paired_not', '', onlyA, onlyB, { pairs: requests }),
    plain('paired_faster', '', slower, faster, { pairs: requests }),
  ]
}

function plain(
  metric: string,
  unit: string,
  a: number,
  b: number,
  rest: Partial<DifferenceRow> & Pick<DifferenceRow, 'pairs'>,
): DifferenceRow {
  return { metric, unit, a, b, difference: b - a, ci95Low: NaN, ci95High: NaN, ...rest }
}
