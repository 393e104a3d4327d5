import { expect, test } from 'vitest'
import { constant, cpuPool, documentOf, finishedRun, readDocument, type Fields } from '../../support/scenarios'

/** One core that works for 100 µs from 0 on; at 10 µs a request comes whose step takes that. Its latency, ps. */
function latencyBehind(timeNs: Fields): number {
  const run = finishedRun(
    readDocument(
      documentOf({
        nodes: [cpuPool('cpu', 1, 1)],
        services: [
          {
            id: 's',
            operations: [
              { id: 'long', steps: [{ do: 'compute', timeNs: constant(100_000) }] },
              { id: 'none', steps: [{ do: 'compute', timeNs }] },
            ],
          },
        ],
        sources: [
          { id: 'a', entry: 's.long', arrivals: { process: 'trace', timesSeconds: [0] } },
          { id: 'b', entry: 's.none', arrivals: { process: 'trace', timesSeconds: [1e-5] } },
        ],
        run: { seed: 1, warmupSeconds: 0, durationSeconds: 0.001 },
      }),
    ),
  )
  return run.machine.measures.requests.latency.min
}

test('work of which none is drawn waits for its core like any other, for 1 ps', () => {
  expect(latencyBehind({ dist: 'empirical', values: [0, 1], weights: [1, 1e-12] })).toBe(90_000_001)
})

test('work that never takes time needs no core', () => {
  expect(latencyBehind(constant(0))).toBe(0)
})
