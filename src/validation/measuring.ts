import type { Scenario } from '../scenario/scenario'
import { deriveSeed } from '../simulator/engine/random'
import { outcomeOf, type Outcome } from '../simulator/outcome'
import { createRun } from '../simulator/run'
import { meanInterval } from '../simulator/statistics/confidence'
import { parityFigures } from './parity'
import type { CaseResult, Row } from './validation-case'

/** Runs scenarios and turns what came out into rows. */

export interface Sample {
  readonly outcomes: readonly Outcome[]
  readonly events: number
}

const SLICE_EVENTS = 500_000

/** @param told the share of these replications that is done */
export function replicate(scenario: Scenario, count: number, told?: (share: number) => void): Sample {
  const outcomes: Outcome[] = []
  let events = 0
  for (let r = 0; r < count; r += 1) {
    const run = createRun(scenario, { seed: deriveSeed(scenario.run.seed, r) })
    while (!run.advance(run.shape.endPs, SLICE_EVENTS)) told?.((r + run.now / run.shape.endPs) / count)
    outcomes.push(outcomeOf(run))
    events += run.events
    told?.((r + 1) / count)
  }
  return { outcomes, events }
}

/** One figure of the summary, by its name in summary.csv. */
export function figure(metric: string): (outcome: Outcome) => number {
  return (outcome) => {
    const value = outcome.figures.get(metric)
    if (value === undefined) throw new RangeError(`no figure "${metric}"`)
    return value
  }
}

export const meanUs = figure('latency_mean_us')
export const p50Us = figure('latency_p50_us')
export const p99Us = figure('latency_p99_us')
export const perSecond = figure('throughput_per_second')

/** Share of the offered requests that failed. */
export function failedShare(outcome: Outcome): number {
  return figure('requests_failed')(outcome) / figure('requests_offered')(outcome)
}

/** Of the first device of a node. */
export function utilizationOf(node: string): (outcome: Outcome) => number {
  return (outcome) => outcome.devices.find((device) => device.node === node)?.utilization ?? NaN
}

interface Named {
  readonly label: string
  readonly unit: string
  readonly expected: number
}

/**
 * The rule for exact cases: the formula lies in the 99.9 % t-interval of the replications, and the 95 % half-width is at
 * most `halfWidth` of the formula's value.
 */
export function intervalRow(named: Named, values: readonly number[], halfWidth: number): Row {
  const { mean, low, high } = meanInterval(values, 0.999)
  const isPrecise = meanInterval(values, 0.95).halfWidth <= halfWidth * Math.abs(named.expected)
  const isHeld = low <= named.expected && named.expected <= high
  return {
    ...named,
    simulated: mean,
    low,
    high,
    tolerance: NaN,
    verdict: isHeld && isPrecise ? 'within' : 'outside',
    role: 'mechanism',
  }
}

/** A value that must be within a relative tolerance; of a calibration point only shown. */
export function relativeRow(named: Named, simulated: number, tolerance: number, role: Row['role']): Row {
  const isNear = Math.abs(simulated - named.expected) <= tolerance * Math.abs(named.expected)
  const verdict = isNear ? 'within' : 'outside'
  return {
    ...named,
    simulated,
    low: NaN,
    high: NaN,
    tolerance,
    verdict: role === 'calibration point' ? 'shown only' : verdict,
    role,
  }
}

/** A value that must not go beyond the expected one. */
export function boundRow(named: Named, simulated: number, bound: NonNullable<Row['bound']>): Row {
  const isKept = bound === 'at most' ? simulated <= named.expected : simulated >= named.expected
  return { ...shownRow(named, simulated, 'mechanism'), bound, verdict: isKept ? 'within' : 'outside' }
}

/**
 * The rule of the class `calibrated` that no single row shows: the median error of the points held out, at most 5 %.
 * Of an even number it is the mean of the middle two.
 */
export function medianRow(rows: readonly Row[]): Row {
  const errors = rows
    .filter((row) => row.role === 'parameter' && row.verdict !== 'shown only')
    .map((row) => (100 * Math.abs(row.simulated - row.expected)) / Math.abs(row.expected))
    .sort((a, b) => a - b)
  const [low, high] = [errors[(errors.length - 1) >> 1], errors[errors.length >> 1]]
  const label = `median error of the ${errors.length} points held out`
  return { ...boundRow({ label, unit: '%', expected: 5 }, (low + high) / 2, 'at most'), role: 'parameter' }
}

/** A value to look at, of which nothing is claimed. */
export function shownRow(named: Named, simulated: number, role: Row['role']): Row {
  return { ...named, simulated, low: NaN, high: NaN, tolerance: NaN, verdict: 'shown only', role }
}

/** A case holds when none of its rows is outside; with nothing claimed it is only shown. */
export function resultOf(
  id: string,
  rows: readonly Row[],
  rest: Pick<CaseResult, 'figures' | 'events'> & { readonly notes?: readonly string[] },
): CaseResult {
  const isClaimed = rows.some((row) => row.verdict !== 'shown only')
  const isMissed = rows.some((row) => row.verdict === 'outside')
  return {
    id,
    rows,
    figures: rest.figures.length > 0 ? rest.figures : parityFigures(rows),
    verdict: isMissed ? 'misses' : isClaimed ? 'holds' : 'shown only',
    notes: rest.notes ?? [],
    events: rest.events,
  }
}
