const SUFFIX: { readonly [suffix: string]: number } = {
  ...{ '': 1, k: 1e3, K: 1e3, M: 1e6, G: 1e9 },
  ...{ m: 1e-3, u: 1e-6, µ: 1e-6, n: 1e-9 },
}

/** Thousands may be set apart by commas or spaces, in threes only: `2,5` means 2.5 to some and is refused. */
const NUMBER = /^\s*([-+]?(?:\d{1,3}(?:[, ]\d{3})+|\d+)?(?:\.\d*)?(?:e[-+]?\d+)?)\s*([kKMGmuµn]?)\s*$/i

/** What a person means by a number: `1,000`, `1e6`, `20k`, `2.5 M`; null when it is none. */
export function parseNumber(text: string): number | null {
  const match = NUMBER.exec(text)
  const digits = (match?.[1] ?? '').replace(/[, ]/g, '')
  const factor = SUFFIX[match?.[2] ?? '']
  if (!/^[-+]?\.?\d/.test(digits) || factor === undefined) return null
  const scaled = Number(digits) * factor
  return Number.isFinite(scaled) ? Number(scaled.toPrecision(15)) : null
}

/** Why a text that is no number, or no whole one where that is wanted, is not taken. */
export function whyNoNumber(text: string): string {
  const shown = text.trim().length > 20 ? `${text.trim().slice(0, 20)}…` : text.trim()
  if (parseNumber(text) !== null) return `A whole number is wanted; ${shown} is none.`
  if (/^[-+]?\d+,\d+$/.test(text.trim()))
    return `${shown} can be read in two ways: write 2.5 with a point, 2,500 or 2500 for thousands.`
  if (/^[-+]?\d*\.?\d*e\d+$/i.test(text.trim())) return `${shown} is larger than any number here.`
  return `“${shown}” is no number. Written are 20000, 20,000, 20k, 2.5 M or 1e6.`
}

/** A number as it stands in a field: exact, with thousands set apart. */
export function showNumber(value: number): string {
  const magnitude = Math.abs(value)
  if (magnitude !== 0 && (magnitude >= 1e12 || magnitude < 1e-6)) return String(value)
  return value.toLocaleString('en-US', { maximumFractionDigits: 12 })
}
