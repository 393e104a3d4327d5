import { PS_PER_MS, PS_PER_NS, PS_PER_SECOND, PS_PER_US } from './time'
import { GIB, KIB, MIB } from './data'

/** How many base units make one of this unit. */
type Step = readonly [factor: number, unit: string]
/** The units of a quantity, smallest first. */
type Scale = readonly [Step, ...Step[]]

const DURATIONS: Scale = [
  [1, 'ps'],
  [PS_PER_NS, 'ns'],
  [PS_PER_US, 'µs'],
  [PS_PER_MS, 'ms'],
  [PS_PER_SECOND, 's'],
]
const DATA: Scale = [
  [KIB, 'KiB'],
  [MIB, 'MiB'],
  [GIB, 'GiB'],
  [GIB * KIB, 'TiB'],
]
const RATES: Scale = [
  [1, '/s'],
  [1e3, 'k/s'],
  [1e6, 'M/s'],
  [1e9, 'G/s'],
]
const BANDWIDTHS: Scale = [
  [1, 'B/s'],
  [1e3, 'kB/s'],
  [1e6, 'MB/s'],
  [1e9, 'GB/s'],
  [1e12, 'TB/s'],
]

/** What stands on the screen where a quantity is not known or not applicable. */
const NOT_APPLICABLE = '–'

/** A duration to three significant digits in the unit that fits: `41.2 µs`, `2.1 ms`. */
export function formatDuration(ps: number): string {
  return inScale(ps, DURATIONS)
}

/** An instant of a run to the microsecond: `470.000 ms`. */
export function formatInstant(ps: number): string {
  return Number.isFinite(ps) ? `${(ps / PS_PER_MS).toFixed(3)}\u00a0ms` : NOT_APPLICABLE
}

/** An amount of data to one decimal, in binary units: `256.0 MiB`; whole below 1 KiB: `640 B`. */
export function formatBytes(bytes: number): string {
  if (!Number.isFinite(bytes)) return NOT_APPLICABLE
  if (Math.abs(bytes) < KIB) return `${bytes.toFixed(0)}\u00a0B`
  const [factor, unit] = largest(DATA, Math.abs(bytes) * (1 + 0.05 / KIB)) // 1023.95 KiB is 1.0 MiB
  return `${(bytes / factor).toFixed(1)}\u00a0${unit}`
}

/** Requests, messages or events a second, to three significant digits: `100 k/s`. */
export function formatRate(perSecond: number): string {
  return inScale(perSecond, RATES)
}

/** Bytes a second, to three significant digits, in decimal units: `38.4 GB/s`. */
export function formatBandwidth(bytesPerSecond: number): string {
  return inScale(bytesPerSecond, BANDWIDTHS)
}

/** A share from 0 to 1 with one decimal where it has one: `94 %`, `18.4 %`. */
export function formatPercent(share: number): string {
  return Number.isFinite(share) ? `${withoutZeros((share * 100).toFixed(1))}\u00a0%` : NOT_APPLICABLE
}

/** A count with commas: `12,345`. */
export function formatCount(count: number): string {
  if (!Number.isFinite(count)) return NOT_APPLICABLE
  return count.toFixed(0).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** Three significant digits without trailing zeros. */
function inScale(amount: number, scale: Scale): string {
  if (!Number.isFinite(amount)) return NOT_APPLICABLE
  const rounded = Number(amount.toPrecision(3)) // 999.9 µs is 1 ms
  const [factor, unit] = largest(scale, Math.abs(rounded))
  return `${threeDigits(rounded / factor)}\u00a0${unit}`
}

/** The largest unit that leaves 1 or more in front, or the smallest. */
function largest(scale: Scale, size: number): Step {
  return scale.reduce((best, step) => (size >= step[0] ? step : best), scale[0])
}

function threeDigits(x: number): string {
  const size = Math.abs(x)
  const decimals = size >= 100 ? 0 : size >= 10 ? 1 : 2
  return withoutZeros(x.toFixed(decimals))
}

function withoutZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}
