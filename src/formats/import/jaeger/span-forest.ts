import { areHalves, withoutCopies } from './trace-parts'
import { compareSpans, isAnswerer, type Span, type SpanNode, type Trace, type TracePart } from './span'
import type { Tally } from './tally'

interface Draft {
  readonly span: Span
  parent: Draft | null
  readonly children: Draft[]
  readonly isTrueRoot: boolean
  depth: number
}

/** Links the spans of a trace with their parents. Exact copies, rings and shared ids are resolved and counted. */
export function buildTrace(part: TracePart, tally: Tally): Trace {
  const spans = [...withoutCopies(part.spans, tally)].sort(compareSpans)
  const drafts = spans.map((span) => ({
    span,
    parent: null,
    children: [],
    isTrueRoot: span.parentId === null,
    depth: 1,
  }))
  linkParents(drafts, tally)
  return { traceId: part.traceId, place: part.place, nodes: parentsFirst(drafts, tally) }
}

function linkParents(drafts: readonly Draft[], tally: Tally): void {
  const byId = new Map<string, Draft[]>()
  for (const draft of drafts) byId.set(draft.span.spanId, [...(byId.get(draft.span.spanId) ?? []), draft])
  for (const draft of drafts) {
    const parent = parentOf(draft, byId)
    if (parent === null) continue
    draft.parent = parent
    parent.children.push(draft)
  }
  for (const twins of byId.values()) if (twins.length > 1) countTwins(twins, tally)
}

function parentOf(draft: Draft, byId: ReadonlyMap<string, readonly Draft[]>): Draft | null {
  const twin = otherHalf(draft, byId.get(draft.span.spanId) ?? [])
  if (twin !== null) return twin
  const candidates = draft.span.parentId === null ? [] : (byId.get(draft.span.parentId) ?? [])
  return (
    candidates.find((candidate) => candidate.span.service === draft.span.service) ??
    candidates.find(isAnswering) ??
    candidates[0] ??
    null
  )
}

/** The asking half of a call, for its answering half with the same id. */
function otherHalf(draft: Draft, twins: readonly Draft[]): Draft | null {
  if (!isAnswering(draft)) return null
  return twins.find((twin) => twin !== draft && areHalves(twin.span, draft.span)) ?? null
}

function isAnswering(draft: Draft): boolean {
  return isAnswerer(draft.span)
}

function countTwins(twins: readonly Draft[], tally: Tally): void {
  const first = twins[0]
  if (first === undefined) return
  const shared = twins.filter((twin) => otherHalf(twin, twins) !== null).length
  if (shared > 0)
    tally.add(
      'used',
      'answering halves with the id of the asking one',
      'each becomes its child',
      first.span.place,
      shared,
    )
  const other = twins.length - 1 - shared
  if (other > 0)
    tally.add('assumed', 'spans with the id of another', 'they differ, so both are kept', first.span.place, other)
}

/** Every draft after its parent. What no root leads to is a ring of parents: it is opened at its earliest span. */
function parentsFirst(drafts: readonly Draft[], tally: Tally): readonly SpanNode[] {
  const ordered: Draft[] = []
  const seen = new Set<Draft>()
  for (const draft of drafts) if (draft.parent === null) follow(draft, ordered, seen)
  for (const draft of drafts) {
    if (seen.has(draft)) continue
    const { parent } = draft
    parent?.children.splice(parent.children.indexOf(draft), 1)
    draft.parent = null
    tally.add(
      'assumed',
      'rings of spans',
      'each is the ancestor of itself, so the earliest one is an orphan',
      draft.span.place,
    )
    follow(draft, ordered, seen)
  }
  return ordered
}

function follow(start: Draft, ordered: Draft[], seen: Set<Draft>): void {
  const waiting = [start]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (seen.has(next)) continue
    seen.add(next)
    next.depth = (next.parent?.depth ?? 0) + 1
    ordered.push(next)
    for (const child of next.children) waiting.push(child)
  }
}

/** Spans whose parent is missing, or was cut off in a ring. */
export function orphansOf(trace: Trace): readonly SpanNode[] {
  return trace.nodes.filter((node) => node.parent === null && !node.isTrueRoot)
}

export function trueRootsOf(trace: Trace): readonly SpanNode[] {
  return trace.nodes.filter((node) => node.parent === null && node.isTrueRoot)
}
