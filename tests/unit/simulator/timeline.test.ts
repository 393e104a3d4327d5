import { expect, test } from 'vitest'
import { createRun } from '../../../src/simulator/run'
import { constant, cpuPool, finishedRun, scenarioOf } from '../../support/scenarios'

const ofTimes = (timesSeconds: readonly number[]) =>
  scenarioOf({
    nodes: [cpuPool('cpu', 1, 1)],
    services: [{ id: 'w', operations: [{ id: 'o', steps: [{ do: 'compute', timeNs: constant(100_000) }] }] }],
    sources: [{ id: 'u', entry: 'w.o', arrivals: { process: 'trace', timesSeconds: [...timesSeconds] } }],
    run: { durationSeconds: 0.6 },
  })

/** Buckets are 1 ms, rows 6 ms: five answers after 100 µs in five buckets, then nine that end in one. */
const uneven = ofTimes([0.0001, 0.0011, 0.0021, 0.0031, 0.0041, ...Array.from({ length: 9 }, () => 0.005)])

test('percentiles of a row are those of all its answers', () => {
  const { joined, series } = finishedRun(uneven).timeline.result()
  const row = (metric: string) => series.find((one) => one.metric === metric)!.rows![0]
  expect(joined).toBe(6)
  expect(row('p50_us')).toBeCloseTo(200, 0)
  expect(row('p99_us')).toBe(900)
})

test('each row begins anew, and one without an answer is empty', () => {
  const { series } = finishedRun(ofTimes([0.001, 0.001, 0.013])).timeline.result()
  const rows = series.find(({ metric }) => metric === 'p99_us')!.rows!
  expect([...rows.subarray(0, 4)]).toEqual([200, NaN, 100, NaN])
  expect(rows).toHaveLength(100)
})

test('a run restored in the middle of a row goes on as the unbroken one', () => {
  const broken = createRun(uneven)
  broken.advance(5_300_000_000, Infinity)
  const restored = createRun(uneven)
  restored.restore(broken.save())
  while (!restored.advance(restored.shape.endPs, 1_000_000));
  expect(restored.timeline.result()).toEqual(finishedRun(uneven).timeline.result())
})
