import { expect, test } from 'vitest'
import { readSpans } from '../../../../../src/formats/import/jaeger/read-spans'
import type { Span } from '../../../../../src/formats/import/jaeger/span'
import { Tally } from '../../../../../src/formats/import/jaeger/tally'

const usual = { spanID: 's', startTime: 10, duration: 5, operationName: 'get', processID: 'p1' }

function read(item: unknown, processes = {}): { readonly span: Span | undefined; readonly tally: Tally } {
  const tally = new Tally()
  const { spans } = readSpans({ traceId: 't', place: 'a.json: data[0]', spans: [item], processes }, tally)
  return { span: spans[0], tally }
}

test.each([
  [null, 'they are no JSON objects'],
  [{ ...usual, spanID: undefined }, 'they have no spanID'],
  [{ ...usual, startTime: 'soon' }, 'they have no usable startTime (whole microseconds)'],
  [{ ...usual, duration: -1 }, 'they have no usable duration (microseconds, from 0 to 10¹²)'],
])('an unusable span is dropped with its reason and place: %j', (item, reason) => {
  const { span, tally } = read(item)
  expect(span).toBeUndefined()
  expect(tally.rows('dropped')).toEqual([
    { fate: 'dropped', what: 'spans', count: 1, reason, example: 'a.json: data[0].spans[0]' },
  ])
})

test('the service is that of the process, in the table or in the span', () => {
  expect(read(usual, { p1: { serviceName: 'shop' } }).span?.service).toBe('shop')
  expect(read({ ...usual, process: { serviceName: 'cart' } }).span?.service).toBe('cart')
})

test('a span without a process keeps an unknown service, and the report says so', () => {
  const { span, tally } = read(usual)
  expect(span?.service).toBe('unknown_service')
  expect(tally.total('spans without a process')).toBe(1)
})

test.each([
  [
    'the first CHILD_OF wins',
    {
      references: [
        { refType: 'FOLLOWS_FROM', traceID: 't', spanID: 'f' },
        { refType: 'CHILD_OF', traceID: 't', spanID: 'c' },
      ],
    },
    'c',
    false,
  ],
  [
    'a FOLLOWS_FROM is a parent that does not wait',
    { references: [{ refType: 'FOLLOWS_FROM', traceID: 't', spanID: 'f' }] },
    'f',
    true,
  ],
  [
    'a reference into another trace is a link',
    { references: [{ refType: 'CHILD_OF', traceID: 'other', spanID: 'c' }] },
    null,
    false,
  ],
  ['the field parentSpanID counts where no reference does', { references: [], parentSpanID: 'p' }, 'p', false],
  ['a parent of zeros is none', { parentSpanID: '0000000000000000' }, null, false],
  ['references may be null', { references: null }, null, false],
  ['a span is not its own parent', { references: [{ refType: 'CHILD_OF', traceID: 't', spanID: 's' }] }, null, false],
])('%s', (_name, fields, parentId, isFollower) => {
  expect(read({ ...usual, ...fields }).span).toMatchObject({ parentId, isFollower })
})

test('tags may be of any type, null, or rubbish', () => {
  const tags = [
    { key: 'span.kind', type: 'string', value: 'server' },
    { key: 'error', type: 'bool', value: true },
    { key: 'x', value: { deep: [1] } },
    null,
    7,
  ]
  expect(read({ ...usual, tags, warnings: null, logs: null }).span).toMatchObject({ kind: 'SERVER', isError: true })
  expect(read({ ...usual, tags: null }).span).toMatchObject({ kind: null, isError: false })
})

test('only a true error tag is an error, not the name of one', () => {
  const withError = (value: unknown): boolean | undefined =>
    read({ ...usual, tags: [{ key: 'error', value }] }).span?.isError
  expect([true, 'true', 'ClientSideError', false, 'false'].map(withError)).toEqual([true, true, false, false, false])
})

test('sizes of messages, the peer and the instance come from tags', () => {
  const tags = [
    { key: 'http.request_content_length', value: '120' },
    { key: 'http.response_content_length', value: 4096 },
    { key: 'peer.service', value: 'redis' },
  ]
  const { span } = read(
    { ...usual, tags },
    { p1: { serviceName: 'shop', tags: [{ key: 'hostname', value: 'shop-1' }] } },
  )
  expect(span).toMatchObject({ requestBytes: 120, responseBytes: 4096, peer: 'redis', host: 'shop-1' })
})
