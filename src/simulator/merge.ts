import type { Scenario } from '../scenario/scenario'
import type { Outcome } from './outcome'
import type {
  DecisionRow,
  DeviceRow,
  LatencyHistogram,
  LinkRow,
  MigrationRow,
  OperationRow,
  RunResult,
  ServiceRow,
  SummaryRow,
  Timeline,
} from './result'
import { meanInterval } from './statistics/confidence'

/** Units of the summary's figures; '' for counts, which are summed over replications. */
const UNITS: Readonly<Record<string, string>> = {
  throughput_per_second: '1/s',
  latency_mean_us: 'us',
  latency_p50_us: 'us',
  latency_p90_us: 'us',
  latency_p99_us: 'us',
  latency_p999_us: 'us',
  latency_max_us: 'us',
  downtime_total_us: 'us',
  availability_percent: '%',
  device_down_seconds: 's',
  device_sleep_seconds: 's',
  energy_joules: 'J',
  memory_allocated_gib: 'GiB',
  memory_stranded_gib: 'GiB',
  simulated_seconds: 's',
  energy_per_request_joules: 'J',
  power_mean_watts: 'W',
  rack_cost_usd: 'USD',
  cost_per_million_requests_usd: 'USD',
  memory_unused_gib: 'GiB',
  memory_fragmented_gib: 'GiB',
  memory_reclaimed_gib: 'GiB',
  memory_stranded_mean_gib: 'GiB',
  memory_stranded_max_gib: 'GiB',
  memory_unused_mean_gib: 'GiB',
  memory_unused_max_gib: 'GiB',
  memory_fragmented_mean_gib: 'GiB',
  memory_fragmented_max_gib: 'GiB',
  memory_promoted_gib: 'GiB',
  memory_copies_gib: 'GiB',
  memory_lacking_gib: 'GiB',
  memory_rebuilt_gib: 'GiB',
  memory_restored_gib: 'GiB',
  memory_demoted_gib: 'GiB',
  placement_cost_us: 'us',
  placement_optimum_us: 'us',
  placement_bound_us: 'us',
  placement_gap_percent: '%',
  replicas_mean: 'instances',
  offload_estimate_mean_us: 'us',
  offload_actual_mean_us: 'us',
  offload_estimate_error_us: 'us',
  offload_best_mean_us: 'us',
  offload_regret_percent: '%',
}

const SERVICE_COUNTS = ['completed', 'failed', 'instructions', 'missesLocal', 'missesRemote']

/** What only replication 0 gives. */
export interface FirstReplication {
  readonly decisions: readonly DecisionRow[]
  readonly migrations: readonly MigrationRow[]
  readonly timeline: Timeline
}

/** Counts are sums over the replications, everything else their mean; intervals are t over replications. */
export function mergeOutcomes(scenario: Scenario, outcomes: readonly Outcome[], first: FirstReplication): RunResult {
  const each = <T>(read: (outcome: Outcome) => readonly T[]): T[][] =>
    read(outcomes[0]).map((_, i) => outcomes.map((outcome) => read(outcome)[i]))
  return {
    scenario,
    summary: [...outcomes[0].figures.keys()].map((metric) =>
      summaryRow(
        metric,
        outcomes.map((outcome) => outcome.figures.get(metric)!),
      ),
    ),
    operations: each((outcome) => outcome.operations).map((rows) =>
      combine<OperationRow>(rows, ['completed', 'failed']),
    ),
    services: each((outcome) => outcome.services).map((rows) => combine<ServiceRow>(rows, SERVICE_COUNTS)),
    devices: each((outcome) => outcome.devices).map((rows) => combine<DeviceRow>(rows, ['completed'], ['device'])),
    links: each((outcome) => outcome.links).map((rows) =>
      combine<LinkRow>(rows, ['bytes', 'packets', 'dropped'], ['lane']),
    ),
    decisions: first.decisions,
    migrations: first.migrations,
    timeline: first.timeline,
    histograms: each((outcome) => outcome.histograms).map(combineHistograms),
  }
}

function summaryRow(metric: string, values: readonly number[]): SummaryRow {
  const unit = UNITS[metric] ?? ''
  const isCount = unit === ''
  const value = isCount ? sum(values) : mean(values)
  const interval = values.length > 1 && !isCount ? meanInterval(values, 0.95) : { low: NaN, high: NaN }
  return { metric, value, unit, ci95Low: interval.low, ci95High: interval.high }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

function mean(values: readonly number[]): number {
  return values.length === 1 ? values[0] : sum(values) / values.length
}

/** One row from the same row of all replications. */
function combine<T extends object>(rows: readonly T[], counts: readonly string[], names: readonly string[] = []): T {
  if (rows.length === 1) return rows[0]
  const merged = Object.entries(rows[0]).map(([key, value]: [string, unknown]) => {
    if (typeof value !== 'number' || names.includes(key)) return [key, value] as const
    const values = rows.map((row) => (row as Record<string, number>)[key])
    return [key, counts.includes(key) ? sum(values) : mean(values)] as const
  })
  return Object.fromEntries(merged) as T
}

function combineHistograms(parts: readonly LatencyHistogram[]): LatencyHistogram {
  if (parts.length === 1) return parts[0]
  const bins = new Map<number, { high: number; count: number; phases: number[] }>()
  for (const part of parts)
    part.lowUs.forEach((low, i) => {
      const bin = bins.get(low) ?? { high: part.highUs[i], count: 0, phases: [0, 0, 0, 0] }
      bin.count += part.counts[i]
      for (let phase = 0; phase < 4; phase += 1) bin.phases[phase] += part.phases[i * 4 + phase] * part.counts[i]
      bins.set(low, bin)
    })
  const sorted = [...bins].sort((a, b) => a[0] - b[0])
  return {
    id: parts[0].id,
    count: sum(parts.map((part) => part.count)),
    lowUs: Float64Array.from(sorted, ([low]) => low),
    highUs: Float64Array.from(sorted, ([, bin]) => bin.high),
    counts: Float64Array.from(sorted, ([, bin]) => bin.count),
    phases: Float64Array.from(sorted.flatMap(([, bin]) => bin.phases.map((share) => share / bin.count))),
  }
}
