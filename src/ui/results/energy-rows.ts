import type { SummaryRow } from '../../simulator/result'
import { numberText } from '../charts/quantity-text'

export interface EnergyRow {
  readonly name: string
  /** With its interval where there is one. */
  readonly value: string
  readonly unit: string
}

const rows: readonly { readonly metric: string; readonly name: string; readonly unit: string }[] = [
  { metric: 'energy_per_request_joules', name: 'energy per request', unit: 'J' },
  { metric: 'power_mean_watts', name: 'mean power', unit: 'W' },
  { metric: 'rack_cost_usd', name: 'rack', unit: 'USD' },
  { metric: 'cost_per_million_requests_usd', name: 'per million requests', unit: 'USD' },
]

/** Figures about power and money that the run has told. */
export function energyRows(summary: readonly SummaryRow[]): readonly EnergyRow[] {
  return rows.flatMap(({ metric, name, unit }) => {
    const row = summary.find((each) => each.metric === metric)
    if (row === undefined || !Number.isFinite(row.value)) return []
    const [scale, prefix] = unit === 'J' ? prefixOf(row.value) : ([1, ''] as const)
    const half = (row.ci95High - row.ci95Low) / 2
    const interval = half > 0 ? ` ± ${numberText(half / scale)}` : ''
    return [{ name, value: `${numberText(row.value / scale)}${interval}`, unit: `${prefix}${unit}` }]
  })
}

const prefixes = [
  [1, ''],
  [1e-3, 'm'],
  [1e-6, 'µ'],
  [1e-9, 'n'],
] as const

const prefixOf = (value: number): readonly [number, string] => prefixes.find(([scale]) => value >= scale) ?? [1e-9, 'n']
