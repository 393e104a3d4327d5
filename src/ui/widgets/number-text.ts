const SUFFIX: { readonly [suffix: string]: number } = { k: 1e3, M: 1e6, G: 1e9, m: 1e-3, u: 1e-6, µ: 1e-6, n: 1e-9 }

/** What a person means by a number: `1,000`, `1e6`, `20k`, `2.5 M`; null when it is none. */
export function parseNumber(text: string): number | null {
  const match = /^\s*([-+]?(?:\d[\d, ]*\.?\d*|\.\d+)(?:e[-+]?\d+)?)\s*([kMGmuµn]?)\s*$/i.exec(text)
  if (match === null) return null
  const value = Number((match[1] ?? '').replace(/[, ]/g, ''))
  const scaled = value * (SUFFIX[match[2] ?? ''] ?? 1)
  return Number.isFinite(scaled) ? Number(scaled.toPrecision(15)) : null
}

/** A number as it stands in a field: exact, with thousands set apart. */
export function showNumber(value: number): string {
  const magnitude = Math.abs(value)
  if (magnitude !== 0 && (magnitude >= 1e12 || magnitude < 1e-6)) return String(value)
  return value.toLocaleString('en-US', { maximumFractionDigits: 12 })
}
