import { expect, test } from 'vitest'
import { LocalMemories } from '../../../src/simulator/hardware/local-memory'
import { MemoryChannels } from '../../../src/simulator/hardware/memory'
import { memoryDevice } from '../../../src/simulator/hardware/memory-device'

const spec = {
  channels: 1,
  banksPerChannel: 2,
  channelBandwidthGBps: 32, // 2,000 ps a line
  rowHitNs: 10,
  rowMissNs: 30,
  rowConflictNs: 50,
  rowHitRatio: 0.5,
  controllerNs: 5,
  turnaroundNs: 0,
  loadedLatencyNs: 0,
  loadedLatencyPole: 1.1,
  nearLatencyNs: 0,
  slabMiB: 1,
  capacityGiB: 1,
}
const bus = 2_000
const idle = 20_000
const conflict = 30_000
const controller = 5_000

const memory = (changes: Partial<typeof spec> = {}): MemoryChannels =>
  new MemoryChannels([memoryDevice({ ...spec, ...changes })])

test('an access takes bus, bank and controller; the mean of row hit and miss while its bank is idle', () => {
  expect(memory().serveOne(0, 1, 0, 0, 0)).toBe(bus + idle + controller)
})

test('accesses issued together get banks in turn, and queue for the bus alone', () => {
  const device = memory()
  device.serveOne(0, 1, 0, 0, 7)
  expect(device.serveOne(0, 1, 0, 0, 7)).toBe(2 * bus + idle + controller)
})

test('an access that has to wait for its bank finds a row conflict', () => {
  const device = memory()
  device.serveOne(0, 1, 0, 0, 0)
  device.serveOne(0, 1, 0, 0, 0)
  expect(device.serveOne(0, 1, 0, 0, 0)).toBe(bus + idle + conflict + controller)
})

test('the bus turns around between a read and a write', () => {
  const device = memory({ turnaroundNs: 3 })
  device.serveOne(0, 1, 0, 0, 0)
  expect(device.serveOne(0, 1, 0, 1, 0)).toBe(2 * bus + 3_000 + idle + controller)
  expect(device.workedUntil(0, 1e9)).toBe(2 * bus + 3_000)
})

test('a page keeps every channel busy for its lines and one bank of each for an access', () => {
  const device = memory({ channels: 2 })
  expect(device.serveOne(0, 64, 0, 0, 0)).toBe(32 * bus + idle + controller)
  expect(device.workedUntil(0, 1e9)).toBe(64 * bus)
})

test('banks that are seldom busy delay nobody, busy ones the more the busier they are', () => {
  const device = memory()
  expect(device.bankDelay(0, 4, 2_000, 0)).toBe(0)
  const delays = [0.2, 0.4, 0.6].map((load) => {
    const loaded = memory()
    for (let at = 0; at < 2e9; at += 1e6) loaded.noteLoad(0, (load * 2 * 1e6) / idle, 1, at)
    return loaded.bankDelay(0, 1, 2_000, loaded.accessRate(0, 2e9))
  })
  // One access: the wait of an M/D/1 queue and the conflict that goes with it, within the growth of the access itself.
  const atLeast = [0.2, 0.4, 0.6].map((load) => (load * idle) / (2 * (1 - load)))
  delays.forEach((delay, i) => expect(delay).toBeGreaterThan(atLeast[i]))
  expect(delays[2]).toBeGreaterThan(2 * delays[1])
})

test('the loaded latency of local memory follows a × u / (c - u)', () => {
  const local = new LocalMemories([
    { latencyPs: 90_000, linePs: 1_000, capacityBytes: 0, loadedPs: 30_000, loadedPole: 1.5 },
  ])
  expect(local.take(0, 1, 0)).toBe(0)
  for (let at = 0; at < 2e9; at += 2e6) local.take(0, 1_000, at)
  expect(local.loadedDelay(0, 2e9)).toBeCloseTo(30_000 * (0.5 / 1), -2)
})
