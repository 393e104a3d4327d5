import { expect, test } from 'vitest'
import type { ScenarioDocument } from '../../../src/scenario/scenario'
import { deletePath, getPath, PathError, setPath } from '../../../src/scenario/set-path'

const document: ScenarioDocument = {
  topology: { nodes: [{ id: 'cpu', spec: 'xeon-6430' }, { id: 'tor' }] },
  run: { seed: 1 },
}

test('a value is found at its path', () => {
  expect(getPath(document, 'topology.nodes[1].id')).toBe('tor')
  expect(getPath(document, 'topology.nodes[5].id')).toBeUndefined()
  expect(getPath(document, 'run.seed.deeper')).toBeUndefined()
  expect(getPath(document, 'toString')).toBeUndefined()
})

test('setting makes a new document and leaves the old one alone', () => {
  const before = JSON.stringify(document)
  const changed = setPath(document, 'topology.nodes[0].count', 4)
  expect(getPath(changed, 'topology.nodes[0].count')).toBe(4)
  expect(getPath(changed, 'topology.nodes[0].id')).toBe('cpu')
  expect(JSON.stringify(document)).toBe(before)
})

test('what is missing on the way is made', () => {
  expect(setPath({}, 'policies.migration.use', 'hotspot')).toEqual({ policies: { migration: { use: 'hotspot' } } })
  expect(setPath({}, 'workload.sources[0].id', 'users')).toEqual({ workload: { sources: [{ id: 'users' }] } })
  expect(getPath(setPath(document, 'topology.nodes[2]', { id: 'mem' }), 'topology.nodes[2].id')).toBe('mem')
})

test('a field set in a spec that is a preset name keeps the preset', () => {
  const changed = setPath(document, 'topology.nodes[0].spec.cores', 8)
  expect(getPath(changed, 'topology.nodes[0].spec')).toEqual({ preset: 'xeon-6430', cores: 8 })
})

test('deleting takes away a field or an element, and nothing where there is none', () => {
  expect(deletePath(document, 'run.seed')).toEqual({ ...document, run: {} })
  expect(getPath(deletePath(document, 'topology.nodes[0]'), 'topology.nodes')).toEqual([{ id: 'tor' }])
  expect(deletePath(document, 'policies.orders[3]')).toBe(document)
})

test.each([
  ['', '"" is no path; expected one like topology.nodes[0].count'],
  ['[0].a', '"[0].a" is no path; expected one like topology.nodes[0].count'],
  ['a..b', '"a..b" is no path; expected one like topology.nodes[0].count'],
  ['a[x]', '"a[x]" is no path; expected one like topology.nodes[0].count'],
  ['run.__proto__.x', 'run.__proto__.x: the key "__proto__" is reserved'],
  ['run.seed.x', 'run.seed.x: run.seed is 1, which has no field "x"'],
  ['run[0]', 'run[0]: run is an object, not a list'],
  ['topology.nodes.count', 'topology.nodes.count: topology.nodes is a list, which has no field "count"'],
  ['topology.nodes[3].id', 'topology.nodes[3].id: topology.nodes has 2 elements, so the next one is [2]'],
])('setting %j fails with clear words', (path, message) => {
  const attempt = (): ScenarioDocument => setPath(document, path, 1)
  expect(attempt).toThrow(PathError)
  expect(attempt).toThrow(message)
})
