import { expect, test } from 'vitest'
import { compactDocument } from '../../../src/scenario/compact'
import type { ScenarioDocument } from '../../../src/scenario/scenario'
import { scenarioText } from '../../../src/scenario/scenario-text'
import { catalog } from '../../../src/simulator/catalog'
import { rack, rackWith, scenarioWith } from '../../support/small-rack'

const compact = (document: ScenarioDocument): ScenarioDocument => compactDocument(document, catalog)
const filled = (changes: Parameters<typeof rackWith>[0]) =>
  JSON.parse(scenarioText(scenarioWith(changes))) as ScenarioDocument

test('a filled scenario becomes as short as its author wrote it', () => {
  expect(compact(filled({}))).toEqual(rack)
  expect(compact(rack)).toEqual(rack)
})

test('fields come in the order of the format', () => {
  const { version, format, ...rest } = rack
  expect(Object.keys(compact({ run: { seed: 2 }, ...rest, version: version!, format: format! }))).toEqual([
    'format',
    'version',
    'topology',
    'application',
    'workload',
    'run',
  ])
})

test('names, labels and places on the screen stay', () => {
  const changes = { name: 'A rack', 'topology.nodes[0].label': 'Hosts', 'topology.nodes[0].at': { x: 0, y: 0 } }
  expect(compact(filled(changes))).toEqual(rackWith(changes))
})

test('a preset is written by its name, with only what differs from it', () => {
  const spec = (document: ScenarioDocument): unknown =>
    (document.topology as { nodes: { spec: unknown }[] }).nodes[0].spec
  expect(spec(compact(filled({ 'topology.nodes[0].spec': 'xeon-6430' })))).toBe('xeon-6430')
  expect(spec(compact(filled({ 'topology.nodes[0].spec': { preset: 'xeon-6430', cores: 16 } })))).toEqual({
    preset: 'xeon-6430',
    cores: 16,
  })
  expect(spec(compact(rackWith({ 'topology.nodes[0].spec': { preset: 'plain', cores: 16 } })))).toBeUndefined()
})

test('what equals the default by its surroundings is left out', () => {
  const changes = {
    'application.services[1].on': { node: 'cpu', device: null },
    'workload.sources[0].stream': 'users',
    'policies.migration': { use: 'never', mechanism: 'stop-and-copy' },
    'policies.orders': [
      {
        atSeconds: 0,
        do: 'migrate',
        service: 'kv',
        instance: 0,
        to: { node: 'cpu', device: 1 },
        mechanism: 'stop-and-copy',
      },
    ],
  }
  const short = compact(rackWith(changes))
  expect(short.policies).toEqual({
    migration: { mechanism: 'stop-and-copy' },
    orders: [{ atSeconds: 0, do: 'migrate', service: 'kv', to: { node: 'cpu', device: 1 } }],
  })
  expect(short.workload).toEqual(rack.workload)
  expect((short.application as { services: unknown[] }).services[1]).toMatchObject({ on: 'cpu' })
})

test('what is wrong with a document stays in it', () => {
  const broken: ScenarioDocument = {
    format: 'x',
    topology: [],
    application: { services: [3, { id: 1, thread: 2 }] },
    run: 'soon',
    extra: {},
  }
  expect(compact(broken)).toEqual(broken)
})
