import { PS_PER_US } from '../units/time'
import type { Paired } from './result'
import type { RequestLog } from './services/request-log'
import { meanInterval } from './statistics/confidence'

/** Differences of neighbours in time depend on each other, means of long stretches hardly: so many stretches make an interval. */
const STRETCHES = 20
const FEWEST_IN_STRETCH = 10

/** Latencies of the requests answered in both runs of a replication, in order of their arrival, ps. */
interface Pairs {
  readonly a: Float64Array
  readonly b: Float64Array
  readonly onlyA: number
  readonly onlyB: number
}

/** @param logs of each replication, the one of A first */
export function pairedDifference(logs: readonly (readonly [RequestLog, RequestLog])[]): Paired {
  const replications = logs.map(([a, b]) => pairsOf(a, b))
  const requests = sum(replications.map((pairs) => pairs.a.length))
  const total = (read: (pairs: Pairs) => number): number => sum(replications.map(read))
  const { low, high } = intervalOf(replications)
  return {
    requests,
    onlyA: total((pairs) => pairs.onlyA),
    onlyB: total((pairs) => pairs.onlyB),
    meanA: total((pairs) => sum(pairs.a)) / requests / PS_PER_US,
    meanB: total((pairs) => sum(pairs.b)) / requests / PS_PER_US,
    ci95Low: low / PS_PER_US,
    ci95High: high / PS_PER_US,
    faster: total(({ a, b }) => a.reduce((count, latency, i) => count + (b[i] < latency ? 1 : 0), 0)),
    slower: total(({ a, b }) => a.reduce((count, latency, i) => count + (b[i] > latency ? 1 : 0), 0)),
  }
}

function pairsOf(a: RequestLog, b: RequestLog): Pairs {
  const inA = new Map<number, number>()
  for (let i = 0; i < a.count; i += 1) if (!Number.isNaN(a.latency[i])) inA.set(a.request[i], i)
  const both: (readonly [number, number])[] = []
  let onlyB = 0
  for (let i = 0; i < b.count; i += 1) {
    if (Number.isNaN(b.latency[i])) continue
    const other = inA.get(b.request[i])
    if (other === undefined) onlyB += 1
    else both.push([other, i])
  }
  both.sort(([first], [second]) => a.arrival[first] - a.arrival[second] || first - second)
  return {
    a: Float64Array.from(both, ([i]) => a.latency[i]),
    b: Float64Array.from(both, ([, i]) => b.latency[i]),
    onlyA: inA.size - both.length,
    onlyB,
  }
}

/** Over the replications' means; of a single one over the means of stretches of its requests. */
function intervalOf(replications: readonly Pairs[]): { readonly low: number; readonly high: number } {
  const filled = replications.filter((pairs) => pairs.a.length > 0)
  const means = filled.map((pairs) => meanDifference(pairs, 0, pairs.a.length))
  if (replications.length > 1) return meanInterval(means, 0.95)
  return meanInterval(filled.flatMap(stretchMeans), 0.95)
}

function stretchMeans(pairs: Pairs): number[] {
  const length = Math.floor(pairs.a.length / STRETCHES)
  if (length < FEWEST_IN_STRETCH) return []
  return Array.from({ length: STRETCHES }, (_, i) => meanDifference(pairs, i * length, (i + 1) * length))
}

function meanDifference({ a, b }: Pairs, from: number, to: number): number {
  let total = 0
  for (let i = from; i < to; i += 1) total += b[i] - a[i]
  return total / (to - from)
}

function sum(values: ArrayLike<number>): number {
  let total = 0
  for (let i = 0; i < values.length; i += 1) total += values[i]
  return total
}
