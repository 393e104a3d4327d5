import { expect, test } from 'vitest'
import { checkDocument } from '../../../../src/scenario/read-scenario'
import { catalog } from '../../../../src/simulator/catalog'
import { subjectOf } from '../../../../src/app/problem-subject'
import { fixesFor } from '../../../../src/ui/problems/fixes'
import type { ScenarioDocument } from '../../../../src/scenario/scenario'

const broken: ScenarioDocument = {
  format: 'unrack-scenario',
  version: 1,
  name: 'x',
  topology: {
    nodes: [
      { id: 'cpu', kind: 'cpu', count: 1 },
      { id: 'tor', kind: 'switch' },
    ],
    links: [{ id: 'l', from: 'cpu', to: 'tor9', protocol: 'cxl' }],
  },
  application: { services: [{ id: 'kv', operations: [{ id: 'get', steps: [] }] }] },
  workload: {
    sources: [{ id: 'users', entry: 'kv.put', via: null, arrivals: { process: 'poisson', ratePerSecond: 1 } }],
  },
  policies: {},
  run: {},
}
const errors = (document: ScenarioDocument) =>
  checkDocument(document, catalog).problems.filter((one) => one.severity === 'error')

test('a problem leads to the thing that it is about', () => {
  const subjects = errors(broken).map((problem) => subjectOf(broken, problem))
  expect(subjects).toContainEqual({ type: 'link', id: 'l' })
  expect(subjects).toContainEqual({ type: 'source', id: 'users' })
})

test('the first fix of each problem solves it', () => {
  let document = broken
  for (let i = 0; i < 5 && errors(document).length > 0; i += 1) {
    const [problem] = errors(document)
    const fixes = fixesFor(document, problem)
    expect(fixes.length, problem.path).toBeGreaterThan(0)
    document = fixes[0].apply(document)
  }
  expect(errors(document)).toEqual([])
})

test('a link to nowhere offers the switch with the nearest name', () => {
  const [problem] = errors(broken)
  expect(fixesFor(broken, problem).map((fix) => fix.words)).toEqual(['Connect to tor', 'Remove link'])
})

test('too little memory is not mended by another service', () => {
  const problem = { path: 'application.services', message: 'too large', severity: 'warning' } as const
  expect(fixesFor(broken, problem)).toEqual([])
  expect(fixesFor({ ...broken, application: {} }, problem).map((fix) => fix.words)).toEqual(['Add a service'])
})

test('a NIC that reaches nothing is linked or left out, not chosen again', () => {
  const document: ScenarioDocument = {
    ...broken,
    topology: {
      nodes: [
        { id: 'cpu', kind: 'cpu', count: 1 },
        { id: 'nic', kind: 'nic', count: 1 },
        { id: 'tor', kind: 'switch' },
      ],
      links: [{ id: 'l', from: 'cpu', to: 'tor', protocol: 'cxl' }],
    },
    workload: {
      sources: [{ id: 'users', entry: 'kv.get', via: 'nic', arrivals: { process: 'poisson', ratePerSecond: 1 } }],
    },
  }
  const [problem] = errors(document).filter((one) => one.path === 'workload.sources[0].via')
  const fixes = fixesFor(document, problem)
  expect(fixes.map((fix) => fix.words)).toEqual(['Link to tor', 'Use no NIC', 'Remove source'])
  for (const fix of fixes.slice(0, 2)) expect(errors(fix.apply(document))).toEqual([])
})
