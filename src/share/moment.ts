/** An instant of simulated time in words: `412.31ms`, `1.5s`, `90ns`. */

const PS_PER: Readonly<Record<string, bigint>> = {
  ps: 1n,
  ns: 1_000n,
  us: 1_000_000n,
  µs: 1_000_000n,
  ms: 1_000_000_000n,
  s: 1_000_000_000_000n,
}

/** Whole picoseconds; null where the text is no time, is finer than a picosecond, or too far to be exact. */
export function momentPs(text: string): number | null {
  const parts = /^(\d{1,16})(?:\.(\d{1,12}))?(ps|ns|us|µs|ms|s)$/.exec(text)
  if (parts === null) return null
  const [, whole = '', decimals = '', unit = ''] = parts
  const scaled = BigInt(whole + decimals) * (PS_PER[unit] ?? 1n)
  const divisor = 10n ** BigInt(decimals.length)
  const ps = Number(scaled / divisor)
  return scaled % divisor === 0n && Number.isSafeInteger(ps) ? ps : null
}

/** The exact text in ms. @param ps whole picoseconds, 0 or more */
export function momentText(ps: number): string {
  const digits = String(ps).padStart(10, '0')
  const decimals = digits.slice(-9).replace(/0+$/, '')
  return `${digits.slice(0, -9)}${decimals === '' ? '' : `.${decimals}`}ms`
}
