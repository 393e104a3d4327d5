import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { changedDocument, changeDocument, linkedScenario } from '../../../src/app/branch/branch-link'
import { checkDocument, readScenario } from '../../../src/scenario/read-scenario'
import type { Scenario } from '../../../src/scenario/scenario'
import { scenarioParameter } from '../../../src/share'
import { catalog } from '../../../src/simulator/catalog'

const text = readFileSync(new URL('../../../public/scenarios/hot-shard-moves.json', import.meta.url), 'utf8')
const before = readScenario(text, catalog).scenario as Scenario

const edited = (change: object): Scenario => {
  const { scenario, problems } = checkDocument({ ...before, ...change }, catalog)
  if (scenario === null) throw new Error(JSON.stringify(problems))
  return scenario
}
const never = edited({ policies: { ...before.policies, migration: { use: 'never' } } })
const order = { atSeconds: 0.4, do: 'migrate', service: 'kv', instance: 0, to: { node: 'cpu', device: 2 } }
const fault = { atSeconds: 0.5, target: { node: 'cpu', device: 1 }, effect: 'down', forSeconds: 0.1 }

test('a link holds only what a branch changes', () => {
  expect(changeDocument(before, never)).toEqual({
    format: 'unrack-scenario',
    version: 1,
    policies: { migration: never.policies.migration },
  })
  expect(changeDocument(before, before)).toEqual({ format: 'unrack-scenario', version: 1 })
})

test.each([
  ['another rule', never],
  ['an order more', edited({ policies: { ...before.policies, orders: [order] } })],
  ['a fault more', edited({ faults: [fault] })],
  ['all of it', edited({ policies: { ...never.policies, orders: [order] }, faults: [fault, fault] })],
])('what is opened is exactly what was shared: %s', async (_name, after) => {
  const change = await scenarioParameter(changeDocument(before, after))
  expect(await linkedScenario(before, change, catalog)).toEqual({ changed: after })
})

test('a change of the rack itself has no effect', () => {
  expect(changedDocument(before, { topology: { nodes: [] }, run: { seed: 9 } })).toEqual(before)
})

test('a change that cannot be read or has errors says so', async () => {
  expect(await linkedScenario(before, 'd1.xyz.00000000', catalog)).toMatchObject({
    lines: [expect.any(String), expect.any(String)],
  })
  const wrong = await scenarioParameter({
    format: 'unrack-scenario',
    version: 1,
    policies: { migration: { use: 'nver' } },
  })
  expect(await linkedScenario(before, wrong, catalog)).toMatchObject({
    lines: [expect.stringContaining('policies.migration.use')],
  })
})
