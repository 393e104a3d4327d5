import { expect, test } from 'vitest'
import { cpuPool, documentOf, exponential, finishedRun, readDocument } from '../../support/scenarios'

/** Callers of one worker each, always asking; the callee has workers with lines of their own, which take 100 µs. Answers a second. */
function answers(callers: number, workers: number): number {
  const seconds = 0.2
  const run = finishedRun(
    readDocument(
      documentOf({
        nodes: [cpuPool('cpu', 1, 64)],
        services: [
          {
            ...{ id: 'ask', replicas: callers, threads: 1, dispatch: 'bound' },
            operations: [{ id: 'get', steps: [{ do: 'call', to: 'answer.get' }] }],
          },
          {
            ...{ id: 'answer', threads: workers, dispatch: 'bound' },
            operations: [{ id: 'get', steps: [{ do: 'compute', timeNs: exponential(100_000) }] }],
          },
        ],
        sources: [
          {
            ...{ id: 'u', entry: 'ask.get' },
            arrivals: { process: 'closed', users: callers, thinkTimeNs: exponential(1) },
          },
        ],
        run: { seed: 1, warmupSeconds: 0, durationSeconds: seconds },
      }),
    ),
  )
  return run.machine.measures.requests.completed / seconds
}

test.each([2, 4, 5, 8])('connections of many callers are spread over all of %i workers', (workers) => {
  expect(answers(48, workers)).toBeGreaterThan(0.9 * workers * 10_000)
})
