import { expect, test } from 'vitest'
import { getAt } from '../../../src/app/document-path'
import { idProblem, renameNode, renameOperation, renameService, renameSource } from '../../../src/app/edit-names'
import type { ScenarioDocument } from '../../../src/scenario/scenario'

const document: ScenarioDocument = {
  topology: {
    nodes: [
      { id: 'cpu', kind: 'cpu' },
      { id: 'nic', kind: 'nic' },
    ],
    links: [{ id: 'l', from: 'nic', to: 'cpu' }],
  },
  application: {
    services: [
      { id: 'kv', on: 'cpu', operations: [{ id: 'get', steps: [{ do: 'call', to: 'log.write' }] }] },
      { id: 'log', operations: [{ id: 'write', steps: [] }] },
    ],
  },
  workload: { sources: [{ id: 'users', entry: 'kv.get', via: 'nic' }] },
  policies: { orders: [{ service: 'kv', to: { node: 'cpu', device: 0 } }] },
  faults: [{ target: { node: 'nic' } }],
}

test('a renamed pool is renamed in links, pins, sources, orders and faults', () => {
  const next = renameNode(renameNode(document, 'cpu', 'host'), 'nic', 'edge')
  expect(getAt(next, ['topology', 'links', 0])).toEqual({ id: 'l', from: 'edge', to: 'host' })
  expect(getAt(next, ['application', 'services', 0, 'on'])).toBe('host')
  expect(getAt(next, ['workload', 'sources', 0, 'via'])).toBe('edge')
  expect(getAt(next, ['policies', 'orders', 0, 'to', 'node'])).toBe('host')
  expect(getAt(next, ['faults', 0, 'target', 'node'])).toBe('edge')
})

test('a renamed service keeps the random streams of its operations', () => {
  const next = renameService(document, 'kv', 'store')
  expect(getAt(next, ['workload', 'sources', 0, 'entry'])).toBe('store.get')
  expect(getAt(next, ['policies', 'orders', 0, 'service'])).toBe('store')
  expect(getAt(next, ['application', 'services', 0, 'operations', 0, 'stream'])).toBe('kv.get')
})

test('a renamed operation keeps its stream and is renamed where it is called', () => {
  const next = renameOperation(document, 'log.write', 'append')
  expect(getAt(next, ['application', 'services', 0, 'operations', 0, 'steps', 0, 'to'])).toBe('log.append')
  expect(getAt(next, ['application', 'services', 1, 'operations', 0])).toMatchObject({
    id: 'append',
    stream: 'log.write',
  })
})

test('a renamed source keeps its stream, also when it is renamed again', () => {
  const next = renameSource(renameSource(document, 'users', 'people'), 'people', 'crowd')
  expect(getAt(next, ['workload', 'sources', 0])).toMatchObject({ id: 'crowd', stream: 'users' })
})

test('an id is letters, digits, _ and -', () => {
  expect(idProblem('tor-a_2')).toBe('')
  expect(idProblem('-a')).not.toBe('')
  expect(idProblem('a.b')).not.toBe('')
})
