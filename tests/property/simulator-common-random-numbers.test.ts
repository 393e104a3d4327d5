import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ScenarioDocument } from '../../src/scenario/scenario'
import { overhear, type Drawn } from '../support/drawn'
import { arbitraryScenario } from '../support/scenario-arbitrary'
import { readDocument, type Fields } from '../support/scenarios'

/**
 * What is drawn for a request depends on its address alone, so that two runs that differ in something else see the same
 * arrivals, work and routes. Requests come for 4 ms, and the runs go on until all of them and all they sent are done.
 * Whether a request is asked again depends on how long it took, and on what failed: here nothing is, and nothing does, so
 * that nobody need recover either (what `restore` writes back all the time would be most of the events).
 */
function calm(drawn: ScenarioDocument): ScenarioDocument {
  const timed = ['attempts', 'shedAfterMs', 'faults', 'recovery']
  const text = JSON.stringify(drawn, (key, value: unknown) => (timed.includes(key) ? undefined : value))
  const document = JSON.parse(text) as ScenarioDocument
  const { services, ...application } = document.application as { services: Fields[] }
  const { sources } = document.workload as { sources: Fields[] }
  return {
    ...document,
    application: { ...application, services: services.map((service) => ({ ...service, queueLimit: null })) },
    workload: {
      sources: sources.map((source, i) => ({
        ...source,
        arrivals: { process: 'rates', bucketSeconds: 0.002, ratesPerSecond: [8000 - 1000 * i, 3000] },
      })),
    },
    run: { ...(document.run as Fields), warmupSeconds: 0, durationSeconds: 0.5, replications: 1 },
  }
}

type Change = (document: ScenarioDocument) => ScenarioDocument

const policies =
  (change: (old: Fields) => Fields): Change =>
  (document) => ({
    ...document,
    policies: { ...(document.policies as Fields), ...change(document.policies as Fields) },
  })

const other = (old: Fields, kind: string, one: string, two: string): Fields => ({
  ...(old[kind] as Fields),
  use: (old[kind] as Fields).use === one ? two : one,
})

const changes: Readonly<Record<string, Change>> = {
  'another load balancing': policies((old) => ({
    loadBalancing: other(old, 'loadBalancing', 'round-robin', 'least-loaded'),
  })),
  'another placement': policies((old) => ({ placement: other(old, 'placement', 'spread', 'first-fit') })),
  'another memory policy': policies((old) => ({ memory: other(old, 'memory', 'spread', 'first-fit') })),
  'a migration policy': policies(() => ({
    migration: { use: 'hotspot', mechanism: 'stop-and-copy', utilization: 0.3, forMs: 0.5, controlPeriodMs: 0.5 },
  })),
  'a move by order': policies(() => ({
    orders: [
      {
        atSeconds: 0.001,
        do: 'migrate',
        service: 's0',
        instance: 0,
        to: { node: 'cpu0', device: 0 },
        mechanism: 'stop-and-copy',
      },
    ],
  })),
  'no offload': policies(() => ({ offload: { use: 'never' } })),
  'a slow device': (document) => ({
    ...document,
    faults: [{ atSeconds: 0.001, target: { node: 'cpu0', device: 0 }, effect: 'slow', factor: 3 }],
  }),
  'one more instance of every service': (document) => {
    const { services, ...application } = document.application as { services: Fields[] }
    const more = services.map((service) => ({ ...service, replicas: Number(service.replicas) + 1 }))
    return { ...document, application: { ...application, services: more } }
  },
  'a new service and its users, named first': (document) => {
    const { services, ...application } = document.application as { services: Fields[] }
    const { sources } = document.workload as { sources: Fields[] }
    const steps = [{ do: 'compute', timeNs: { dist: 'exponential', mean: 30_000 } }]
    const service = { id: 'aa', operations: [{ id: 'o0', steps }] }
    const source = { id: 'aa', entry: 'aa.o0', arrivals: { process: 'poisson', ratePerSecond: 2000 } }
    return {
      ...document,
      application: { ...application, services: [service, ...services] },
      workload: { sources: [source, ...sources] },
    }
  },
}

/** Whether every request and everything it sent has come to its end, none by failing. */
function isDrained({ run }: Drawn, sources: readonly string[]): boolean {
  const { executions, measures } = run.machine
  const streams = run.scenario.workload.sources.map((source) => source.stream)
  let open = 0
  executions.pool.liveMap().forEach((live, execution) => {
    if (live === 1 && sources.includes(streams[executions.source[execution]])) open += 1
  })
  return open === 0 && measures.operations.every((operation) => operation.failed === 0)
}

describe('arrivals, work and routes of a request stay the same with', () => {
  for (const [name, change] of Object.entries(changes))
    test(name, () => {
      let compared = 0
      fc.assert(
        fc.property(arbitraryScenario, (drawn) => {
          const document = calm(drawn)
          const before = overhear(readDocument(document))
          const after = overhear(readDocument(change(document)))
          const sources = [...before.arrivals.keys()]
          for (const source of sources) expect(after.arrivals.get(source)).toEqual(before.arrivals.get(source))
          if (!isDrained(before, sources) || !isDrained(after, sources)) return
          compared += before.draws.size
          for (const [request, list] of before.draws)
            expect([request, after.draws.get(request)]).toEqual([request, list])
          const known = [...after.draws.keys()].filter((request) => sources.includes(request.split('#', 1)[0]))
          expect(known.length).toBe(before.draws.size)
        }),
        { numRuns: 30 },
      )
      expect(compared).toBeGreaterThan(200)
    })
})
