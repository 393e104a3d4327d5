import { compareText, contentKey, isAnswerer, isCaller, type Span, type TracePart } from './span'
import type { Tally } from './tally'

/** Identifiers of at least this length are random, so equal ones mean the same trace. */
const randomIdLength = 8

/**
 * One part per trace. Parts with the same trace id become one trace, unless they give the same span different
 * contents, or the id is short and neither of them contains the other: then somebody made up the ids by hand, and the
 * traces stay apart.
 */
export function mergeParts(parts: readonly TracePart[], tally: Tally): readonly TracePart[] {
  const byId = new Map<string, TracePart[]>()
  for (const part of parts) {
    const known = byId.get(part.traceId)
    if (known === undefined) byId.set(part.traceId, [part])
    else known.push(part)
  }
  const ids = [...byId.keys()].sort(compareText)
  return ids.flatMap((id) => mergeSameId(byId.get(id) ?? [], tally))
}

function mergeSameId(parts: readonly TracePart[], tally: Tally): readonly TracePart[] {
  if (parts.length === 1) return parts
  const ordered = parts.map((part) => ({ part, key: partKey(part) })).sort((a, b) => compareText(a.key, b.key))
  const merged: { part: TracePart; contents: Map<string, Set<string>> }[] = []
  for (const { part } of ordered) {
    const contents = contentsOf(part)
    const home = merged.find((candidate) => areOneTrace(part.traceId, candidate.contents, contents))
    if (home === undefined) {
      if (merged.length > 0)
        tally.add(
          'assumed',
          'traces with the id of another',
          'their spans differ, so they are traces of their own',
          part.place,
        )
      merged.push({ part, contents })
      continue
    }
    tally.add('used', 'traces found in several places', 'parts of one trace are joined', part.place)
    home.part = { ...home.part, spans: [...home.part.spans, ...part.spans] }
    for (const [id, keys] of contents) home.contents.set(id, new Set([...(home.contents.get(id) ?? []), ...keys]))
  }
  return merged.map(({ part }) => part)
}

function partKey(part: TracePart): string {
  return part.spans.map(contentKey).sort(compareText).join('\u0001')
}

function contentsOf(part: TracePart): Map<string, Set<string>> {
  const contents = new Map<string, Set<string>>()
  for (const span of part.spans)
    contents.set(span.spanId, (contents.get(span.spanId) ?? new Set()).add(contentKey(span)))
  return contents
}

type Contents = ReadonlyMap<string, ReadonlySet<string>>

function areOneTrace(traceId: string, a: Contents, b: Contents): boolean {
  return agree(a, b) && (traceId.length >= randomIdLength || contains(a, b) || contains(b, a))
}

function agree(a: Contents, b: Contents): boolean {
  return [...b].every(([id, keys]) => [...keys].some((key) => a.get(id)?.has(key) !== false))
}

function contains(outer: Contents, inner: Contents): boolean {
  return [...inner.keys()].every((id) => outer.has(id))
}

/** Drops exact copies; what remains is ordered by the spans alone. */
export function withoutCopies(spans: readonly Span[], tally: Tally): readonly Span[] {
  const kept = new Map<string, Span>()
  for (const span of spans) {
    const key = contentKey(span)
    const known = kept.get(key)
    if (known === undefined) kept.set(key, span)
    else tally.add('dropped', 'duplicate spans', 'an exact copy was there already', span.place)
  }
  return [...kept.values()]
}

/** Two halves of one call that share an id, as Zipkin's do: the asking and the answering one. */
export function areHalves(a: Span, b: Span): boolean {
  return (isCaller(a) && isAnswerer(b)) || (isCaller(b) && isAnswerer(a))
}
