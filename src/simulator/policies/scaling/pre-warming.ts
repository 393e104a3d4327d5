import { integer, number } from '../../../scenario/presets/describe'
import { controlPeriod, enoughForAll } from './parameters'
import type { Keep, ScalingPolicy, ScalingService, ScalingView, ScalingWatch } from './scaling-policy'

const BINS = 240
/** Margin on both sides, and the spread of bins from which on a histogram says something. */
const MARGIN = 0.1
const LEAST_SPREAD = 2

/**
 * Serverless with a histogram of each service's idle times: it ends an idle instance at once, starts one again shortly
 * before the next request is likely, and keeps that until it hardly is any more. Where the histogram says nothing, idle
 * instances stay for a fixed time.
 *
 * @see M. Shahrad et al., "Serverless in the Wild", USENIX ATC 2020, section 4: head and tail at the 5th and 99th
 * percentile, 10 % margin, bins of a minute up to four hours, coefficient of variation of the bins of at least 2
 */
export const preWarming: ScalingPolicy = {
  name: 'pre-warming',
  summary:
    'Serverless with a histogram of idle times: instances end at once and start again just before they are needed.',
  parameters: [
    number('binMs', 'Bin', 'ms', 60, 'Width of the 240 bins of the histogram of idle times.', {
      exclusiveMinimum: 0,
      maximum: 1e9,
      source: 'Shahrad et al., ATC 2020: a minute; here a thousandth',
    }),
    integer('leastSeen', 'Least seen', '', 10, 'Idle times seen before the histogram counts.', {
      minimum: 1,
      maximum: 1e9,
    }),
    number('keepAliveMs', 'Keep-alive', 'ms', 600, 'How long an idle instance stays before it ends.', {
      maximum: 1e9,
    }),
    controlPeriod,
  ],
  watch: (parameters, services) =>
    new HistogramKeep(
      services,
      Number(parameters['binMs']),
      Number(parameters['leastSeen']),
      Number(parameters['keepAliveMs']),
    ),
}

class HistogramKeep implements ScalingWatch {
  readonly toZero = true
  /** Per service: idle times by bin, the last for all that are longer. */
  private readonly seen: number[][]

  constructor(
    services: number,
    private readonly binMs: number,
    private readonly leastSeen: number,
    private readonly keepMs: number,
  ) {
    this.seen = Array.from({ length: services }, () => new Array<number>(BINS + 1).fill(0))
  }

  decide(view: ScalingView): ReturnType<typeof enoughForAll> {
    return enoughForAll(view)
  }

  cameAfter(index: number, idleMs: number): void {
    this.seen[index][Math.min(BINS, Math.floor(idleMs / this.binMs))] += 1
  }

  keep(service: ScalingService, index: number): Keep {
    const bins = this.seen[index]
    const count = bins.reduce((sum, value) => sum + value, 0)
    const saw = [{ name: 'idle times seen', value: `${count}` }]
    if (count < this.leastSeen || 2 * bins[BINS] > count || spreadOf(bins) < LEAST_SPREAD) {
      const reason = `no request for ${this.keepMs} ms; ${count} idle times seen say nothing yet`
      return { keepMs: this.keepMs, prewarmMs: Infinity, thenKeepMs: 0, reason, saw }
    }
    const head = binOf(bins, 0.05 * count) * this.binMs * (1 - MARGIN)
    const tail = (binOf(bins, 0.99 * count) + 1) * this.binMs * (1 + MARGIN)
    saw.push({ name: '5 % and 99 % of idle times', value: `${head.toFixed(1)} and ${tail.toFixed(1)} ms` })
    if (head <= service.coldStartMs) {
      const reason = `no request for ${tail.toFixed(1)} ms, longer than nearly all idle times`
      return { keepMs: tail, prewarmMs: Infinity, thenKeepMs: 0, reason, saw }
    }
    const reason = `hardly a request comes within ${head.toFixed(1)} ms`
    return { keepMs: 0, prewarmMs: head - service.coldStartMs, thenKeepMs: tail - head, reason, saw }
  }

  save(): { readonly [key: string]: readonly number[] } {
    return Object.fromEntries(this.seen.map((bins, i) => [`${i}`, bins.slice()]))
  }

  restore(saved: { readonly [key: string]: readonly number[] }): void {
    this.seen.forEach((_, i) => (this.seen[i] = (saved[`${i}`] ?? this.seen[i]).slice()))
  }
}

/** The bin that holds the `rank`-th. */
function binOf(bins: readonly number[], rank: number): number {
  let sum = 0
  for (let i = 0; i < BINS; i += 1) {
    sum += bins[i]
    if (sum >= rank) return i
  }
  return BINS
}

/** Standard deviation of the bins over their mean: large where few bins hold nearly all. */
function spreadOf(bins: readonly number[]): number {
  let sum = 0
  let squares = 0
  for (let i = 0; i < BINS; i += 1) {
    sum += bins[i]
    squares += bins[i] * bins[i]
  }
  const mean = sum / BINS
  return mean === 0 ? 0 : Math.sqrt(Math.max(0, squares / BINS - mean * mean)) / mean
}
