import { expect, test } from 'vitest'
import { importJaeger } from '../../../../../src/formats/import'
import { jaegerInput, jaegerTrace } from '../../../../support/import/jaeger-trace'

const whole = jaegerTrace('0123456789abcdef', [
  { service: 'a', at: 0, lasts: 100, inside: [{ service: 'b', at: 10, lasts: 5 }] },
])
const spans = whole['spans'] as readonly { readonly [key: string]: number | string }[]

test('a file given twice counts once', () => {
  const { truth, report } = importJaeger([jaegerInput([whole], 'one.json'), jaegerInput([whole], 'two.json')])
  expect(truth).toMatchObject({ traces: 1, spans: 2, reader_notes: { duplicates_dropped: 2 } })
  expect(report.rows.find((row) => row.what === 'duplicate spans')).toMatchObject({
    count: 2,
    example: 'two.json: data[0].spans[0]',
  })
})

test('parts of one trace in two files are joined', () => {
  const parts = spans.map((span, index) => jaegerInput([{ ...whole, spans: [span] }], `${index}.json`))
  expect(importJaeger(parts).truth).toMatchObject({ traces: 1, spans: 2, orphan_spans: 0 })
})

test('traces with the same id and different contents stay apart', () => {
  const other = { ...whole, spans: spans.map((span) => ({ ...span, duration: 1 })) }
  expect(importJaeger([jaegerInput([whole]), jaegerInput([other])]).truth).toMatchObject({ traces: 2, spans: 4 })
})

test('traces with the same short id, made up by hand, stay apart unless one contains the other', () => {
  const tree = (child: string, lasts: number): ReturnType<typeof jaegerTrace> =>
    jaegerTrace('A', [
      { service: 'a', at: 0, lasts: 100, inside: child === '' ? [] : [{ service: child, at: 10, lasts }] },
    ])
  const renamed = {
    ...tree('c', 5),
    spans: (tree('c', 5)['spans'] as readonly object[]).map((span, index) => ({
      ...span,
      spanID: index === 1 ? 'other' : 'A-1',
    })),
  }
  expect(importJaeger([jaegerInput([tree('b', 5)]), jaegerInput([renamed as never])]).truth.traces).toBe(2)
  expect(importJaeger([jaegerInput([tree('b', 5)]), jaegerInput([tree('', 0)])]).truth.traces).toBe(1)
})
