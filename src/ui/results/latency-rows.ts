import type { OperationRow, RunResult, SummaryRow } from '../../simulator/result'

/** One line of the percentile table, µs. */
export interface LatencyRow {
  readonly name: string
  readonly us: number
  /** Half width of the 95 % interval; NaN where there is none. */
  readonly halfUs: number
}

const metrics = [
  ['mean', 'latency_mean_us', 'meanUs'],
  ['p50', 'latency_p50_us', 'p50Us'],
  ['p90', 'latency_p90_us', 'p90Us'],
  ['p99', 'latency_p99_us', 'p99Us'],
  ['p99.9', 'latency_p999_us', 'p999Us'],
] as const satisfies readonly (readonly [string, string, keyof OperationRow])[]

/** @param id `kv.get`; '' for all requests, the only ones with intervals */
export function latencyRows(result: RunResult, id: string): LatencyRow[] {
  const operation = result.operations.find((row) => `${row.service}.${row.operation}` === id)
  return metrics.map(([name, metric, column]) => {
    if (operation !== undefined) return { name, us: operation[column], halfUs: NaN }
    const row = result.summary.find((each) => each.metric === metric)
    return { name, us: row?.value ?? NaN, halfUs: halfWidth(row) }
  })
}

/** Where requests have come to; all but the first add up to it. */
export function requestCounts(
  result: RunResult,
): Readonly<Record<'offered' | 'completed' | 'failed' | 'inFlight', number>> {
  const count = (metric: string) => summaryValue(result, `requests_${metric}`)
  return {
    offered: count('offered'),
    completed: count('completed'),
    failed: count('failed'),
    inFlight: count('in_flight'),
  }
}

/** The device, local memory or link that was busy for most of the time; null: there is none. */
export function busiestPlace(result: RunResult): { readonly name: string; readonly utilization: number } | null {
  const places = [
    ...result.devices.map(({ node, device, utilization }) => ({ name: `${node}.${device}`, utilization })),
    ...result.devices.map(({ node, device, localBusUtilization }) => ({
      name: `The local memory of ${node}.${device}`,
      utilization: localBusUtilization,
    })),
    ...result.links.map(({ direction, utilization }) => ({ name: direction, utilization })),
  ].filter(({ utilization }) => Number.isFinite(utilization))
  return places.reduce<(typeof places)[number] | null>(
    (most, place) => (most === null || place.utilization > most.utilization ? place : most),
    null,
  )
}

const halfWidth = (row: SummaryRow | undefined) => (row === undefined ? NaN : (row.ci95High - row.ci95Low) / 2)

const summaryValue = (result: RunResult, metric: string) =>
  result.summary.find((row) => row.metric === metric)?.value ?? NaN
