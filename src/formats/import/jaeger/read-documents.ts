import { readJsonText } from '../../../scenario/json-text'
import type { ImportInput } from '../importer'
import { isFields, listOf, textOf, typeName, type Fields } from './fields'
import { compareText } from './span'
import type { Tally } from './tally'

/** A trace as it stands in a document. */
export interface RawTrace {
  readonly traceId: string
  readonly place: string
  readonly spans: readonly unknown[]
  readonly processes: Fields
}

const shapes = 'expected { "data": [traces] }, a list of traces, or one trace { "traceID", "spans", "processes" }'

/** The traces of all documents, the documents by name. What cannot be read is counted as failed, and the rest is read. */
export function readDocuments(inputs: readonly ImportInput[], tally: Tally): readonly RawTrace[] {
  const ordered = [...inputs].sort((a, b) => compareText(a.name, b.name) || compareText(a.text, b.text))
  return ordered.flatMap((input) => readDocument(input, tally))
}

function readDocument(input: ImportInput, tally: Tally): readonly RawTrace[] {
  const text = input.text.startsWith('\ufeff') ? input.text.slice(1) : input.text
  const parsed = parse(text)
  if ('mistake' in parsed) {
    tally.add('failed', 'files', `${input.name} is not JSON: ${parsed.mistake}`, input.name)
    return []
  }
  const traces = collect(parsed.value, input.name, '', tally)
  if (traces.length > 0) tally.add('read', 'files', 'Jaeger JSON', input.name)
  return traces
}

/** The engine's reader is the fast one; ours says where a mistake is, in the same words everywhere. */
function parse(text: string): { readonly value: unknown } | { readonly mistake: string } {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return { mistake: readJsonText(text).mistakes[0] ?? 'found something else, expected a JSON document' }
  }
}

function collect(value: unknown, file: string, path: string, tally: Tally): readonly RawTrace[] {
  if (Array.isArray(value)) {
    const traces = value.flatMap((item, index) => collect(item, file, `${path}[${index}]`, tally))
    if (value.length === 0) fail(tally, file, path, 'the list of traces is empty')
    return traces
  }
  if (!isFields(value)) return fail(tally, file, path, `found ${typeName(value)}, ${shapes}`)
  if ('spans' in value) return readTrace(value, file, path, tally)
  if ('data' in value) return readAnswer(value, file, path, tally)
  return fail(tally, file, path, otherShape(value))
}

/** An answer of Jaeger's query service: traces, or what went wrong. */
function readAnswer(answer: Fields, file: string, path: string, tally: Tally): readonly RawTrace[] {
  const { data } = answer
  if (data !== null && data !== undefined) return collect(data, file, path === '' ? 'data' : `${path}.data`, tally)
  const messages = listOf(answer['errors']).map((error) => (isFields(error) ? textOf(error['msg']) : null))
  const said = messages.filter((message) => message !== null).join('; ')
  return fail(
    tally,
    file,
    path,
    said === '' ? `"data" is ${typeName(data)}, ${shapes}` : `Jaeger answered with an error: ${said}`,
  )
}

function readTrace(trace: Fields, file: string, path: string, tally: Tally): readonly RawTrace[] {
  const spans = trace['spans']
  if (!Array.isArray(spans)) return fail(tally, file, path, `"spans" is ${typeName(spans)}, expected a list of spans`)
  if (spans.length === 0) return fail(tally, file, path, 'a trace has no spans')
  const first: unknown = spans[0]
  const traceId = textOf(trace['traceID']) ?? (isFields(first) ? textOf(first['traceID']) : null) ?? ''
  const processes = isFields(trace['processes']) ? trace['processes'] : {}
  return [{ traceId, place: placeOf(file, path), spans: spans as readonly unknown[], processes }]
}

function otherShape(value: Fields): string {
  if ('resourceSpans' in value || 'batches' in value) return `this is OpenTelemetry (OTLP) JSON, ${shapes}`
  const keys = Object.keys(value).slice(0, 5).join(', ')
  return `found an object with ${keys === '' ? 'no keys' : `the keys ${keys}`}, ${shapes}`
}

function fail(tally: Tally, file: string, path: string, reason: string): readonly RawTrace[] {
  const place = placeOf(file, path)
  tally.add('failed', path === '' ? 'files' : 'parts of files', `${place}: ${reason}`, place)
  return []
}

function placeOf(file: string, path: string): string {
  return path === '' ? file : `${file}: ${path}`
}
