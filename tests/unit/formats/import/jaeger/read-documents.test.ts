import { expect, test } from 'vitest'
import { importJaeger } from '../../../../../src/formats/import'
import { jaegerTrace } from '../../../../support/import/jaeger-trace'

const trace = jaegerTrace('0123456789abcdef', [{ service: 'shop', at: 0, lasts: 100 }])
const text = (value: unknown): string => JSON.stringify(value)
const read = (...texts: readonly string[]): ReturnType<typeof importJaeger> =>
  importJaeger(texts.map((each, index) => ({ name: `file-${index + 1}.json`, text: each })))

test.each([
  ['an answer of the query service', text({ data: [trace], total: 1 })],
  ['a bare list of traces', text([trace])],
  ['one trace by itself', text(trace)],
  ['a trace that the page saved', text({ data: trace, id: 'x', state: 'done' })],
  ['a list of answers', text([{ data: [trace] }])],
  [
    'a byte order mark and Windows line ends',
    `\ufeff${JSON.stringify({ data: [trace] }, null, 1).replaceAll('\n', '\r\n')}`,
  ],
])('%s is read', (_name, document) => {
  const { truth, scenario } = read(document)
  expect([truth.traces, truth.spans, truth.services]).toEqual([1, 1, ['shop']])
  expect(scenario).not.toBeNull()
})

test('several files are one data set', () => {
  const other = jaegerTrace('fedcba9876543210', [{ service: 'shop', at: 50, lasts: 10 }])
  expect(read(text(trace), text({ data: [other] })).truth).toMatchObject({ traces: 2, spans: 2, files: 2 })
})

test('a broken file names itself and the place, and the others are read all the same', () => {
  const { report, truth } = read('{"data": [\n  {"traceID": "a",, "spans": []}]}', text(trace))
  expect(truth.spans).toBe(1)
  const failed = report.rows.filter((row) => row.fate === 'failed')
  expect(failed).toHaveLength(1)
  expect(failed[0]?.reason).toMatch(/^file-1\.json is not JSON: line 2, column \d+: found .+, expected .+/)
  expect(report.summary).toContain('1 part of the input could not be read')
})

test('a truncated file is a broken file', () => {
  const { report, scenario } = read(text(trace).slice(0, -20))
  expect(scenario).toBeNull()
  expect(report.summary).toMatch(/^file-1\.json is not JSON: line 1, column \d+: /)
})

test.each([
  ['42', 'file-1.json: found a number, expected { "data": [traces] }, a list of traces, or one trace'],
  ['null', 'file-1.json: found null'],
  ['[]', 'file-1.json: the list of traces is empty'],
  ['{"data": []}', 'file-1.json: data: the list of traces is empty'],
  [
    '{"data": null, "errors": [{"code": 404, "msg": "trace not found"}]}',
    'file-1.json: Jaeger answered with an error: trace not found',
  ],
  ['{"data": [{"spans": {}}]}', 'file-1.json: data[0]: "spans" is an object, expected a list of spans'],
  ['{"data": [{"traceID": "a", "spans": []}]}', 'file-1.json: data[0]: a trace has no spans'],
  ['{"resourceSpans": []}', 'file-1.json: this is OpenTelemetry (OTLP) JSON'],
  ['{"foo": 1}', 'file-1.json: found an object with the keys foo'],
])('%s is refused in plain words', (document, message) => {
  const { report, scenario } = read(document)
  expect(scenario).toBeNull()
  expect(report.summary.startsWith(message)).toBe(true)
})

test('no input at all is said too', () => {
  expect(read()).toMatchObject({ scenario: null, report: { summary: 'nothing to import: no spans were found' } })
})
