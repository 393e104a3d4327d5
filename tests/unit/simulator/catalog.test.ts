import { describe, expect, test } from 'vitest'
import { checkDocument } from '../../../src/scenario/read-scenario'
import { problemText } from '../../../src/scenario/problems'
import { catalog } from '../../../src/simulator/catalog'
import { rackWith } from '../../support/small-rack'

const kinds = Object.values(catalog.hardware)
const presets = kinds.flatMap((info) =>
  info.presets.map((preset) => ({ info, preset, name: `${info.kind} ${preset.name}` })),
)

test('the catalog is plain data, so that it can be sent to the page', () => {
  expect(JSON.parse(JSON.stringify(catalog))).toEqual(catalog)
})

test('there are at least 12 presets beside the plain ones, of every kind', () => {
  expect(presets.filter(({ preset }) => preset.name !== 'plain').length).toBeGreaterThanOrEqual(12)
  for (const info of kinds) expect(info.presets.some((preset) => preset.name !== 'plain')).toBe(true)
})

describe.each(presets)('preset $name', ({ info, preset }) => {
  test('sets only fields that exist, and names its source and its assumptions among them', () => {
    const fields = info.fields.map((field) => field.name)
    expect(fields).toEqual(expect.arrayContaining(Object.keys(preset.values)))
    expect(fields).toEqual(expect.arrayContaining([...preset.assumed]))
    expect(preset.source).not.toBe('')
  })

  test('can be used in a scenario of today', () => {
    const node = { id: 'new', kind: info.kind, spec: preset.name }
    const link = { id: 'new', from: 'cpu', to: 'tor', preset: preset.name }
    const change = info.kind === 'link' ? { 'topology.links[3]': link } : { 'topology.nodes[4]': node }
    const { problems } = checkDocument(rackWith(change), catalog)
    expect(problems.filter((problem) => problem.severity === 'error').map(problemText)).toEqual([])
  })
})

test('every field says what it is, and its default is within its bounds', () => {
  const parameters = Object.values(catalog.policies).flatMap((policies) =>
    policies.flatMap((policy) => policy.parameters),
  )
  for (const field of [...kinds.flatMap((info) => info.fields), ...parameters]) {
    expect(field.summary).toMatch(/[.}]$/)
    const value = field.default
    if (value === null) expect(field.nullMeans).toBeDefined()
    if (typeof value !== 'number') continue
    expect(value).toBeGreaterThanOrEqual(field.minimum ?? -Infinity)
    expect(value).toBeGreaterThan(field.exclusiveMinimum ?? -Infinity)
    expect(value).toBeLessThanOrEqual(field.maximum ?? Infinity)
  }
})

test('the defaults of policies are those of the format', () => {
  const first = Object.fromEntries(
    Object.entries(catalog.policies).map(([kind, policies]) => [kind, policies[0]?.name]),
  )
  expect(first).toEqual({
    placement: 'first-fit',
    loadBalancing: 'least-loaded',
    memory: 'first-fit',
    offload: 'never',
    migration: 'never',
    scaling: 'fixed',
    recovery: 'restart',
    mechanism: 'pre-copy',
  })
})

test('a policy is either there or not yet, never both', () => {
  for (const kind of [
    'placement',
    'loadBalancing',
    'memory',
    'offload',
    'migration',
    'scaling',
    'recovery',
    'mechanism',
  ] as const) {
    const names = catalog.policies[kind].map((policy) => policy.name)
    expect(names.filter((name) => catalog.notYet[kind].includes(name))).toEqual([])
  }
})
