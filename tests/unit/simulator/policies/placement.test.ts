import { describe, expect, test } from 'vitest'
import type { PlacementCandidate, PlacementPolicy } from '../../../../src/simulator/policies/placement/placement-policy'
import { antiAffinity } from '../../../../src/simulator/policies/placement/anti-affinity'
import { bestFit } from '../../../../src/simulator/policies/placement/best-fit'
import { dominantResourceFit } from '../../../../src/simulator/policies/placement/dominant-resource-fit'
import { exact } from '../../../../src/simulator/policies/placement/exact'
import { nearestToCallers } from '../../../../src/simulator/policies/placement/nearest-to-callers'
import { pack } from '../../../../src/simulator/policies/placement/pack'
import { powerOfTwoChoices } from '../../../../src/simulator/policies/placement/power-of-two-choices'
import { random } from '../../../../src/simulator/policies/placement/random'
import { worstFit } from '../../../../src/simulator/policies/placement/worst-fit'
import { meanJobs } from '../../../../src/simulator/mean-jobs'
import { createRun } from '../../../../src/simulator/run'
import { simulate } from '../../../../src/simulator/simulate'
import { erlangC } from '../../../../src/validation/closed-forms'
import { policyRack } from '../../../support/policy-rack'
import { metric } from '../../../support/scenario-files'
import {
  call,
  constant,
  documentOf,
  cpuPool,
  finishedRun,
  freeNic,
  poisson,
  readDocument,
  scenarioOf,
  service,
  work,
  type Fields,
} from '../../../support/scenarios'

const plain: PlacementCandidate = {
  name: 'cpu',
  instances: 0,
  freeBytes: 100,
  capacityBytes: 100,
  cores: 10,
  load: 0,
  addedLoad: 1,
  sameOnDevice: 0,
  sameInRack: 0,
  sameAtSwitch: 0,
  bytesUnderWay: 0,
  estimateUs: 1,
}

const nowhere = { candidate: -1, isProven: false, nodes: 0, costUs: NaN, boundUs: NaN }

function chosen(
  policy: PlacementPolicy,
  candidates: readonly Partial<PlacementCandidate>[],
  parameters: Fields = {},
  draws: readonly number[] = [],
) {
  const request = {
    instance: 's.0',
    localBytes: 10,
    next: 0,
    draw: (index: number) => draws[index],
    optimum: () => nowhere,
  }
  return policy.choose(
    request,
    candidates.map((candidate) => ({ ...plain, ...candidate })),
    parameters,
  )
}

describe('a placement policy', () => {
  test('best-fit takes the fullest, worst-fit the emptiest memory', () => {
    const candidates = [{ freeBytes: 50 }, { freeBytes: 20 }, { freeBytes: 90 }, { freeBytes: 20 }]
    expect(chosen(bestFit, candidates).candidate).toBe(1)
    expect(chosen(worstFit, candidates).candidate).toBe(2)
  })

  test('pack fills the busiest in use, then opens a new one, and never the busiest over its limit', () => {
    const used = { instances: 1 }
    const fill = { fillTo: 0.7 }
    expect(chosen(pack, [{}, { ...used, load: 3 }, { ...used, load: 5 }], fill).candidate).toBe(2)
    expect(chosen(pack, [{ ...used, load: 6.5 }, {}, {}], fill)).toMatchObject({
      candidate: 1,
      reason: /opens a new one/,
    })
    const full = [
      { ...used, load: 9 },
      { ...used, load: 8 },
    ]
    expect(chosen(pack, full, fill)).toMatchObject({ candidate: 1, reason: /every device would be over 70 %/ })
  })

  test('random and two choices take what is drawn', () => {
    expect(chosen(random, [{}, {}, {}], {}, [0.7]).candidate).toBe(2)
    expect(chosen(powerOfTwoChoices, [{ load: 3 }, { load: 2 }, { load: 1 }], {}, [0.1, 0.2]).candidate).toBe(1)
    expect(chosen(powerOfTwoChoices, [{ load: 3 }, { load: 2 }, { load: 1 }], {}, [0.5, 0.9]).candidate).toBe(1)
    const equal = [
      { load: 2, instances: 3 },
      { load: 2, instances: 1 },
    ]
    expect(chosen(powerOfTwoChoices, equal, {}, [0.1, 0.1]).candidate).toBe(1)
  })

  test('nearest-to-callers takes the least bytes under way where cores are left', () => {
    const candidates = [{ bytesUnderWay: 5 }, { bytesUnderWay: 1, load: 9.5 }, { bytesUnderWay: 3 }]
    expect(chosen(nearestToCallers, candidates, { fillTo: 0.8 }).candidate).toBe(2)
    expect(chosen(nearestToCallers, candidates, { fillTo: 1.1 }).candidate).toBe(1)
    expect(chosen(nearestToCallers, candidates.slice(1), { fillTo: 0.05 })).toMatchObject({
      candidate: 1,
      reason: /^every device would be over 5 %/,
    })
  })

  test('dominant-resource-fit looks at the scarcer of memory and cores', () => {
    const candidates = [{ freeBytes: 30 }, { load: 5 }, { freeBytes: 60, load: 3 }]
    expect(chosen(dominantResourceFit, candidates)).toEqual({
      candidate: 2,
      reason: 'least dominant share: 50 % of memory',
    })
  })

  test('anti-affinity looks at racks first, then at switches, then at devices', () => {
    const candidates = [
      { sameInRack: 2, sameAtSwitch: 0, sameOnDevice: 0 },
      { sameInRack: 1, sameAtSwitch: 1, sameOnDevice: 0 },
      { sameInRack: 1, sameAtSwitch: 1, sameOnDevice: 1 },
      { sameInRack: 1, sameAtSwitch: 0, sameOnDevice: 1 },
    ]
    expect(chosen(antiAffinity, candidates).candidate).toBe(3)
    expect(chosen(antiAffinity, candidates.slice(0, 3)).candidate).toBe(1)
  })

  test('exact says so where there is no exact search', () => {
    const { candidate, reason } = chosen(exact, [{ estimateUs: 4 }, { estimateUs: 2 }], { mostNodes: 10 })
    expect(candidate).toBe(1)
    expect(reason).toMatch(/^no exact search/)
  })
})

test('jobs at a device are those of M/M/k, and grow along a line beyond the knee', () => {
  for (const servers of [1, 3, 16])
    for (const use of [0.1, 0.5, 0.94]) {
      const load = use * servers
      expect(meanJobs(servers, load)).toBeCloseTo(load + (erlangC(load, servers) * use) / (1 - use), 9)
    }
  let before = 0
  for (let load = 0.01; load < 8; load += 0.01) {
    const step = meanJobs(4, load) - meanJobs(4, load - 0.01)
    expect(step).toBeGreaterThan(before - 1e-9) // convex
    before = step
  }
})

/** A caller and what it calls, on two devices as far apart as said; three-quarters of a core each. */
const couple = (workNs: number, propagationNs: number, policies: Fields) => {
  const run = finishedRun(
    scenarioOf({
      nodes: [cpuPool('cpu', 2, 1), freeNic(), { id: 'tor', kind: 'switch', spec: { latencyNs: 0 } }],
      links: ['cpu', 'nic'].map((from) => ({ id: from, from, to: 'tor', protocol: 'rdma', propagationNs })),
      services: [service('a', [work(constant(workNs)), call('b.o')]), service('b', [work(constant(workNs))])],
      sources: [poisson('a.o', 1000, { via: 'nic' })],
      policies: { placement: policies },
      run: { durationSeconds: 0.01 },
    }),
  )
  const { placementGap, machine } = run
  return { devices: [...machine.instances.device], costUs: placementGap?.costUs ?? NaN }
}

describe('the exact placement', () => {
  test('puts callers together where the way is long, and apart where work is', () => {
    expect(couple(1000, 100_000, { use: 'exact' }).devices).toEqual([0, 0])
    expect(couple(450_000, 100, { use: 'exact' }).devices).toEqual([0, 1])
  })

  test('counts work, queues and ways as closed forms have them', () => {
    // 1000/s on one device: two jobs of 100 µs each, so a load of 0.2; a message each way to the NIC over two links of 10 µs
    const { costUs } = couple(100_000, 10_000, { use: 'first-fit', yardstick: true })
    const jobs = 0.2 + 0.2 ** 2 / (1 - 0.2)
    const wire = 4 * 10 // µs; bits take less than 0.1 µs
    expect(costUs).toBeGreaterThan((jobs / 1000) * 1e6 + wire)
    expect(costUs).toBeLessThan((jobs / 1000) * 1e6 + wire + 0.2)
  })
})

describe('the yardstick', () => {
  const withPlacement = (placement: Fields) =>
    readDocument({ ...policyRack, run: { seed: 5, durationSeconds: 0.001 }, policies: { placement } })

  test('says how far a policy is from the best placement, which is 0 % from itself', () => {
    const gaps = ['exact', 'first-fit', 'spread', 'nearest-to-callers'].map((use) => {
      const { summary } = simulate(withPlacement({ use, yardstick: true }))
      const [cost, optimum, gap] = ['cost_us', 'optimum_us', 'gap_percent'].map((name) =>
        metric(summary, `placement_${name}`),
      )
      expect(gap).toBeCloseTo(100 * (cost / optimum - 1), 9)
      expect(gap).toBeGreaterThan(-1e-9)
      return gap
    })
    expect(gaps[0]).toBeCloseTo(0, 9)
    expect(gaps[1]).toBeGreaterThan(1)
  })

  test('says what no placement is below, and no gap, where the search stopped early', () => {
    const { placementGap } = createRun(withPlacement({ use: 'exact', yardstick: true, mostNodes: 1 }))
    const best = createRun(withPlacement({ use: 'exact', yardstick: true })).placementGap!
    expect(placementGap!.optimumUs).toBeNaN()
    expect(placementGap!.boundUs).toBeLessThanOrEqual(best.optimumUs * (1 + 1e-9))
    expect(placementGap!.boundUs).toBeGreaterThan(0)
    expect(placementGap!.costUs).toBeGreaterThanOrEqual(best.optimumUs * (1 - 1e-9))
  })

  test('is left out unless asked for', () => {
    const { summary } = simulate(withPlacement({ use: 'spread' }))
    expect(summary.filter((row) => row.metric.startsWith('placement_'))).toEqual([])
  })
})

test('every decision tells its candidates with what each would add, the chosen one of exact as planned', () => {
  const run = createRun(readDocument({ ...policyRack, policies: { placement: { use: 'exact' } } }))
  const rows = run.decisions.rows.filter((row) => row.kind === 'placement')
  expect(rows.length).toBe(7)
  for (const { candidates, reason } of rows) {
    expect(reason).toMatch(/^optimal: [\d.]+ µs per request, proven after \d+ nodes$/)
    expect(candidates.filter((candidate) => candidate.chosen).length).toBe(1)
    for (const { estimateUs, note } of candidates) {
      expect(estimateUs).toBeGreaterThan(0)
      expect(note).toMatch(/^\d+ on it, [\d.]+ GiB free, cores \d+ % busy with it$/)
    }
  }
})

test('anti-affinity keeps replicas apart by rack, then by switch, then by device', () => {
  const link = (from: string, to: string): Fields => ({ id: `${from}-${to}`, from, to, protocol: 'rdma' })
  const base = {
    nodes: [
      { ...cpuPool('a', 2, 4), rack: 'one' },
      { ...cpuPool('b', 2, 4), rack: 'one' },
      { ...cpuPool('c', 2, 4), rack: 'two' },
      ...['s', 't', 'u'].map((id) => ({ id, kind: 'switch' })),
    ],
    links: [link('a', 's'), link('b', 't'), link('c', 'u'), link('s', 't'), link('s', 'u')],
    services: [service('x', [work(constant(1000))], { replicas: 6 })],
    sources: [poisson('x.o', 1000)],
    policies: { placement: { use: 'anti-affinity' } },
  }
  const document = documentOf(base)
  const topology = { ...(document['topology'] as Fields), racks: [{ id: 'one' }, { id: 'two' }] }
  const run = createRun(readDocument({ ...document, topology }))
  // racks in turn; within rack one the other switch, then the other device
  expect([...run.machine.instances.device]).toEqual([0, 4, 2, 5, 1, 4])
})
