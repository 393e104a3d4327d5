import { expect, test } from 'vitest'
import { constant, cpuPool, finishedRun, scenarioOf, trace, type Fields } from '../../support/scenarios'

/** Latencies, µs, of requests of 10 µs each that come every 100 µs, under some faults. */
function latencies(faults: Fields[]): number[] {
  const run = finishedRun(
    scenarioOf({
      nodes: [cpuPool('cpu', 1, 1)],
      links: [],
      services: [{ id: 's', operations: [{ id: 'o', steps: [{ do: 'compute', timeNs: constant(10_000) }] }] }],
      sources: [trace('s.o', [0, 100, 200, 300, 400])],
      faults,
      run: { durationSeconds: 0.001 },
    }),
  )
  return [...run.machine.measures.requests.latency.buckets()].map((bucket) => Math.round(bucket.low / 1e6))
}

const slow = (atUs: number, factor: number, forUs: number): Fields => ({
  atSeconds: atUs / 1e6,
  target: { node: 'cpu' },
  effect: 'slow',
  factor,
  forSeconds: forUs / 1e6,
})

test('a slow device takes its factor longer, for as long as the fault lasts', () => {
  expect(latencies([slow(50, 3, 100)])).toEqual([10, 30])
})

test('faults that overlap multiply, and the end of one leaves the other', () => {
  // 0: none, 100: 2, 200: 2 × 4 for 50 µs, which are worth 6.25, then 4 for the other 3.75; 300: 4, 400: none
  expect(latencies([slow(50, 2, 200), slow(150, 4, 200)])).toEqual([10, 20, 40, 65])
})
