import type { LatencyHistogram } from '../../simulator/result'
import { logScale } from './scale'

/** One bar: requests of similar latency, and where their time went. */
export interface Bin {
  readonly lowUs: number
  readonly highUs: number
  readonly count: number
  /** Shares of wait, compute, memory, network; they add up to 1. */
  readonly phases: readonly [number, number, number, number]
}

/** Puts the recorded buckets into bars of equal width on a log axis. */
export function logBins(histogram: LatencyHistogram, bars: number): Bin[] {
  const used = [...histogram.counts.keys()].filter((at) => (histogram.counts[at] ?? 0) > 0)
  const first = firstAbove(histogram, used)
  const last = used.at(-1)
  if (first === undefined || last === undefined) return []
  const low = Math.max(1e-4, histogram.lowUs[first] ?? 0)
  const high = Math.max(low * 1.2, histogram.highUs[last] ?? 0)
  const scale = logScale([low, high], [0, bars], true)
  const sums = Array.from({ length: bars }, () => ({ count: 0, phases: [0, 0, 0, 0] }))
  for (const at of used) {
    const from = scale(Math.max(low, histogram.lowUs[at] ?? 0))
    const to = Math.max(from + 1e-9, scale(Math.max(low, histogram.highUs[at] ?? 0)))
    // A bucket wider than a bar is shared out among the bars that it covers.
    for (let bar = Math.min(bars - 1, Math.floor(from)); bar < Math.min(bars, to); bar += 1) {
      const share = (Math.min(bar + 1, to) - Math.max(bar, from)) / (to - from)
      add(
        sums[bar],
        (histogram.counts[at] ?? 0) * Math.max(share, to - from < 1e-6 ? 1 : 0),
        histogram.phases.subarray(4 * at, 4 * at + 4),
      )
    }
  }
  return sums.map(({ count, phases }, bar) => {
    const total = phases.reduce((sum, each) => sum + each, 0)
    const share = (phase: number) => (total > 0 ? (phases[phase] ?? 0) / total : phase === 0 ? 1 : 0)
    return {
      lowUs: scale.invert(bar),
      highUs: scale.invert(bar + 1),
      count,
      phases: [share(0), share(1), share(2), share(3)],
    }
  })
}

function add(bin: { count: number; phases: number[] } | undefined, count: number, shares: Float64Array) {
  if (bin === undefined) return
  bin.count += count
  bin.phases = bin.phases.map((sum, phase) => sum + count * (shares[phase] ?? 0))
}

/** Below this share of all requests the lower end of the axis is cut; those requests stand in the first bar. */
const cutShare = 0.001

function firstAbove(histogram: LatencyHistogram, used: readonly number[]): number | undefined {
  let sum = 0
  return used.find((at) => {
    sum += histogram.counts[at] ?? 0
    return sum > cutShare * histogram.count
  })
}

/** 1, 2 and 5 of every decade inside the bounds. */
export function logTicks(low: number, high: number): number[] {
  const ticks: number[] = []
  for (let decade = 10 ** Math.floor(Math.log10(low)); decade <= high; decade *= 10) {
    for (const step of [1, 2, 5])
      if (step * decade >= low * 0.999 && step * decade <= high * 1.001) ticks.push(step * decade)
  }
  return ticks.length > 9
    ? ticks.filter((tick) => /^1(e|0*$)|^0\.0*1$/.test(String(Number(tick.toPrecision(3)))))
    : ticks
}
