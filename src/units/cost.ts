const HOURS_PER_YEAR = 8766 // 365.25 days
const JOULES_PER_KWH = 3_600_000

/**
 * The share of a price that falls on a stretch of time, written off in equal parts.
 *
 * @param years until nothing is left of it, more than 0
 * @returns USD
 */
export function dollarsOfHardware(priceUsd: number, years: number, seconds: number): number {
  return (priceUsd * seconds) / (years * HOURS_PER_YEAR * 3600)
}

/** @returns USD */
export function dollarsOfEnergy(joules: number, usdPerKwh: number): number {
  return (joules / JOULES_PER_KWH) * usdPerKwh
}
