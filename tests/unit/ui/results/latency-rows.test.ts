import { expect, test } from 'vitest'
import type { RunResult } from '../../../../src/simulator/result'
import { busiestPlace } from '../../../../src/ui/results/latency-rows'

const result = (utilization: number, localBusUtilization: number, link: number): RunResult =>
  ({
    devices: [
      { node: 'cpu', device: 0, utilization, localBusUtilization },
      { node: 'tor', device: 0, utilization: NaN, localBusUtilization: NaN },
    ],
    links: [{ direction: 'cpu.0>tor', utilization: link }],
  }) as unknown as RunResult

test('the busiest place is a device, its local memory, or a link', () => {
  expect(busiestPlace(result(0.9, 0.8, 0.7))).toEqual({ name: 'cpu.0', utilization: 0.9 })
  expect(busiestPlace(result(0.2, 0.8, 0.7))).toEqual({ name: 'The local memory of cpu.0', utilization: 0.8 })
  expect(busiestPlace(result(0.2, NaN, 0.7))).toEqual({ name: 'cpu.0>tor', utilization: 0.7 })
})
