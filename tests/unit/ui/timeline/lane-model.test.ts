import { expect, test } from 'vitest'
import { indexSeries } from '../../../../src/app/series-index'
import type { Scenario } from '../../../../src/scenario/scenario'
import type { RunShape } from '../../../../src/simulator/display'
import { layLanes, lanesHeight, mostOf } from '../../../../src/ui/timeline/lane-model'

const device = (id: string, node: number, number: number, kind: string) => ({
  id,
  node,
  device: number,
  kind,
  cores: 1,
})
const scenario = {
  topology: {
    nodes: [
      { id: 'gpu', kind: 'gpu', spec: { memoryGiB: 80 } },
      { id: 'nic', kind: 'nic', spec: { engines: [{ work: 'crypto', bandwidthGBps: 10 }] } },
    ],
    links: [],
  },
  application: { services: [{ id: 'web' }, { id: 'kv' }] },
  workload: { sources: [] },
  faults: [],
} as unknown as Scenario
const shape = {
  devices: [device('gpu.0', 0, 0, 'gpu'), device('gpu.1', 0, 1, 'gpu'), device('nic.0', 1, 0, 'nic')],
  channels: [],
} as unknown as RunShape
const one = (id: string, metric: string, ...values: readonly number[]) => ({
  scope: 'device',
  id,
  metric,
  unit: '',
  values: Float64Array.from(values),
})

const lanesOf = (...series: readonly ReturnType<typeof one>[]) =>
  layLanes({ scenario, shape, series: indexSeries({ bucketPs: 1, joined: 1, filled: 2, series }), link: '' })

test('a GPU pool shows its queue all together and its memory as a share, device by device', () => {
  const lanes = lanesOf(
    one('gpu.0', 'queue', 1, 2),
    one('gpu.1', 'queue', 3, 4),
    one('gpu.0', 'memory_used_gib', 40, 80),
    one('gpu.1', 'memory_used_gib', 0, 20),
  )
  const queue = lanes.find((lane) => lane.kind === 'queue')
  expect(queue?.name).toBe('gpu queue')
  expect([...(queue?.rows[0]?.series?.values ?? [])]).toEqual([4, 6])
  const memory = lanes.find((lane) => lane.kind === 'memory')
  expect(memory?.rows.map((row) => [...(row.series?.values ?? [])])).toEqual([
    [0.5, 1],
    [0, 0.25],
  ])
})

test('engines of a NIC have a lane when they have figures', () => {
  const lane = lanesOf(one('nic.0', 'engine_utilization', 0.25, 0.5)).find((each) => each.deviceKind === 'engine')
  expect(lane).toMatchObject({ name: 'nic engines', height: 24 })
  expect([...(lane?.rows[0]?.series?.values ?? [])]).toEqual([0.25, 0.5])
})

test('without figures of a GPU or an engine there is no lane for them', () => {
  const lanes = lanesOf()
  expect(
    lanes.filter((lane) => lane.kind === 'queue' || lane.kind === 'memory' || lane.deviceKind === 'engine'),
  ).toEqual([])
})

test('lanes follow one another without a gap', () => {
  const lanes = lanesOf(one('gpu.0', 'queue', 1, 2))
  lanes.slice(1).forEach((lane, at) => {
    expect(lane.top).toBe((lanes[at]?.top ?? 0) + (lanes[at]?.height ?? 0))
  })
  expect(lanesHeight(lanes)).toBe((lanes.at(-1)?.top ?? 0) + (lanes.at(-1)?.height ?? 0))
})

test('a service whose instances come and go shows how many are in use, the others do not', () => {
  const lanes = lanesOf({ ...one('web', 'replicas', 1, 3), scope: 'service' })
  const shown = lanes.filter((lane) => lane.name.endsWith('replicas'))
  expect(shown.map((lane) => lane.name)).toEqual(['web replicas'])
  expect([...(shown[0]?.rows[0]?.series?.values ?? [])]).toEqual([1, 3])
})

test('faults have a lane where a scenario has any', () => {
  const fault = { atSeconds: 1, target: { node: 'gpu', device: 0 }, effect: 'down', factor: 1, forSeconds: null }
  const lanes = (faults: readonly object[]) =>
    layLanes({ scenario: { ...scenario, faults } as unknown as Scenario, shape, series: indexSeries(null), link: '' })
  expect(lanes([]).map((lane) => lane.kind)).not.toContain('faults')
  expect(lanes([fault]).map((lane) => lane.kind)).toContain('faults')
})

test('memory of no use has a lane where there is some, and its greatest value bounds it', () => {
  const run = (metric: string, ...values: readonly number[]) => ({ ...one('', metric, ...values), scope: 'run' })
  const lanes = lanesOf(run('memory_stranded_gib', 0, 48, NaN), run('memory_unused_gib', 0, 0))
  const amounts = lanes.filter((lane) => lane.kind === 'amount')
  expect(amounts.map((lane) => [lane.name, mostOf(lane)])).toEqual([['stranded', 48]])
})
