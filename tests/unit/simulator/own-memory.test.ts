import { expect, test } from 'vitest'
import { OwnMemory } from '../../../src/simulator/services/own-memory'
import { createRun } from '../../../src/simulator/run'
import { scenarioOf } from '../../support/scenarios'

const { machine } = createRun(
  scenarioOf({
    nodes: [
      { id: 'cpu', kind: 'cpu', spec: { localLatencyNs: 90, localBandwidthGBps: 64 } },
      {
        id: 'mem',
        kind: 'memory',
        spec: {
          cores: 2,
          channels: 2,
          channelBandwidthGBps: 32,
          controllerNs: 20,
          rowHitNs: 15,
          rowMissNs: 15,
          nearLatencyNs: 10,
        },
      },
    ],
  }),
)
const own = new OwnMemory(machine)

test('a window of a CPU takes the latency of its DRAM, or the time of its lines if that is longer', () => {
  expect(own.windowPs(0, 4)).toBe(90_000)
  expect(own.windowPs(0, 200)).toBe(200_000)
})

test('a window of near-memory cores takes the near latency, the bus of the channels, controller and array', () => {
  expect(own.windowPs(1, 1)).toBe(10_000 + 2_000 + 35_000)
  expect(own.windowPs(1, 6)).toBe(10_000 + 3 * 2_000 + 35_000)
  expect(own.windowPs(1, 0)).toBe(0)
})

test('misses of near-memory cores load the channels of their device', () => {
  expect(own.stallPs(1, 12, 6, 0, 0)).toBe(2 * own.windowPs(1, 6))
  expect(machine.memory.served[1]).toBe(12)
  expect(machine.memory.workedUntil(1, 1e9)).toBe(12 * 2_000)
  expect(own.take(1, 2, 0)).toBe(12_000)
})
