import { expect, test } from 'vitest'
import type { DecisionRow, MigrationRow } from '../../../../src/simulator/result'
import { migrationsAt, occupancyAt, offloadsNear, ownSlabs } from '../../../../src/ui/traffic/occupancy'

const place = (timePs: number, instance: number, device: number) => ({
  timePs,
  instance,
  device,
  localBytes: 0,
  leases: [],
})

test('an instance is where its last change put it', () => {
  const changes = [place(0, 0, 1), place(0, 1, 1), place(50, 0, 2)]
  expect(occupancyAt(changes, 49).get(0)?.device).toBe(1)
  expect(occupancyAt(changes, 50).get(0)?.device).toBe(2)
  expect(occupancyAt(changes, 50).get(1)?.device).toBe(1)
})

test('instances on the cores of a memory device fill whole slabs together', () => {
  const changes = [7, 8, 9].map((device, instance) => ({ ...place(0, instance, device), localBytes: 600 }))
  changes.push({ ...place(0, 3, 8), localBytes: 900 })
  const devices = Array.from({ length: 10 }, (_, device) => ({ slabBytes: device === 8 ? 1000 : 0 }))
  expect(ownSlabs({ devices }, occupancyAt(changes, 0))).toEqual(new Map([[8, 2]]))
})

const migration: MigrationRow = {
  service: 'kv',
  instance: 1,
  from: 'cpu.0',
  to: 'cpu.2',
  mechanism: 'pre-copy',
  startS: 0,
  startPs: 100e6,
  totalUs: 400,
  downtimeUs: 50,
  bytes: 400,
  rounds: 3,
  outcome: 'completed',
  stopPs: 450e6,
  resumePs: 500e6,
  detail: [
    { startPs: 100e6, endPs: 300e6, bytes: 256, live: true },
    { startPs: 300e6, endPs: 450e6, bytes: 96, live: true },
    { startPs: 450e6, endPs: 500e6, bytes: 48, live: false },
  ],
}

test('a running migration tells its round and how much has been sent', () => {
  expect(migrationsAt([migration], 99e6, 1e12)).toEqual([])
  expect(migrationsAt([migration], 200e6, 1e12)[0]).toMatchObject({
    instance: 'kv.1',
    round: 0,
    share: 0.32,
    isStopped: false,
  })
  expect(migrationsAt([migration], 460e6, 1e12)[0]).toMatchObject({ round: 2, isStopped: true })
  expect(migrationsAt([migration], 500e6, 1e12)).toEqual([])
})

test('offloads of a moment are gathered by pool, with their share of all steps', () => {
  const offload = (timePs: number, to: string) =>
    ({ kind: 'offload', timePs, subject: 'img.thumb#0', from: 'cpu.0', to }) as DecisionRow
  const rows = [
    offload(1, 'gpu.1'),
    offload(90, 'gpu.0'),
    offload(95, 'cpu.0'),
    offload(99, 'gpu.1'),
    offload(120, 'gpu.0'),
  ]
  expect(offloadsNear(rows, 100, 50)).toEqual([
    { from: 'cpu.0', to: 'gpu.0', pool: 'gpu', subject: 'img.thumb#0', share: 2 / 3 },
  ])
})
