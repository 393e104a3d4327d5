/** Numbers as a reader wants them: enough digits to compare, no more. */
export function shownNumber(value: number): string {
  if (Number.isNaN(value)) return '—'
  const size = Math.abs(value)
  if (size !== 0 && (size < 1e-3 || size >= 1e7)) return value.toExponential(3)
  const digits = size >= 1000 ? 1 : size >= 10 ? 3 : 5
  return String(Number(value.toFixed(digits)))
}

/** The simulated value against the expected one, in per cent with a sign. */
export function shownError(expected: number, simulated: number): string {
  if (expected === 0) return simulated === 0 ? '0 %' : '—'
  const percent = (100 * (simulated - expected)) / expected
  if (!Number.isFinite(percent)) return '—'
  return `${percent >= 0 ? '+' : '−'}${Math.abs(percent).toFixed(2)} %`
}
