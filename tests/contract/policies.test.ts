import { describe, expect, test } from 'vitest'
import { digest } from '../../src/formats/export'
import type { PolicyInfo } from '../../src/scenario/catalog'
import { problemText } from '../../src/scenario/problems'
import { checkDocument } from '../../src/scenario/read-scenario'
import type { Json, Scenario, ScenarioDocument } from '../../src/scenario/scenario'
import { catalog } from '../../src/simulator/catalog'
import { audit } from '../../src/simulator/audit'
import * as Origin from '../../src/simulator/services/origin'
import { createRun, type Run } from '../../src/simulator/run'
import { policyRack } from '../support/policy-rack'
import { withPlaces } from '../support/with-places'
import { resultOf, textOf } from '../support/result-texts'
import { prepared } from '../support/sandbox'
import { readDocument } from '../support/scenarios'

/**
 * What every policy of every kind promises: it says all of itself, the same run gives the same bytes, and a run saved and
 * put back midway goes on as if nothing had been. A new policy is here as soon as it is in the index of its kind.
 */
const all: readonly PolicyInfo[] = Object.values(catalog.policies).flat()

/** What a policy is given beside its defaults, so that it has something to decide within the small run. */
const given: Readonly<Record<string, { readonly [parameter: string]: Json }>> = {
  'scaling target-utilization': { target: 0.3, controlPeriodMs: 1, stabilizationMs: 2 },
  'scaling queue-length': { requestsPerReplica: 3, controlPeriodMs: 1, stabilizationMs: 2 },
  'scaling keep-alive': { keepAliveMs: 0.1, controlPeriodMs: 1 },
  'scaling pre-warming': { binMs: 0.01, leastSeen: 2, keepAliveMs: 0.1, controlPeriodMs: 1 },
  'offload static': { map: [{ operation: 'web.home', step: 1, to: 'nic' }] },
  'migration hotspot': { utilization: 0.5, forMs: 2, controlPeriodMs: 1 },
  'migration load-imbalance': {
    imbalance: 0.05,
    forMs: 1,
    controlPeriodMs: 1,
    minResidenceMs: 3,
    budgetPerSecond: 300,
  },
  'migration tail-latency': { targetUs: 20, quantile: 0.9, forMs: 1, controlPeriodMs: 1, minResidenceMs: 3 },
  'migration memory-pressure': { freeShare: 0.99, reliefShare: 0.5, forMs: 1, controlPeriodMs: 1, minResidenceMs: 3 },
  'migration consolidation': { below: 0.9, mostBusy: 5, forMs: 1, controlPeriodMs: 1, maxConcurrent: 1 },
  'migration follow-users': { minGainUs: 0.01, forMs: 1, controlPeriodMs: 1, minResidenceMs: 3 },
  'migration evacuation': { slowFactor: 1, controlPeriodMs: 1 },
}

const twoOrders = [
  { atSeconds: 0.008, do: 'migrate', service: 'kv', instance: 0, to: { node: 'old', device: 1 } },
  { atSeconds: 0.012, do: 'migrate', service: 'web', instance: 1, to: { node: 'old', device: 0 } },
]

/** The small rack with services that may have none to six instances, which take a while to start. */
const elasticRack = withPlaces(policyRack, {}, 0.2)

/** The small rack with one policy; a mechanism is used by two orders, of which one is on its way midway. */
function documentWith({ kind, name }: PolicyInfo): ScenarioDocument {
  const uses =
    kind === 'mechanism'
      ? { orders: twoOrders.map((order) => ({ ...order, mechanism: name })) }
      : { [kind]: { use: name, ...given[`${kind} ${name}`] } }
  const rack = kind === 'scaling' ? elasticRack : policyRack
  return { ...rack, policies: { placement: { use: 'spread' }, memory: { use: 'spread' }, ...uses } }
}

function finish(run: Run): Run {
  while (!run.advance(run.shape.endPs, 1_000_000));
  return run
}

function savedAndRestored(scenario: Scenario, timesPs: readonly number[]): Run {
  let run = createRun(scenario)
  for (const time of timesPs) {
    while (!run.advance(time, 1_000_000));
    const saved = structuredClone(run.save())
    run.advance(run.shape.endPs, 500) // goes on after being saved: the copy must not notice
    run = createRun(scenario)
    run.restore(saved)
  }
  return finish(run)
}

test('there are policies of every kind, and names are unique within their kind', () => {
  for (const [kind, policies] of Object.entries(catalog.policies)) {
    expect(policies.length, kind).toBeGreaterThan(0)
    const names = policies.map((policy) => policy.name)
    expect(new Set(names).size, kind).toBe(names.length)
  }
})

describe.each(all.map((policy) => ({ id: `${policy.kind} ${policy.name}`, policy })))('$id', ({ policy }) => {
  test('says what it is and what each of its parameters is', () => {
    expect(policy.name).toMatch(/^[a-z]+(-[a-z]+)*$/)
    expect(policy.summary).toMatch(/^[A-Z].{15,}\.$/)
    const names = policy.parameters.map((parameter) => parameter.name)
    expect(new Set(names).size).toBe(names.length)
    for (const parameter of policy.parameters) {
      expect(parameter.name).toMatch(/^[a-z][A-Za-z0-9]*$/)
      expect(parameter.label).toMatch(/^\S.*\S$/)
      expect(parameter.summary).toMatch(/^[A-Z].{10,}[.}]$/)
      expect(parameter.source, parameter.name).toBeTruthy()
      if (parameter.default === null) expect(parameter.nullMeans, parameter.name).toBeTruthy()
      if (parameter.type === 'choice') {
        expect(parameter.choices!.length).toBeGreaterThan(1)
        expect(parameter.choices).toContain(parameter.default)
      }
    }
  })

  test('takes every parameter by name, and no other', () => {
    if (policy.kind === 'mechanism') return
    const defaults = Object.fromEntries(policy.parameters.map((parameter) => [parameter.name, parameter.default]))
    const use = { use: policy.name, ...defaults }
    const errors = (more: object): readonly string[] => {
      const policies = { [policy.kind]: { ...use, ...more } } as Json
      const { problems } = checkDocument({ ...policyRack, policies }, catalog)
      return problems.filter((problem) => problem.severity === 'error').map(problemText)
    }
    expect(errors({})).toEqual([])
    expect(errors({ nonsense: 1 })).toEqual([expect.stringMatching(/unknown field "nonsense"/)])
  })

  test('gives the same bytes twice, and when saved and put back midway', async () => {
    const scenario = await prepared(readDocument(documentWith(policy)))
    const whole = finish(createRun(scenario))
    const again = finish(createRun(scenario))
    const broken = savedAndRestored(
      scenario,
      [0.009, 0.0135, 0.018].map((seconds) => seconds * 1e12),
    )
    const expected = resultOf(whole)
    expect(whole.machine.measures.requests.completed).toBeGreaterThan(100)
    expect(digest(resultOf(again))).toBe(digest(expected))
    expect(textOf(resultOf(again))).toBe(textOf(expected))
    expect(digest(resultOf(broken))).toBe(digest(expected))
    expect(textOf(resultOf(broken))).toBe(textOf(expected))
  })

  test('loses no request: what is offered is completed, failed or still in the house; and no time is lost', async () => {
    const run = finish(createRun(await prepared(readDocument(documentWith(policy)))))
    const { executions, measures } = run.machine
    let inFlight = 0
    executions.pool.liveMap().forEach((live, execution) => {
      if (live === 1 && executions.origin[execution] <= Origin.nic) inFlight += executions.measured[execution]
    })
    expect(measures.requests.completed + measures.requests.failed + inFlight).toBe(measures.offeredCount)
    for (const { station, integral, sojourn } of audit(run)) expect(integral, station).toBe(sojourn)
  })
})

test.each(catalog.policies.scaling.slice(1))('$name has instances come and go on the small rack', (policy) => {
  const { rows } = finish(createRun(readDocument(documentWith(policy)))).decisions
  const changes = rows.filter((row) => row.kind === 'scaling')
  expect(new Set(changes.map((row) => parseInt(row.to) > parseInt(row.from))).size).toBe(2)
  for (const row of changes) expect([row.reason.length > 10, row.policy]).toEqual([true, policy.name])
})
