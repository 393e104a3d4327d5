import { expect, test } from 'vitest'
import { importJaeger } from '../../../../../src/formats/import'
import { jaegerInput, jaegerTrace } from '../../../../support/import/jaeger-trace'
import { importTraces } from '../../../../support/import/imported'

const request = (service: string, startsAtUs: number, lasts = 1000): ReturnType<typeof jaegerTrace> =>
  jaegerTrace(`${service}-${startsAtUs}`, [{ service, kind: 'server', at: 0, lasts }], startsAtUs)

test('the observed start times are replayed, in seconds from the first', () => {
  const { sources } = importTraces([request('a', 500_000), request('a', 0), request('b', 250_000)]).workload
  expect(sources.map(({ entry, via, arrivals }) => ({ entry, via, arrivals }))).toEqual([
    { entry: 'a.a', via: 'nic', arrivals: { process: 'trace', timesSeconds: [0, 0.5] } },
    { entry: 'b.b', via: 'nic', arrivals: { process: 'trace', timesSeconds: [0.25] } },
  ])
})

test('the run lasts as long as the traces, and until the last answer is there', () => {
  const { run } = importTraces([request('a', 0), request('a', 3_000_000, 400_000)])
  expect(run).toMatchObject({ seed: 1, warmupSeconds: 0 })
  expect(run.durationSeconds).toBeGreaterThan(3.4)
  expect(run.durationSeconds).toBeLessThan(4.5)
})

test('a single trace becomes a slow stream of requests like it', () => {
  const [source] = importTraces([request('a', 0)]).workload.sources
  expect(source.arrivals).toEqual({ process: 'poisson', ratePerSecond: 500 })
})

test('traces hours apart are samples: their mix is kept, their times are not', () => {
  const traces = [request('a', 0), request('a', 5e9), request('a', 9e9), request('b', 9e9)]
  const { workload, run } = importTraces(traces)
  expect(workload.sources.map((source) => source.arrivals)).toEqual([
    { process: 'poisson', ratePerSecond: 375 },
    { process: 'poisson', ratePerSecond: 125 },
  ])
  expect(run.durationSeconds).toBeLessThan(10)
})

test('more start times than a document should hold become a rate', () => {
  const traces = Array.from({ length: 10_001 }, (_, index) => request('a', index * 1000, 10))
  expect(importTraces(traces).workload.sources[0]?.arrivals).toEqual({ process: 'poisson', ratePerSecond: 1000 })
})

test('a trace without a root is entered at its earliest orphan, and the report says so', () => {
  const rootless = jaegerTrace('t', [
    {
      service: 'gone',
      at: 0,
      lasts: 9,
      inside: [
        { service: 'b', at: 5, lasts: 2 },
        { service: 'a', at: 1, lasts: 2 },
      ],
    },
  ])
  const input = jaegerInput([{ ...rootless, spans: (rootless['spans'] as readonly object[]).slice(1) as never }])
  const { scenario, report } = importJaeger([input])
  expect(scenario).toMatchObject({ workload: { sources: [{ entry: 'a.a' }] } })
  expect(report.rows.find((row) => row.what === 'traces without a root')?.count).toBe(1)
})

test('each root of a trace is a request of its own', () => {
  const trace = jaegerTrace('t', [
    { service: 'a', at: 0, lasts: 10 },
    { service: 'b', at: 200_000, lasts: 10 },
  ])
  expect(importTraces([trace]).workload.sources.map((source) => source.arrivals.timesSeconds)).toEqual([[0], [0.2]])
})

test('the CPU pool grows with the work of the busiest moment', () => {
  const busy = Array.from({ length: 200 }, (_, index) => request('a', index * 1000, 150_000))
  const { topology, application } = importTraces(busy)
  const cpu = topology.nodes.find((node) => node.id === 'cpu')
  expect(cpu?.count).toBeGreaterThan(10)
  expect(application.services[0]?.replicas).toBe(cpu?.count)
  expect(
    importTraces([request('a', 0), request('a', 9000)]).topology.nodes.find((node) => node.id === 'cpu'),
  ).toMatchObject({ count: 1, spec: { cores: 16 } })
})
