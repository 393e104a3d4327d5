import type { DifferenceRow, Paired } from '../../../simulator/result'
import { countText, microsText, numberText, percentText } from '../../charts/quantity-text'

const shown: readonly (readonly [metric: string, name: string])[] = [
  ['latency_mean_us', 'mean latency'],
  ['latency_p50_us', 'p50'],
  ['latency_p99_us', 'p99'],
  ['latency_p999_us', 'p99.9'],
  ['requests_completed', 'completed'],
  ['requests_failed', 'failed'],
  ['requests_in_flight', 'unfinished'],
  ['migrations', 'migrations'],
  ['downtime_total_us', 'downtime'],
  ['offloads', 'offloads'],
  ['energy_joules', 'energy'],
]

/** The figures that tell most; those that are 0 in both are left out. */
export function figureRows(
  rows: readonly DifferenceRow[],
): readonly { readonly name: string; readonly row: DifferenceRow }[] {
  return shown.flatMap(([metric, name]) => {
    const row = rows.find((each) => each.metric === metric)
    return row === undefined || (row.a === 0 && row.b === 0) ? [] : [{ name, row }]
  })
}

/** How B differs from A: counts by their number, quantities by their share. */
export function changeText({ a, b, difference, unit }: DifferenceRow): string {
  if (!Number.isFinite(difference)) return '–'
  if (difference === 0) return '0'
  const sign = difference > 0 ? '+' : '−'
  if (unit === '' || a === 0 || b === 0) return `${sign}${amountText(Math.abs(difference), unit)}`
  const share = Math.abs(difference / a)
  return share < 0.01 ? `${sign}${(100 * share).toPrecision(1)} %` : `${sign}${percentText(share)}`
}

function amountText(value: number, unit: string): string {
  return unit === 'us' ? microsText(value) : unit === '' ? countText(value) : numberText(value)
}

/** What the change did to the requests that both have answered, in one sentence. */
export function verdict(paired: Paired, words: string): string {
  const { requests, meanA, meanB, ci95Low, ci95High, faster, slower } = paired
  if (requests === 0) return 'No request ended in both after the moment.'
  const difference = meanB - meanA
  if (faster === 0 && slower === 0) return `“${words}” changed no request.`
  const interval = Number.isFinite(ci95Low) ? ` (95 %: ${signed(ci95Low)} to ${signed(ci95High)})` : ''
  if (ci95Low <= 0 && ci95High >= 0) return `Not distinguishable: ${signed(difference)} per request${interval}.`
  const how = difference < 0 ? 'lowers' : 'raises'
  return `“${words}” ${how} the mean latency by ${percentText(Math.abs(difference) / meanA)}: ${signed(difference)} per request${interval}.`
}

function signed(us: number): string {
  return `${us < 0 ? '−' : '+'}${microsText(Math.abs(us))}`
}
