import fc from 'fast-check'
import { expect, test } from 'vitest'
import { importJaeger } from '../../src/formats/import'
import type { Json } from '../../src/scenario/scenario'
import { checkDocument } from '../../src/scenario/read-scenario'
import { catalog } from '../../src/simulator/catalog'
import { allOperations, hasCertainCycle, scenarioIn, totalsOf, type ImportedScenario } from '../support/import/imported'
import { call, jaegerInput, jaegerTrace, type SpanSketch } from '../support/import/jaeger-trace'

const services = ['a', 'b', 'c', 'd']
const runs = { numRuns: 80 }

/** A server span with calls inside, each with the caller's and the callee's span; calls may overlap and recur. */
function served(service: string, depth: number, names: (depth: number) => readonly string[]): fc.Arbitrary<SpanSketch> {
  const target = fc.constantFrom(...names(depth - 1)).chain((to) => served(to, depth - 1, names))
  const made = fc.record({ start: fc.nat(80), length: fc.integer({ min: 1, max: 40 }), target })
  return fc
    .record({
      operation: fc.constantFrom('x', 'y'),
      lasts: fc.integer({ min: 1, max: 400 }),
      calls: fc.array(made, { maxLength: depth > 0 ? 3 : 0 }),
    })
    .map(({ operation, lasts, calls }) => ({
      service,
      operation,
      kind: 'server' as const,
      at: 0,
      lasts,
      inside: calls.map((each) =>
        ownedCall(service, each.target, (each.start / 100) * lasts, (each.length / 100) * lasts),
      ),
    }))
}

function ownedCall(from: string, to: SpanSketch, at: number, lasts: number): SpanSketch {
  return call(from, to, Math.floor(at), Math.max(1, Math.floor(lasts)))
}

const requestsTo = (
  names: (depth: number) => readonly string[],
): fc.Arbitrary<readonly (readonly [SpanSketch, number])[]> =>
  fc.array(
    fc.tuple(
      fc.constantFrom(...names(3)).chain((service) => served(service, 3, names)),
      fc.nat(1_000_000),
    ),
    { minLength: 1, maxLength: 8 },
  )

/** Anybody may call anybody, also in circles. */
const requests = requestsTo(() => services)
/** Each depth has services of its own, so nobody is called inside a call to him. */
const layered = requestsTo((depth) => services.map((service) => `${service}${depth}`))

function tracesOf(sketches: readonly (readonly [SpanSketch, number])[]): readonly { readonly [key: string]: Json }[] {
  return sketches.map(([root, startsAt], index) => jaegerTrace(`trace-${index}-0123456789`, [root], startsAt))
}

/** Every span of one service on a clock that is wrong by the same amount. */
function shifted(
  traces: readonly { readonly [key: string]: Json }[],
  service: string,
  byUs: number,
): readonly { readonly [key: string]: Json }[] {
  return traces.map((trace) => {
    const processes = trace['processes'] as { readonly [id: string]: { readonly serviceName: string } }
    const spans = trace['spans'] as readonly { readonly processID: string; readonly startTime: number }[]
    return {
      ...trace,
      spans: spans.map((span) =>
        processes[span.processID].serviceName === service ? { ...span, startTime: span.startTime + byUs } : span,
      ),
    }
  })
}

const application = (traces: readonly Json[]): ImportedScenario['application'] =>
  scenarioIn(importJaeger([jaegerInput(traces)])).application

test('clocks that are wrong change neither the structure nor the service times', () => {
  fc.assert(
    fc.property(
      requests,
      fc.constantFrom(...services),
      fc.integer({ min: -50_000, max: 50_000 }),
      (sketches, service, byUs) => {
        const traces = tracesOf(sketches)
        const operations = (list: readonly Json[]): unknown => application(list).services.map((each) => each.operations)
        expect(operations(shifted(traces, service, byUs))).toEqual(operations(traces))
      },
    ),
    runs,
  )
})

test('the compute steps of an operation have together the mean of its local times', () => {
  fc.assert(
    fc.property(layered, (sketches) => {
      const { scenario, truth } = importJaeger([jaegerInput(tracesOf(sketches))])
      const operations = allOperations(scenarioIn({ scenario }))
      const locals = Object.entries(truth.service_entry_local_us)
      expect(locals).toHaveLength(operations.size)
      for (const [key, local] of locals) {
        const totals = totalsOf(operations.get(key.replace('\t', '.')) ?? [])
        expect(Math.abs(totals.computeNs / 1000 - local.mean)).toBeLessThan(0.001)
      }
    }),
    runs,
  )
})

test('on average as many calls are made as were seen, and the scenario is a valid one', () => {
  fc.assert(
    fc.property(requests, (sketches) => {
      const { scenario } = importJaeger([jaegerInput(tracesOf(sketches))])
      const imported = scenarioIn({ scenario })
      expect(checkDocument(scenario, catalog).problems.filter((problem) => problem.severity === 'error')).toEqual([])
      expect(hasCertainCycle(imported)).toBe(false)
      const seen = serverSpans(sketches.map(([root]) => root))
      expect(Math.abs(executionsIn(imported, sketches.length) / seen - 1)).toBeLessThan(0.005) // rates have three digits
    }),
    runs,
  )
})

/** Executions that so many requests, in the observed mix, bring about on average. */
function executionsIn(scenario: ImportedScenario, requestCount: number): number {
  const totals = new Map([...allOperations(scenario)].map(([name, steps]) => [name, totalsOf(steps).calls]))
  const { sources } = scenario.workload
  const share = (arrivals: ImportedScenario['workload']['sources'][number]['arrivals']): number =>
    arrivals.timesSeconds?.length ?? arrivals.ratePerSecond ?? 0
  const all = sources.reduce((sum, source) => sum + share(source.arrivals), 0)
  let wave = new Map(sources.map((source) => [source.entry, (share(source.arrivals) / all) * requestCount]))
  let executions = 0
  for (let round = 0; round < 1000 && wave.size > 0; round += 1) {
    const next = new Map<string, number>()
    for (const [name, count] of wave) {
      executions += count
      for (const [to, calls] of totals.get(name) ?? []) next.set(to, (next.get(to) ?? 0) + count * calls)
    }
    wave = new Map([...next].filter(([, count]) => count > 1e-9))
  }
  return executions
}

function serverSpans(sketches: readonly SpanSketch[]): number {
  return sketches.reduce(
    (sum, sketch) => sum + (sketch.kind === 'server' ? 1 : 0) + serverSpans(sketch.inside ?? []),
    0,
  )
}

test('the order of files, traces and spans does not matter', () => {
  fc.assert(
    fc.property(requests, fc.infiniteStream(fc.nat()), (sketches, order) => {
      const shuffled = <T>(list: readonly T[]): readonly T[] =>
        list
          .map((item) => ({ item, rank: nextOf(order) }))
          .sort((a, b) => a.rank - b.rank)
          .map(({ item }) => item)
      const traces = tracesOf(sketches)
      const inputs = traces.map((trace, index) => jaegerInput([trace], `${index}.json`))
      const mixed = traces.map((trace, index) =>
        jaegerInput([{ ...trace, spans: shuffled(trace['spans'] as readonly Json[]) }], `${index}.json`),
      )
      const [one, two] = [importJaeger(inputs), importJaeger(shuffled(mixed))]
      expect(two.scenario).toEqual(one.scenario)
      expect(two.truth).toEqual(one.truth)
    }),
    runs,
  )
})

/** The stream never ends. */
function nextOf(stream: fc.Stream<number>): number {
  const next = stream.next()
  return next.done === true ? 0 : next.value
}

test('no JSON makes it throw, and what comes out is a valid scenario or none', () => {
  const odd = fc.oneof(fc.jsonValue(), fc.constantFrom<unknown>(null, '', 0, -1, 'server', [], {}))
  const span = fc.record(
    {
      traceID: odd,
      spanID: fc.oneof(fc.constantFrom('1', '2', '3'), odd),
      operationName: odd,
      startTime: fc.oneof(fc.nat(), odd),
      duration: fc.oneof(fc.nat(), odd),
      references: fc.oneof(
        fc.array(
          fc.record({
            refType: fc.constantFrom('CHILD_OF', 'FOLLOWS_FROM'),
            traceID: fc.constant('t'),
            spanID: fc.constantFrom('1', '2', '3'),
          }),
        ),
        odd,
      ),
      tags: fc.oneof(
        fc.array(
          fc.record({
            key: fc.constantFrom('span.kind', 'error', 'hostname'),
            value: fc.oneof(fc.constantFrom('client', 'server', 'producer'), odd),
          }),
        ),
        odd,
      ),
      processID: fc.oneof(fc.constantFrom('p1', 'p2'), odd),
      parentSpanID: odd,
    },
    { requiredKeys: [] },
  )
  const trace = fc.record(
    {
      traceID: fc.oneof(fc.constant('t'), odd),
      spans: fc.oneof(fc.array(fc.oneof(span, odd)), odd),
      processes: fc.oneof(fc.constant({ p1: { serviceName: 'a' }, p2: { serviceName: 'b' } }), odd),
    },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(fc.oneof(trace, fc.record({ data: fc.array(trace) }), fc.array(trace), odd), (document) => {
      const { scenario, report } = importJaeger([{ name: 'odd.json', text: JSON.stringify(document) }])
      expect(report.summary).not.toBe('')
      if (scenario !== null)
        expect(checkDocument(scenario, catalog).problems.filter((problem) => problem.severity === 'error')).toEqual([])
    }),
    { numRuns: 500 },
  )
})
