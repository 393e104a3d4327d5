import { expect, test } from 'vitest'
import { outlineRows } from '../../../../src/ui/outline/outline-rows'
import type { ScenarioDocument } from '../../../../src/scenario/scenario'

const document: ScenarioDocument = {
  topology: {
    racks: [{ id: 'r1', label: 'Rack 1' }],
    nodes: [
      { id: 'cpu', kind: 'cpu', count: 4, rack: 'r1' },
      { id: 'tor', kind: 'switch' },
    ],
    links: [{ id: 'cpu-tor', from: 'cpu', to: 'tor', protocol: 'rdma', bandwidthGbps: 100 }],
  },
  application: { services: [{ id: 'kv', replicas: 2, operations: [{ id: 'get', steps: [] }] }] },
  workload: { sources: [{ id: 'users', arrivals: { process: 'poisson', ratePerSecond: 120000 } }] },
}
const lines = (closed: readonly string[] = []) =>
  outlineRows(document, new Set(closed), new Map([['cpu', ['kv-0 on cpu.0']]])).map((row) =>
    `${row.level} ${row.text} ${row.detail}`.trim(),
  )

test('the outline holds the whole document, parents before children', () => {
  expect(lines()).toEqual([
    '1 Rack 1',
    '2 cpu ×4',
    '3 kv-0 on cpu.0',
    '1 tor',
    '1 Links 1',
    '2 cpu-tor RDMA 100',
    '1 Services 1',
    '2 kv ×2',
    '3 get 0 steps',
    '1 Sources 1',
    '2 users 120 k/s',
  ])
})

test('a closed parent hides what is in it', () => {
  expect(lines(['rack:r1', 'services'])).toEqual([
    '1 Rack 1',
    '1 tor',
    '1 Links 1',
    '2 cpu-tor RDMA 100',
    '1 Services 1',
    '1 Sources 1',
    '2 users 120 k/s',
  ])
})
