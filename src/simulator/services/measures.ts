import * as Failure from './failure'
import { capture, reinstate, type Plain, type Saved } from '../engine/plain-state'
import type { RecentLatencies } from './recent-latencies'
import type { RecentPeers } from './recent-peers'
import type { RequestLog } from './request-log'
import { ExactSum } from '../statistics/exact-sum'
import { Histogram, bucketOf, lowOf } from '../statistics/histogram'
import { TimeWeighted } from '../statistics/time-weighted'
import { OffloadTimes } from './offload-times'
import * as Wait from './wait'

/** Buckets of the fine histogram that make one bin of the displayed one: 8 bins an octave. */
const BIN_SHIFT = 7

/** What is known of the finished executions of one operation; times in ps. */
export class OperationMeasure {
  readonly latency = new Histogram()
  private readonly wait = new ExactSum()
  private readonly compute = new ExactSum()
  private readonly memory = new ExactSum()
  private readonly network = new ExactSum()
  /** Wait, compute, memory, network. */
  readonly spent = [this.wait, this.compute, this.memory, this.network] as const
  /** Own waits by kind, callees left out: see wait.ts. */
  readonly waited = Array.from({ length: Wait.COUNT }, () => new ExactSum())
  completed = 0
  failed = 0
  /** Latencies per displayed bin, and the time spent in the four phases by them. */
  bins = new Float64Array(0)
  binSpent = new Float64Array(0)

  record(latency: number, spent: Float64Array, at: number): void {
    this.completed += 1
    this.latency.record(latency)
    const bin = bucketOf(latency) >> BIN_SHIFT
    if (bin >= this.bins.length) this.growBins(bin + 8)
    this.bins[bin] += 1
    const { binSpent } = this
    const to = bin * 4
    binSpent[to] += spent[at]
    binSpent[to + 1] += spent[at + 1]
    binSpent[to + 2] += spent[at + 2]
    binSpent[to + 3] += spent[at + 3]
    this.wait.add(spent[at])
    this.compute.add(spent[at + 1])
    this.memory.add(spent[at + 2])
    this.network.add(spent[at + 3])
  }

  recordWaits(waited: Float64Array, at: number): void {
    const sums = this.waited
    if (waited[at] > 0) sums[0].add(waited[at])
    if (waited[at + 1] > 0) sums[1].add(waited[at + 1])
    if (waited[at + 2] > 0) sums[2].add(waited[at + 2])
    if (waited[at + 3] > 0) sums[3].add(waited[at + 3])
    if (waited[at + 4] > 0) sums[4].add(waited[at + 4])
    if (waited[at + 5] > 0) sums[5].add(waited[at + 5])
    if (waited[at + 6] > 0) sums[6].add(waited[at + 6])
  }

  private growBins(n: number): void {
    const bins = new Float64Array(n)
    bins.set(this.bins)
    this.bins = bins
    const spent = new Float64Array(n * 4)
    spent.set(this.binSpent)
    this.binSpent = spent
  }

  save(): Saved {
    return {
      ...capture(this as unknown as Record<string, Plain>, ['completed', 'failed', 'bins', 'binSpent']),
      latency: this.latency.save() as unknown as Saved,
      spent: this.spent.map((sum) => sum.save()),
      waited: this.waited.map((sum) => sum.save()),
    }
  }

  restore(saved: Saved): void {
    reinstate(this as unknown as Record<string, Plain>, ['completed', 'failed', 'bins', 'binSpent'], saved)
    this.latency.restore(saved['latency'] as never)
    this.spent.forEach((sum, i) => sum.restore((saved['spent'] as readonly Float64Array[])[i]))
    this.waited.forEach((sum, i) => sum.restore((saved['waited'] as readonly Float64Array[])[i]))
  }
}

/** Edges of a displayed bin, ps. */
export function binEdges(bin: number): { readonly low: number; readonly high: number } {
  return { low: lowOf(bin << BIN_SHIFT), high: lowOf((bin + 1) << BIN_SHIFT) }
}

/** What the run as a whole measures: latencies, counts, requests in the house. */
export class Measures {
  readonly operations: readonly OperationMeasure[]
  readonly requests = new OperationMeasure()
  /** Latencies of the present timeline bucket, per entry operation; null where nobody enters. */
  readonly recent: readonly (Histogram | null)[]
  readonly sources: number
  /** Names the sources in the counters of random draws. */
  readonly sourceHash: Int32Array
  /** Latencies by instance, for a policy that looks at them; null: nobody does. */
  recentOf: RecentLatencies | null = null
  /** Who talks with whom, for a policy that looks at it; null: nobody does. */
  peersOf: RecentPeers | null = null
  /** Requests in the house (0); executions that wait for a worker (1). */
  readonly inHouse = new TimeWeighted(2)
  offeredCount = 0
  offloads = 0
  /** Where requests are noted as they end; null: nowhere. No state of the run. */
  log: RequestLog | null = null
  /** Further attempts, and why requests failed, see failure.ts; of the measured window. */
  counts = { retries: 0, hedges: 0, hedgesWon: 0, timeouts: 0 }
  failedBy = new Float64Array(Failure.names.length)
  readonly offloadTimes = new OffloadTimes()
  /** Time that all answered requests have spent in the house, ps. */
  stayed = 0

  constructor(
    operations: number,
    entries: readonly number[],
    sourceHash: readonly number[],
    private readonly warmupPs: number,
    private readonly now: Float64Array,
  ) {
    this.operations = Array.from({ length: operations }, () => new OperationMeasure())
    this.recent = Array.from({ length: operations }, (_, i) => (entries.includes(i) ? new Histogram() : null))
    this.sourceHash = Int32Array.from(sourceHash)
    this.sources = Math.max(1, sourceHash.length)
  }

  /** A request arrives from outside; says whether it belongs to the measured window. */
  offered(now: number): boolean {
    this.inHouse.add(0, 1, now)
    if (now < this.warmupPs) return false
    this.offeredCount += 1
    return true
  }

  waits(change: number, now: number): void {
    this.inHouse.add(1, change, now)
  }

  /** An execution is over, `failed` for what reason; `spent[at … at + 3]` are its times in the four phases. */
  finished(
    operation: number,
    latency: number,
    spent: Float64Array,
    at: number,
    failed: number,
    measured: boolean,
    root: boolean,
  ): void {
    if (root) {
      this.inHouse.add(0, -1, this.now[0])
      this.stayed += latency
      if (failed === 0) this.recent[operation]?.record(latency)
    }
    if (!measured) return
    this.tell(this.operations[operation], latency, spent, at, failed > 0)
    if (!root) return
    this.tell(this.requests, latency, spent, at, failed > 0)
    this.failedBy[failed] += 1
  }

  private tell(measure: OperationMeasure, latency: number, spent: Float64Array, at: number, failed: boolean): void {
    if (failed) measure.failed += 1
    else measure.record(latency, spent, at)
  }

  save(): Saved {
    return {
      operations: this.operations.map((operation) => operation.save()),
      requests: this.requests.save(),
      recent: this.recent.map((histogram): Plain => (histogram?.save() ?? null) as unknown as Plain),
      inHouse: this.inHouse.save(),
      offeredCount: this.offeredCount,
      offloads: this.offloads,
      offloadTimes: this.offloadTimes.save(),
      stayed: this.stayed,
      counts: { ...this.counts },
      failedBy: this.failedBy.slice(),
    }
  }

  restore(saved: Saved): void {
    this.operations.forEach((operation, i) => operation.restore((saved['operations'] as readonly Saved[])[i]))
    this.requests.restore(saved['requests'] as Saved)
    this.recent.forEach((histogram, i) => histogram?.restore((saved['recent'] as readonly unknown[])[i] as never))
    this.inHouse.restore(saved['inHouse'] as Float64Array)
    this.offeredCount = saved['offeredCount'] as number
    this.offloads = saved['offloads'] as number
    this.offloadTimes.restore(saved['offloadTimes'] as Saved)
    this.stayed = saved['stayed'] as number
    this.counts = { ...(saved['counts'] as unknown as Measures['counts']) }
    this.failedBy = (saved['failedBy'] as Float64Array).slice()
  }
}
