import { numberText } from '../charts/quantity-text'
import type { CaseGroup, CaseResult, Row, Strictness } from '../../validation/validation-case'

export const GROUPS: readonly { readonly id: CaseGroup; readonly name: string; readonly what: string }[] = [
  { id: 'closed forms', name: 'Closed forms', what: 'Queues, networks and mechanisms whose answer theory gives.' },
  { id: 'decisions', name: 'Decisions', what: 'Policies against theory, against hindsight and against each other.' },
  { id: 'published', name: 'Published results', what: 'Measurements of real devices and systems.' },
  { id: 'fidelity', name: 'Fidelity', what: 'burst and fluid against line, over load.' },
]

export const groupName = (id: string): string => GROUPS.find((group) => group.id === id)?.name ?? id

/** Each class in one sentence: what would make a case of it miss. */
export const STRICTNESS: { readonly [strictness in Strictness]: { readonly name: string; readonly what: string } } = {
  exact: {
    name: 'Exact',
    what: 'A closed form of the same model, or its reference fidelity: met within the tolerance of the case, or, where chance plays in, inside the 99.9 % interval of the simulated value.',
  },
  calibrated: {
    name: 'Calibrated',
    what: 'A device’s own curve: some of its points set the parameters, and those held out must come out within 10 %.',
  },
  shape: {
    name: 'Shape',
    what: 'An application whose demands are not all published: the knee within 20 % and the end ratio within 30 %.',
  },
  order: {
    name: 'Order',
    what: 'A headline figure of a system that is not modelled in detail, or of one policy against another: the right winner, and the right size within a factor of 2 to 3 or of a bound.',
  },
}

export const VERDICTS: { readonly [verdict in CaseResult['verdict']]: string } = {
  holds: 'Holds',
  misses: 'Misses',
  'shown only': 'Shown only',
}

export const ROLES: { readonly [role in Row['role']]: { readonly name: string; readonly what: string } } = {
  mechanism: { name: 'Mechanism', what: 'our run against theory, or against the reference, of the same model' },
  parameter: { name: 'Held out', what: 'against a measurement, which other parameters could move' },
  'calibration point': { name: 'Calibrated on', what: 'these set the parameters, so nothing is claimed of them' },
}

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 20, maximumSignificantDigits: 6 })

/** Enough digits to compare two values by eye. */
export function valueText(value: number): string {
  if (!Number.isFinite(value)) return '–'
  const size = Math.abs(value)
  if (size !== 0 && (size < 1e-4 || size >= 1e9)) return value.toExponential(3).replace('e+', 'e')
  return grouped.format(Number(value.toPrecision(6)))
}

/** Differences below this come from the rounding of doubles alone, per cent. */
const ROUNDING = 1e-10

/** Simulated against expected, in per cent with a sign. */
export function errorText(row: Row): string {
  const { expected, simulated, bound } = row
  if (bound !== undefined) return ''
  if (simulated === expected) return '0 %'
  const percent = (100 * (simulated - expected)) / Math.abs(expected)
  if (Math.abs(percent) < ROUNDING) return '0 %'
  if (!Number.isFinite(percent)) return '–'
  return `${percent > 0 ? '+' : '−'}${sizeText(Math.abs(percent), row)} %`
}

/** With as many decimals as tell what is outside from what is allowed. */
function sizeText(percent: number, { tolerance, verdict }: Row): string {
  const short = numberText(percent)
  if (verdict !== 'outside' || short !== numberText(100 * tolerance)) return short
  const decimals = [2, 3, 4, 5, 6].find((each) => Number(percent.toFixed(each)) > 100 * tolerance)
  return decimals === undefined ? short : percent.toFixed(decimals)
}

/** What would still have counted as within. */
export function allowedText({ low, high, tolerance, verdict, bound }: Row): string {
  if (verdict === 'shown only') return ''
  if (bound !== undefined) return `${bound} that`
  if (Number.isFinite(tolerance)) return `± ${numberText(100 * tolerance)} %`
  return Number.isFinite(low) && Number.isFinite(high) ? `${valueText(low)} – ${valueText(high)}` : ''
}

/** What the interval is that stands as allowed. */
export const INTERVAL = 'Interval of the simulated value, which must hold the expected one'

/** What heads the column of what is allowed. */
export function allowedHeading(rows: readonly Row[]): 'Allowed' | '99.9 % interval' | 'Allowed or 99.9 % interval' {
  const claimed = rows.filter((row) => row.verdict !== 'shown only')
  const byInterval = claimed.filter(({ bound, tolerance }) => bound === undefined && !Number.isFinite(tolerance))
  if (byInterval.length === 0) return 'Allowed'
  return byInterval.length === claimed.length ? '99.9 % interval' : 'Allowed or 99.9 % interval'
}

export const secondsText = (ms: number): string =>
  ms < 10_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`
