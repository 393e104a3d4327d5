import { expect, test } from 'vitest'
import type { DecisionOutcome, DecisionRow } from '../../../src/simulator/result'
import { policyFigures } from '../../../src/ui/decisions/policy-figures'

function decision(part: Partial<DecisionRow>, outcome: Partial<DecisionOutcome> | null = null): DecisionRow {
  const known = { timePs: 5, end: 'completed', actualUs: NaN, best: '', bestUs: NaN, regretUs: NaN, against: [] }
  return {
    timeS: 0,
    timePs: 0,
    kind: 'offload',
    subject: 's.o#0',
    from: '',
    to: '',
    policy: 'cost-model',
    mechanism: '',
    reason: '',
    estimateUs: NaN,
    saw: [],
    candidates: [],
    migration: -1,
    id: 0,
    ...part,
    outcome: outcome === null ? null : { ...known, ...outcome },
  }
}

test('error, bias and regret are those of the decisions whose end is known', () => {
  const [offload, placement] = policyFigures([
    decision({ estimateUs: 8 }, { actualUs: 10, bestUs: 10, regretUs: 0 }),
    decision({ estimateUs: 36 }, { actualUs: 30, bestUs: 20, regretUs: 10 }),
    decision({ estimateUs: 99 }),
    decision({ kind: 'placement', policy: 'spread' }),
  ])
  expect(offload).toMatchObject({ kind: 'offload', policy: 'cost-model', count: 3, judged: 2, best: 1, regretUs: 5 })
  expect(offload.pairs).toEqual([
    [8, 10],
    [36, 30],
  ])
  expect(offload.errorShare).toBeCloseTo(8 / 40, 12)
  expect(offload.biasShare).toBeCloseTo(4 / 40, 12)
  expect(offload.regretShare).toBeCloseTo(10 / 30, 12)
  expect(placement).toMatchObject({ count: 1, pairs: [], judged: 0, errorShare: NaN, regretUs: NaN })
})
