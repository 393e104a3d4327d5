/** The contract of a validation case: what it claims, what it ran, what came out. */

/**
 * exact: the closed form of the same model. calibrated: a device microbenchmark with points held out. shape: an
 * application result, whose knee and end ratio must come out. order: a headline ratio, whose winner and size must.
 */
export type Strictness = 'exact' | 'calibrated' | 'shape' | 'order'

export type CaseGroup = 'closed forms' | 'decisions' | 'published' | 'fidelity'

/** `short` costs seconds and is part of the tests; `full` holds the intervals that the tolerance speaks of. */
export type Form = 'short' | 'full'

export interface CaseInfo {
  readonly id: string
  readonly title: string
  readonly group: CaseGroup
  readonly strictness: Strictness
  readonly question: string
  readonly source: string
  /** In words, written before the first run. */
  readonly tolerance: string
  /** What was taken from where, what is calibrated, what is held out. */
  readonly inputs: string
  /** Rough cost of the short form. */
  readonly secondsShort: number
}

export interface Row {
  readonly label: string
  readonly unit: string
  readonly expected: number
  readonly simulated: number
  /** Interval of the simulated value; NaN without one. */
  readonly low: number
  readonly high: number
  /** Relative; NaN where the rule is the interval or a bound. */
  readonly tolerance: number
  /** Where the expected value is not to be met but kept to. */
  readonly bound?: 'at most' | 'at least'
  readonly verdict: 'within' | 'outside' | 'shown only'
  /** mechanism: our run against our own closed form. parameter: against a measurement that other parameters could move. */
  readonly role: 'mechanism' | 'parameter' | 'calibration point'
}

export interface FigureSeries {
  readonly name: string
  /** A band is a closed outline: its lower edge forwards, its upper edge backwards. */
  readonly kind: 'line' | 'points' | 'band'
  readonly points: readonly (readonly [number, number])[]
}

export interface Figure {
  readonly xLabel: string
  readonly yLabel: string
  readonly xScale: 'linear' | 'log'
  readonly yScale: 'linear' | 'log'
  readonly series: readonly FigureSeries[]
}

export interface CaseResult {
  readonly id: string
  readonly rows: readonly Row[]
  readonly figures: readonly Figure[]
  readonly verdict: 'holds' | 'misses' | 'shown only'
  /** Reasons of misses as far as known, and whatever a reader must know to judge the rows. */
  readonly notes: readonly string[]
  /** Simulated events, all runs together. */
  readonly events: number
}

export interface RunOptions {
  readonly form: Form
  /** Told the share done, 0..1, now and then. */
  readonly told?: (share: number) => void
}

export interface ValidationCase extends CaseInfo {
  run(options: RunOptions): CaseResult
}

/** What the product says openly that it does not check by running it. */
export interface NotSimulated {
  readonly id: string
  readonly title: string
  readonly reason: string
}
