import { isFields, listOf, numberOf, textOf, type Fields } from './fields'
import type { RawTrace } from './read-documents'
import type { Span, TracePart } from './span'
import { hostOf, isErrorOf, kindOf, peerOf, readTags, requestBytesOf, responseBytesOf } from './tags'
import type { Tally } from './tally'

const unknownService = 'unknown_service'
/** About eleven days: longer than any scenario can say. */
const longestUs = 1e12

/** The spans of a raw trace that can be used; the others are counted as dropped, with the reason. */
export function readSpans(trace: RawTrace, tally: Tally): TracePart {
  const places = trace.place.includes(': ') ? `${trace.place}.spans` : `${trace.place}: spans`
  const spans = trace.spans.map((item, index) => readSpan(item, trace, `${places}[${index}]`, tally))
  return { traceId: trace.traceId, place: trace.place, spans: spans.filter((span) => span !== null) }
}

function readSpan(item: unknown, trace: RawTrace, place: string, tally: Tally): Span | null {
  const drop = (reason: string): null => {
    tally.add('dropped', 'spans', reason, place)
    return null
  }
  if (!isFields(item)) return drop('they are no JSON objects')
  const spanId = textOf(item['spanID'])
  const startUs = numberOf(item['startTime'])
  const durationUs = numberOf(item['duration'])
  if (spanId === null) return drop('they have no spanID')
  if (startUs === null) return drop('they have no usable startTime (whole microseconds)')
  if (durationUs === null || durationUs < 0 || durationUs > longestUs) {
    return drop('they have no usable duration (microseconds, from 0 to 10¹²)')
  }
  return {
    spanId,
    startUs,
    durationUs,
    place,
    ...readParent(item, spanId, trace.traceId, place, tally),
    ...readContent(item, trace, place, tally),
  }
}

type Content = Omit<Span, 'spanId' | 'startUs' | 'durationUs' | 'place' | 'parentId' | 'isFollower'>

function readContent(item: Fields, trace: RawTrace, place: string, tally: Tally): Content {
  const tags = readTags(item['tags'])
  const process = processOf(item, trace)
  const service = textOf(process['serviceName'])
  if (service === null)
    tally.add('assumed', 'spans without a process', `no process names their service, so it is ${unknownService}`, place)
  return {
    service: service ?? unknownService,
    operation: textOf(item['operationName']) ?? 'unnamed',
    kind: kindOf(tags),
    isError: isErrorOf(tags),
    peer: peerOf(tags),
    host: hostOf(readTags(process['tags'])),
    requestBytes: requestBytesOf(tags),
    responseBytes: responseBytesOf(tags),
  }
}

/** The table of the trace is the usual place; the page of Jaeger writes the process into the span. */
function processOf(item: Fields, trace: RawTrace): Fields {
  const id = textOf(item['processID'])
  const listed = id !== null && Object.hasOwn(trace.processes, id) ? trace.processes[id] : undefined
  if (isFields(listed)) return listed
  return isFields(item['process']) ? item['process'] : {}
}

/** The first CHILD_OF in the own trace, else the first FOLLOWS_FROM in it, else the field `parentSpanID`. */
function readParent(
  item: Fields,
  spanId: string,
  traceId: string,
  place: string,
  tally: Tally,
): Pick<Span, 'parentId' | 'isFollower'> {
  const references = listOf(item['references']).filter(isFields)
  const ownTraces = [traceId, textOf(item['traceID'])]
  const own = references.filter(
    (reference) => reference['traceID'] === undefined || ownTraces.includes(textOf(reference['traceID'])),
  )
  if (own.length < references.length) {
    tally.add('dropped', 'references into other traces', 'a link is no parent', place, references.length - own.length)
  }
  const child = own.find((reference) => reference['refType'] === 'CHILD_OF')
  const follower = own.find((reference) => reference['refType'] === 'FOLLOWS_FROM')
  const named = textOf((child ?? follower)?.['spanID']) ?? textOf(item['parentSpanID'])
  const parentId = named === null || /^0+$/.test(named) ? null : named
  if (parentId !== spanId) return { parentId, isFollower: child === undefined && follower !== undefined }
  tally.add('dropped', 'references of a span to itself', 'a span is not its own parent, so it is a root', place)
  return { parentId: null, isFollower: false }
}
