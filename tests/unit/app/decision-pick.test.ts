import { describe, expect, test } from 'vitest'
import { decisionsUpTo, neighborDecision, pickFirstStop, slowSpans } from '../../../src/app/decision-pick'
import type { DecisionKind, DecisionRow, MigrationRow } from '../../../src/simulator/result'

const decision = (timePs: number, kind: DecisionKind, migration = -1): DecisionRow => ({
  timeS: timePs / 1e12,
  timePs,
  kind,
  subject: 'kv.1',
  from: 'cpu.0',
  to: 'cpu.2',
  policy: 'hotspot',
  mechanism: '',
  reason: 'cpu.0 at 94 %',
  estimateUs: 100,
  saw: [],
  candidates: [],
  migration,
  id: 0,
  outcome: null,
})
const migration: MigrationRow = {
  service: 'kv',
  instance: 1,
  from: 'cpu.0',
  to: 'cpu.2',
  mechanism: 'pre-copy',
  startS: 0.5,
  startPs: 5e11,
  totalUs: 60_000,
  downtimeUs: 800,
  bytes: 1,
  rounds: 1,
  outcome: 'completed',
  detail: [],
  stopPs: 5.5e11,
  resumePs: 5.6e11,
}
const input = { migrations: [migration], warmupPs: 1e11, endPs: 1e12, latencyPs: 50e6 }

describe('the first stop', () => {
  const placement = decision(0, 'placement')
  const offload = decision(2e11, 'offload')
  const move = decision(5e11, 'migration', 0)

  test('is just before the first migration, at a speed that shows it in about ten seconds', () => {
    const stop = pickFirstStop({ ...input, decisions: [placement, offload, move] })
    expect(stop).toMatchObject({ timePs: 5e11 - 1, decision: 2, speed: 2e9 })
    expect(stop.sentence).toBe('kv.1 is about to move from cpu.0 to cpu.2. Press Play.')
  })

  test('is before the first offload when nothing moves', () => {
    expect(pickFirstStop({ ...input, decisions: [placement, offload] })).toMatchObject({
      timePs: 2e11 - 1,
      decision: 1,
    })
  })

  test('is before any other decision after the start', () => {
    expect(pickFirstStop({ ...input, decisions: [placement, decision(3e11, 'scaling')] }).decision).toBe(1)
  })

  test('before a rare decision has a speed that comes to the next in about seven seconds', () => {
    const fault = (timePs: number) => ({ ...decision(timePs, 'fault'), estimateUs: NaN })
    const decisions = [fault(2.2e11), decision(2.5e11, 'memory'), fault(3e11)]
    expect(pickFirstStop({ ...input, migrations: [], decisions }).speed).toBe(1e10)
    expect(pickFirstStop({ ...input, migrations: [], decisions: [fault(2.2e11)] }).speed).toBe(20e6)
  })

  test('is in the traffic after warm-up when only the start decides', () => {
    const stop = pickFirstStop({ ...input, decisions: [placement] })
    expect(stop).toMatchObject({ timePs: 1.9e11, decision: -1, speed: 20e6 })
  })
})

describe('from decision to decision', () => {
  const decisions = [
    decision(0, 'placement'),
    decision(100, 'offload'),
    decision(100, 'offload'),
    decision(200, 'migration'),
  ]

  test('forward finds the next that is not yet stood before', () => {
    expect(neighborDecision(decisions, 0, 1)).toBe(1)
    expect(neighborDecision(decisions, 99, 1)).toBe(3)
    expect(neighborDecision(decisions, 199, 1)).toBe(-1)
  })

  test('back finds the first of those at one instant', () => {
    expect(neighborDecision(decisions, 199, -1)).toBe(1)
    expect(neighborDecision(decisions, 99, -1)).toBe(0)
    expect(neighborDecision(decisions, 0, -1)).toBe(-1)
  })

  test('a filter skips other kinds', () => {
    expect(neighborDecision(decisions, 0, 1, 'migration')).toBe(3)
  })

  test('those up to an instant are counted with it', () => {
    expect([-1, 0, 99, 100, 1000].map((time) => decisionsUpTo(decisions, time))).toEqual([0, 1, 1, 3, 4])
  })
})

test('playback slows down in migrations and at rare decisions, not at placements and offloads', () => {
  const decisions = [decision(0, 'placement'), decision(100, 'offload'), decision(3e11, 'fault')]
  expect(slowSpans(decisions, [migration], 1e12)).toEqual([
    { startPs: 3e11, endPs: 3e11 + 100e6 },
    { startPs: 5e11, endPs: 5e11 + 60e9 },
  ])
})
