/** A sample in six numbers, rounded to thousandths; percentiles interpolate linearly (type 7). */
export interface SampleSummary {
  readonly n: number
  readonly mean: number
  readonly p50: number
  readonly p99: number
  readonly min: number
  readonly max: number
}

/** @param values at least one */
export function summarize(values: readonly number[]): SampleSummary {
  const sorted = [...values].sort((a, b) => a - b)
  return {
    n: sorted.length,
    mean: rounded(meanOf(sorted), 3),
    p50: rounded(percentile(sorted, 0.5), 3),
    p99: rounded(percentile(sorted, 0.99), 3),
    min: rounded(sorted[0] ?? Number.NaN, 3),
    max: rounded(sorted.at(-1) ?? Number.NaN, 3),
  }
}

export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

export function rounded(value: number, decimals: number): number {
  const scale = 10 ** decimals
  return Math.round(value * scale) / scale
}

/** @see Hyndman and Fan, Sample Quantiles in Statistical Packages (1996), definition 7 */
function percentile(sorted: readonly number[], share: number): number {
  const position = (sorted.length - 1) * share
  const below = sorted[Math.floor(position)] ?? Number.NaN
  const above = sorted[Math.ceil(position)] ?? Number.NaN
  return below + (above - below) * (position - Math.floor(position))
}
