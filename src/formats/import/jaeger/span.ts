/** One span, its tags understood. Times are microseconds of the clock of the host that wrote it. */
export interface Span {
  readonly spanId: string
  readonly service: string
  readonly operation: string
  readonly startUs: number
  readonly durationUs: number
  /** The span that it says it belongs to, in its own trace; null for a root. */
  readonly parentId: string | null
  /** Whether that parent does not wait for it (`FOLLOWS_FROM`). */
  readonly isFollower: boolean
  /** Tag `span.kind` in capitals: CLIENT, SERVER, PRODUCER, CONSUMER, INTERNAL, …; null if it has none. */
  readonly kind: string | null
  readonly isError: boolean
  /** The other end of the call by the tags of this end, such as a database's name. */
  readonly peer: string | null
  /** The instance that wrote it, by the tags of its process. */
  readonly host: string | null
  readonly requestBytes: number | null
  readonly responseBytes: number | null
  /** Where it stands: `a.json: data[0].spans[3]`. */
  readonly place: string
}

/** A trace, or the part of it that one document holds. */
export interface TracePart {
  readonly traceId: string
  readonly place: string
  readonly spans: readonly Span[]
}

/** A span among its relatives. */
export interface SpanNode {
  readonly span: Span
  readonly parent: SpanNode | null
  /** By start time. */
  readonly children: readonly SpanNode[]
  /** It names no parent. A span whose parent is missing is an orphan instead. */
  readonly isTrueRoot: boolean
  /** 1 for roots and orphans. */
  readonly depth: number
}

export interface Trace {
  readonly traceId: string
  readonly place: string
  /** Every span once, parents before their children. */
  readonly nodes: readonly SpanNode[]
}

/** Whether a span waits for, or hands over to, somebody else. */
export function isCaller(span: Span): boolean {
  return span.kind === 'CLIENT' || span.kind === 'PRODUCER'
}

/** Whether a span answers somebody else. */
export function isAnswerer(span: Span): boolean {
  return span.kind === 'SERVER' || span.kind === 'CONSUMER'
}

export function endUs(span: Span): number {
  return span.startUs + span.durationUs
}

/** Everything that makes two copies of a span the same one. */
export function contentKey(span: Span): string {
  return [
    span.startUs,
    span.spanId,
    span.durationUs,
    span.service,
    span.operation,
    span.parentId ?? '',
    span.kind ?? '',
  ].join('\u0000')
}

/** A total order that depends on the spans alone, not on where they stood. */
export function compareSpans(a: Span, b: Span): number {
  if (a.startUs !== b.startUs) return a.startUs - b.startUs
  return compareText(contentKey(a), contentKey(b))
}

/** By code units: the same order everywhere, whatever the language of the machine. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
