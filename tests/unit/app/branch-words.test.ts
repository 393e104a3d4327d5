import { describe, expect, test } from 'vitest'
import { branchWords } from '../../../src/app/branch/branch-words'
import { withoutDecision } from '../../../src/app/branch/without-decision'
import { checkDocument } from '../../../src/scenario/read-scenario'
import type { Scenario } from '../../../src/scenario/scenario'
import { catalog } from '../../../src/simulator/catalog'
import { createRun } from '../../../src/simulator/run'
import { figureRows, changeText, verdict } from '../../../src/ui/run/branch/branch-figures'
import { coreScenarios } from '../../support/core-scenarios'
import { readDocument } from '../../support/scenarios'

const hotspot = readDocument(coreScenarios['hotspot'])
const slices = readDocument(coreScenarios['time-slices'])

function withPolicies(scenario: Scenario, policies: Partial<Scenario['policies']>): Scenario {
  return { ...scenario, policies: { ...scenario.policies, ...policies } }
}

describe('what a branch changes, in words', () => {
  const { migration } = hotspot.policies
  test.each([
    [hotspot, hotspot, ''],
    [hotspot, withPolicies(hotspot, { migration: { use: 'never' } }), 'migration never'],
    [hotspot, withPolicies(hotspot, { migration: { ...migration, utilization: 0.7 } }), 'migration utilization 0.7'],
    [slices, withPolicies(slices, { orders: [] }), 'one order left out'],
    [
      slices,
      {
        ...withPolicies(slices, { loadBalancing: { use: 'round-robin' } }),
        faults: [...slices.faults, { ...slices.faults[0], atSeconds: 0.04 }],
      },
      'load balancing round-robin, one fault more',
    ],
  ] as const)('%#', (before, after, words) => {
    expect(branchWords(before, after)).toBe(words)
  })
})

test('without a decision: the rule that decides nothing, or the order or fault left out; and the document stands', () => {
  for (const [scenario, words] of [
    [hotspot, ['No migration from here', 'Leave out this fault']],
    [slices, ['Leave out this order', 'Leave out this fault']],
  ] as const) {
    const run = createRun(scenario)
    while (!run.advance(run.shape.endPs, 100_000));
    const found = run.decisions.rows.map((row) => withoutDecision(scenario, row)).filter((each) => each !== null)
    expect([...new Set(found.map((each) => each.words))].sort()).toEqual([...words].sort())
    for (const { document } of found) {
      const { scenario: changed, problems } = checkDocument(document, catalog)
      expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
      expect(branchWords(scenario, changed!)).not.toBe('')
    }
  }
})

const plain = (text: string): string => text.replaceAll(/\s/g, ' ')

const paired = {
  requests: 400,
  onlyA: 0,
  onlyB: 0,
  meanA: 100,
  meanB: 80,
  ci95Low: -25,
  ci95High: -15,
  faster: 300,
  slower: 20,
}

test('the verdict says lowers, raises, nothing, or that it cannot be told', () => {
  expect(plain(verdict(paired, 'migration never'))).toBe(
    '“migration never” lowers the mean latency by 20 %: −20 µs per request (95 %: −25 µs to −15 µs).',
  )
  expect(verdict({ ...paired, meanB: 130, ci95Low: 20, ci95High: 40 }, 'x')).toContain(
    'raises the mean latency by 30 %',
  )
  expect(verdict({ ...paired, ci95Low: -45, ci95High: 5 }, 'x')).toContain('Not distinguishable')
  expect(verdict({ ...paired, faster: 0, slower: 0, meanB: 100 }, 'x')).toBe('“x” changed no request.')
  expect(verdict({ ...paired, requests: 0 }, 'x')).toContain('No request')
  expect(verdict({ ...paired, ci95Low: NaN, ci95High: NaN }, 'x')).toContain('lowers')
})

test('figures that are 0 in both are left out; counts change by their number, quantities by their share', () => {
  const row = (metric: string, unit: string, a: number, b: number) => ({
    ...{ metric, unit, a, b, difference: b - a, ci95Low: NaN, ci95High: NaN, pairs: 1 },
  })
  const rows = [
    row('migrations', '', 3, 0),
    row('latency_p99_us', 'us', 200, 150),
    row('requests_failed', '', 0, 0),
    row('energy_joules', 'J', 1000, 1001),
    row('downtime_total_us', 'us', 40, 0),
  ]
  expect(figureRows(rows).map(({ name, row: each }) => [name, plain(changeText(each))])).toEqual([
    ['p99', '−25 %'],
    ['migrations', '−3'],
    ['downtime', '−40 µs'],
    ['energy', '+0.1 %'],
  ])
})
