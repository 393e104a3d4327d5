import { expect, test } from 'vitest'
import type { SummaryRow } from '../../../../src/simulator/result'
import { energyRows } from '../../../../src/ui/results/energy-rows'
import { cpiText } from '../../../../src/ui/results/service-parts'

const row = (metric: string, value: number, half = NaN): SummaryRow => ({
  metric,
  value,
  unit: '',
  ci95Low: value - half,
  ci95High: value + half,
})

test('energy is told in the unit that fits, with its interval in the same', () => {
  expect(energyRows([row('energy_per_request_joules', 0.0131, 0.0002)])).toEqual([
    { name: 'energy per request', value: '13.1 ± 0.2', unit: 'mJ' },
  ])
})

test('what is not known is left out', () => {
  expect(energyRows([row('energy_per_request_joules', NaN), row('rack_cost_usd', 49000)])).toEqual([
    { name: 'rack', value: '49,000', unit: 'USD' },
  ])
  expect(energyRows([])).toEqual([])
})

test('cycles per instruction have two decimals, and what is less is not nothing', () => {
  expect([0.7, 1.254, 0, 0.0002, NaN].map(cpiText)).toEqual(['0.70', '1.25', '0.00', '< 0.01', '–'])
})
