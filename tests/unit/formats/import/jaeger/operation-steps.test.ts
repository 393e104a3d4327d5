import { expect, test } from 'vitest'
import type { SpanSketch } from '../../../../support/import/jaeger-trace'
import { call, jaegerTrace } from '../../../../support/import/jaeger-trace'
import { importTraces, outline, stepsOf, totalsOf } from '../../../../support/import/imported'

const entry = (lasts: number, inside: readonly SpanSketch[] = []): SpanSketch => ({
  service: 'a',
  kind: 'server',
  at: 0,
  lasts,
  inside,
})
const steps = (...roots: readonly SpanSketch[]): string =>
  outline(stepsOf(importTraces(roots.map((root, index) => jaegerTrace(`trace-${index}`, [root]))), 'a.a'))
const b = (at: number, lasts: number): SpanSketch =>
  call('a', { service: 'b', at: at + 1, lasts: lasts - 2 }, at, lasts)
const c = (at: number, lasts: number): SpanSketch =>
  call('a', { service: 'c', at: at + 1, lasts: lasts - 2 }, at, lasts)

test('calls one after the other are a sequence, with the work between them', () => {
  expect(steps(entry(100, [b(10, 20), c(40, 30)]))).toBe('compute 10, call b.b, compute 10, call c.c, compute 30')
})

test('calls whose ends touch follow each other', () => {
  expect(steps(entry(50, [b(0, 20), c(20, 30)]))).toBe('call b.b, call c.c')
})

test('calls that overlap run in parallel', () => {
  expect(steps(entry(100, [b(10, 20), c(10, 30)]))).toBe('compute 10, parallel(call b.b | call c.c), compute 60')
})

test('a call that starts while another is under way keeps its lead as a delay', () => {
  expect(steps(entry(100, [b(10, 40), c(20, 40)]))).toBe(
    'compute 10, parallel(call b.b | delay 10, call c.c), compute 40',
  )
})

test('a branch may hold several calls', () => {
  expect(steps(entry(100, [b(0, 100), c(10, 20), c(40, 20)]))).toBe(
    'parallel(call b.b | delay 10, call c.c, delay 10, call c.c)',
  )
})

test('a call that is not always made has the observed frequency', () => {
  const roots = [entry(30, [b(10, 10)]), entry(20), entry(30, [b(10, 10)]), entry(30, [b(10, 10)])]
  expect(steps(...roots)).toBe('choose(0.75: compute 10, call b.b, compute 10 | 0.25: compute 20)')
})

test('a repeated call is repeated', () => {
  expect(steps(entry(60, [b(0, 10), b(20, 10), b(40, 10)]))).toBe(
    'call b.b, compute 10, call b.b, compute 10, call b.b, compute 10',
  )
})

test('inner spans of a service are part of its own work', () => {
  const inner: SpanSketch = { service: 'a', operation: 'parse', at: 5, lasts: 60, inside: [b(10, 20)] }
  expect(steps(entry(100, [inner]))).toBe('compute 10, call b.b, compute 70')
})

test('a call to somebody without spans is a delay as long as measured', () => {
  const query: SpanSketch = { service: 'a', operation: 'SELECT', kind: 'client', at: 20, lasts: 15 }
  expect(steps(entry(50, [query]))).toBe('compute 20, delay 15, compute 15')
})

test('a span without kind whose one child is elsewhere is the caller: its clock counts', () => {
  const remote: SpanSketch = { service: 'b', at: 5000, lasts: 10 }
  const inner: SpanSketch = { service: 'a', operation: 'ask', at: 20, lasts: 30, inside: [remote] }
  expect(steps({ service: 'a', at: 0, lasts: 100, inside: [inner] })).toBe('compute 20, call b.b, compute 50')
})

test('what follows from a span is sent and not waited for', () => {
  const follower: SpanSketch = { service: 'b', at: 200, lasts: 50, follows: true }
  expect(steps(entry(100, [follower]))).toBe('compute 100, send b.b')
})

test('a message is sent; the time to hand it over is a delay', () => {
  const publish: SpanSketch = {
    service: 'a',
    kind: 'producer',
    at: 10,
    lasts: 5,
    inside: [{ service: 'b', kind: 'consumer', at: 300, lasts: 40 }],
  }
  expect(steps(entry(50, [publish]))).toBe('compute 10, send b.b, delay 5, compute 35')
})

test('a call that outlives its caller is not waited for', () => {
  expect(steps(entry(50, [b(20, 100)]))).toBe('compute 20, send b.b, delay 30')
})

test('a service that calls itself over the network is called like another', () => {
  const self: SpanSketch = {
    service: 'a',
    operation: 'ask',
    kind: 'client',
    at: 10,
    lasts: 20,
    inside: [{ service: 'a', operation: 'sub', kind: 'server', at: 12, lasts: 10 }],
  }
  const scenario = importTraces([jaegerTrace('t', [entry(50, [self])])])
  expect(outline(stepsOf(scenario, 'a.a'))).toBe('compute 10, call a.sub, compute 20')
  expect(outline(stepsOf(scenario, 'a.sub'))).toBe('compute 10')
})

test('recursion becomes one operation a level, so that it ends as it did', () => {
  const level = (depth: number): SpanSketch => ({
    service: 'a',
    kind: 'server',
    at: 10 * depth,
    lasts: 100 - 20 * depth,
    inside:
      depth === 2
        ? []
        : [
            {
              service: 'a',
              kind: 'client',
              operation: 'again',
              at: 10 * (depth + 1),
              lasts: 80 - 20 * depth,
              inside: [level(depth + 1)],
            },
          ],
  })
  const scenario = importTraces([jaegerTrace('t', [level(0)])])
  expect(outline(stepsOf(scenario, 'a.a'))).toBe('compute 10, call a.a-level-2, compute 10')
  expect(outline(stepsOf(scenario, 'a.a-level-2'))).toBe('compute 10, call a.a-level-3, compute 10')
  expect(outline(stepsOf(scenario, 'a.a-level-3'))).toBe('compute 60')
})

test('more arrangements than can be kept apart keep their call counts and their work', () => {
  const roots = Array.from({ length: 40 }, (_, index) => {
    const inside = Array.from({ length: index % 20 }, (_each, place) => b(10 + 20 * place, 10))
    return entry(20 + 20 * inside.length, inside)
  })
  const scenario = importTraces(roots.map((root, index) => jaegerTrace(`trace-${index}`, [root])))
  const totals = totalsOf(stepsOf(scenario, 'a.a'))
  expect(totals.calls.get('b.b')).toBeCloseTo(9.5, 9)
  expect(totals.computeNs).toBeCloseTo((20 + 10 * 9.5) * 1000, 6)
})

test('the time between the ends of a call can be kept as a delay', () => {
  const trace = jaegerTrace('t', [entry(100, [call('a', { service: 'b', at: 20, lasts: 5 }, 10, 30)])])
  expect(outline(stepsOf(importTraces([trace], { networkTime: 'delay' }), 'a.a'))).toBe(
    'compute 10, delay 25, call b.b, compute 60',
  )
})

test('message sizes come from the spans where they say them', () => {
  const sized = {
    ...call('a', { service: 'b', at: 20, lasts: 5 }, 10, 30),
    tags: { 'http.request_content_length': 70, 'http.response_content_length': 900 },
  }
  expect(stepsOf(importTraces([jaegerTrace('t', [entry(100, [sized])])]), 'a.a')[1]).toMatchObject({
    do: 'call',
    requestBytes: 70,
    responseBytes: 900,
  })
})
