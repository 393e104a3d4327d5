import { expect, test } from 'vitest'
import { changedPaths } from '../../../src/scenario/changed-paths'

test('paths are those of the scenario format', () => {
  const before = {
    policies: { migration: { use: 'never' } },
    topology: { nodes: [{ id: 'cpu', count: 2 }] },
    run: { seed: 1 },
  }
  const after = {
    policies: { migration: { use: 'hotspot' } },
    topology: { nodes: [{ id: 'cpu', count: 4 }] },
    run: { seed: 1 },
  }
  expect(changedPaths(before, after)).toEqual(['policies.migration.use', 'topology.nodes[0].count'])
})

test('a list that became longer is one change', () => {
  expect(changedPaths({ nodes: [1] }, { nodes: [1, 2] })).toEqual(['nodes'])
})

test('what is new or gone is a change of its place', () => {
  expect(changedPaths({ a: 1 }, { b: 2 })).toEqual(['a', 'b'])
})

test('equal documents differ nowhere, also when they are not the same object', () => {
  expect(changedPaths({ a: [1, { b: null }] }, { a: [1, { b: null }] })).toEqual([])
})
