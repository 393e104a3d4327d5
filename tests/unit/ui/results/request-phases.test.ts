import { expect, test } from 'vitest'
import type { RequestSegment } from '../../../../src/app/request-trace'
import type { RunShape } from '../../../../src/simulator/display'
import { segmentWords, summarizeRequest } from '../../../../src/ui/results/request-phases'

const shape: RunShape = {
  devices: [
    { id: 'cpu.0', node: 0, device: 0, kind: 'cpu', cores: 4 },
    { id: 'gpu.0', node: 1, device: 0, kind: 'gpu', cores: 1 },
  ],
  channels: [{ link: 0, lane: 0, from: 0, to: 1 }],
  instances: [],
  operations: ['kv.get'],
  endPs: 1000,
  warmupPs: 0,
}
const segment = (kind: number, startPs: number, endPs: number, place = 0): RequestSegment => ({
  kind,
  startPs,
  endPs,
  place,
  detail: 0,
  operation: 0,
})

test('the phases of a request add up to its latency', () => {
  const summary = summarizeRequest(
    [
      segment(1, 0, 10),
      segment(4, 10, 40),
      segment(5, 40, 60),
      segment(6, 60, 90),
      segment(8, 62, 70),
      segment(1, 90, 100),
    ],
    shape,
  )
  expect(summary?.totals).toEqual([30, 20, 30, 20, 0, 0])
  expect(summary?.longestWait).toBe('cpu.0')
  expect(summary?.farAccesses).toBe(1)
  expect(summary?.stretches.map(({ phase }) => phase)).toEqual([3, 0, 1, 2, 3])
})

test('where branches overlap, no instant counts twice', () => {
  const summary = summarizeRequest([segment(5, 0, 100), segment(1, 20, 50)], shape)
  expect(summary?.totals).toEqual([0, 70, 0, 30, 0, 0])
})

test('work on a GPU is accelerator time', () => {
  expect(summarizeRequest([segment(5, 0, 10, 1)], shape)?.totals[4]).toBe(10)
})

test('a request of which nothing is loaded has no summary', () => {
  expect(summarizeRequest([], shape)).toBeNull()
})

test('a segment is told with its place', () => {
  expect(segmentWords(segment(4, 0, 1), shape)).toEqual({ what: 'waits for a core', where: 'cpu.0' })
  expect(segmentWords(segment(1, 0, 1), shape)).toEqual({ what: 'on link', where: 'cpu.0 → gpu.0' })
})
