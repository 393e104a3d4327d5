import { expect, test } from 'vitest'
import type { Span } from '../../../../../src/formats/import/jaeger/span'
import { buildTrace, orphansOf, trueRootsOf } from '../../../../../src/formats/import/jaeger/span-forest'
import { Tally } from '../../../../../src/formats/import/jaeger/tally'

const plain: Span = {
  spanId: '',
  service: 'a',
  operation: 'work',
  startUs: 0,
  durationUs: 10,
  parentId: null,
  isFollower: false,
  kind: null,
  isError: false,
  peer: null,
  host: null,
  requestBytes: null,
  responseBytes: null,
  place: '',
}
const span = (spanId: string, parentId: string | null, fields: Partial<Span> = {}): Span => ({
  ...plain,
  spanId,
  parentId,
  ...fields,
})

function build(...spans: readonly Span[]): {
  readonly lines: readonly string[]
  readonly tally: Tally
  readonly orphans: number
  readonly roots: number
} {
  const tally = new Tally()
  const trace = buildTrace({ traceId: 't', place: '', spans }, tally)
  const lines = trace.nodes.map((node) => `${node.parent?.span.spanId ?? '-'}>${node.span.spanId}:${node.depth}`)
  return { lines, tally, orphans: orphansOf(trace).length, roots: trueRootsOf(trace).length }
}

test('parents stand before their children, whatever the order of the spans', () => {
  expect(build(span('c', 'b'), span('b', 'a'), span('a', null)).lines).toEqual(['->a:1', 'a>b:2', 'b>c:3'])
})

test('a span whose parent is missing is an orphan, not a root', () => {
  expect(build(span('b', 'gone'), span('a', null))).toMatchObject({ orphans: 1, roots: 1 })
})

test('exact copies are dropped and counted', () => {
  const { lines, tally } = build(span('a', null), span('b', 'a'), span('b', 'a'))
  expect(lines).toHaveLength(2)
  expect(tally.total('duplicate spans')).toBe(1)
})

test('spans that differ under one id are both kept', () => {
  const { lines, tally } = build(span('a', null), span('a', null, { durationUs: 3 }), span('b', 'a'))
  expect(lines).toHaveLength(3)
  expect(tally.total('spans with the id of another')).toBe(1)
})

test('the answering half of a shared id becomes the child of the asking half', () => {
  const spans = [
    span('x', null, { kind: 'CLIENT' }),
    span('x', null, { kind: 'SERVER', service: 'b' }),
    span('y', 'x', { service: 'b' }),
  ]
  expect(build(...spans).lines).toEqual(['->x:1', 'x>x:2', 'x>y:3'])
})

test('a ring of parents is opened at its earliest span', () => {
  const { lines, tally, orphans } = build(
    span('a', 'c', { startUs: 5 }),
    span('b', 'a', { startUs: 1 }),
    span('c', 'b', { startUs: 9 }),
  )
  expect(lines).toEqual(['->b:1', 'b>c:2', 'c>a:3'])
  expect(orphans).toBe(1)
  expect(tally.total('rings of spans')).toBe(1)
})

test('a very deep trace is no trouble', () => {
  const spans = Array.from({ length: 20_000 }, (_, index) =>
    span(String(index), index === 0 ? null : String(index - 1), { startUs: index }),
  )
  expect(build(...spans).lines.at(-1)).toBe('19998>19999:20000')
})
