import { formatBytes, formatCount, formatDuration, formatInstant } from '../../units/format'

/** A number and its unit apart, so that the unit can stand in lighter ink. */
export interface Quantity {
  readonly value: string
  readonly unit: string
}

export const countText = formatCount

/** Three or more significant digits; none that are not known to matter. */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) return '–'
  const size = Math.abs(value)
  if (size >= 1000) return formatCount(value)
  if (size >= 100) return value.toFixed(1).replace(/\.0$/, '')
  if (size >= 10) return value.toFixed(1)
  if (size >= 1) return value.toFixed(2)
  return size === 0 ? '0' : String(Number(value.toPrecision(3)))
}

/** A duration in the unit that suits it. */
export function duration(ps: number): Quantity {
  const [value = '–', unit = ''] = formatDuration(ps).split('\u00a0')
  return { value, unit }
}

export const durationText = formatDuration
export const instantText = formatInstant
export const bytesText = formatBytes

/** A duration given in µs. */
export const microsText = (us: number) => durationText(us * 1e6)

const unitPs: Readonly<Record<string, number>> = { ps: 1, ns: 1e3, µs: 1e6, ms: 1e9, s: 1e12 }

/** One unit for several durations: the one that suits this one, µs if it is not known. */
export function unitOf(ps: number): { readonly unit: string; readonly text: (us: number) => string } {
  const { unit } = duration(ps)
  const size = unitPs[unit]
  return size === undefined ? { unit: 'µs', text: numberText } : { unit, text: (us) => numberText((us * 1e6) / size) }
}

/**
 * The clock: an instant with as many decimals as the speed lets one see.
 *
 * @param speed ps of simulated time per second
 */
export function instant(ps: number, speed = 20e6): Quantity {
  const digits = speed < 1e6 ? 6 : speed < 1e8 ? 4 : 3
  return { value: (ps / 1e9).toFixed(digits), unit: 'ms' }
}

/** 1 s shows this much. */
export const speedText = (speed: number) => durationText(speed).replace(/\.0+(?=\s)/, '')

export const percentText = (share: number) => (Number.isFinite(share) ? `${Math.round(100 * share)} %` : '–')
