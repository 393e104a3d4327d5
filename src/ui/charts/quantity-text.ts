/** A number and its unit apart, so that the unit can stand in lighter ink. */
export interface Quantity {
  readonly value: string
  readonly unit: string
}

const timeUnits = [
  ['s', 1e12],
  ['ms', 1e9],
  ['µs', 1e6],
  ['ns', 1e3],
  ['ps', 1],
] as const

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })

/** Whole numbers with thousands separators. */
export const countText = (count: number) => (Number.isFinite(count) ? grouped.format(count) : '–')

/** Three or more significant digits; none that are not known to matter. */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) return '–'
  const size = Math.abs(value)
  if (size >= 1000) return grouped.format(value)
  if (size >= 100) return value.toFixed(1).replace(/\.0$/, '')
  if (size >= 10) return value.toFixed(1)
  if (size >= 1) return value.toFixed(2)
  return size === 0 ? '0' : String(Number(value.toPrecision(3)))
}

/** A duration in the unit that suits it. */
export function duration(ps: number): Quantity {
  if (!Number.isFinite(ps)) return { value: '–', unit: '' }
  const [unit, size] = timeUnits.find((each) => Math.abs(ps) >= each[1] * 0.9995) ?? (['ns', 1e3] as const)
  return { value: numberText(ps / size), unit }
}

export function durationText(ps: number): string {
  const { value, unit } = duration(ps)
  return unit === '' ? value : `${value} ${unit}`
}

/** A duration given in µs. */
export const microsText = (us: number) => durationText(us * 1e6)

/**
 * The clock: an instant with as many decimals as the speed lets one see.
 *
 * @param speed ps of simulated time per second
 */
export function instant(ps: number, speed = 20e6): Quantity {
  const digits = speed < 1e6 ? 6 : speed < 1e8 ? 4 : 3
  return { value: (ps / 1e9).toFixed(digits), unit: 'ms' }
}

export function instantText(ps: number): string {
  return `${(ps / 1e9).toFixed(3)} ms`
}

const byteUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const

export function bytesText(bytes: number): string {
  if (!Number.isFinite(bytes)) return '–'
  let value = bytes
  let unit = 0
  while (value >= 1024 && unit < byteUnits.length - 1) {
    value /= 1024
    unit += 1
  }
  return `${unit === 0 ? String(value) : numberText(value)} ${byteUnits[unit] ?? 'B'}`
}

/** 1 s shows this much. */
export const speedText = (speed: number) => durationText(speed).replace(/\.0+ /, ' ')

export const percentText = (share: number) => (Number.isFinite(share) ? `${Math.round(100 * share)} %` : '–')
