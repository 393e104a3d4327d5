import { increase, sortedRecord } from './keyed'
import { meanOf, rounded } from './sample-summary'
import { compareText, endUs, type SpanNode, type Trace } from './span'
import { orphansOf, trueRootsOf } from './span-forest'

/** When the true roots started; rates are (n - 1) over the window, `gap_cv` is of the whole population. */
export interface ArrivalFacts {
  readonly n: number
  readonly first_unix_ns: number
  readonly window_s: number
  readonly rate_per_s: number | null
  readonly gap_mean_s: number
  readonly gap_cv: number | null
}

export interface CountFacts {
  readonly traces: number
  readonly spans: number
  readonly services: readonly string[]
  readonly n_services: number
  readonly n_operations: number
  readonly true_roots: number
  readonly orphan_spans: number
  readonly distinct_missing_parents: number
  readonly traces_without_true_root: number
  readonly traces_with_many_roots: number
  readonly max_depth: number
  readonly max_fanout: number
  readonly error_spans: number
  readonly zero_duration_spans: number
  readonly kinds: Readonly<Record<string, number>>
  readonly child_starts_before_parent: number
  readonly child_starts_after_parent_end: number
  readonly child_outlives_parent: number
  readonly arrivals_true_roots: ArrivalFacts | null
  readonly root_mix: Readonly<Record<string, number>>
}

type RootFacts = Pick<
  CountFacts,
  'true_roots' | 'orphan_spans' | 'distinct_missing_parents' | 'traces_without_true_root' | 'traces_with_many_roots'
>
type ChildFacts = Pick<
  CountFacts,
  'child_starts_before_parent' | 'child_starts_after_parent_end' | 'child_outlives_parent'
>

export function countFacts(traces: readonly Trace[]): CountFacts {
  const nodes = traces.flatMap((trace) => trace.nodes)
  const services = [...new Set(nodes.map((node) => node.span.service))].sort(compareText)
  return {
    traces: traces.length,
    spans: nodes.length,
    services,
    n_services: services.length,
    n_operations: new Set(nodes.map(operationKey)).size,
    ...rootFacts(traces),
    max_depth: largest(nodes.map((node) => node.depth)),
    max_fanout: largest(nodes.map((node) => node.children.length)),
    error_spans: nodes.filter((node) => node.span.isError).length,
    zero_duration_spans: nodes.filter((node) => node.span.durationUs === 0).length,
    kinds: frequencies(nodes.map((node) => node.span.kind ?? 'None')),
    ...childFacts(nodes),
    arrivals_true_roots: arrivalFacts(traces.flatMap(trueRootsOf).map((root) => root.span.startUs)),
    root_mix: frequencies(traces.flatMap(trueRootsOf).map(operationKey)),
  }
}

/** `service\toperation` */
export function operationKey(node: SpanNode): string {
  return `${node.span.service}\t${node.span.operation}`
}

function frequencies(keys: readonly string[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>()
  for (const key of keys) increase(counts, key)
  return sortedRecord(counts, (count) => count)
}

function rootFacts(traces: readonly Trace[]): RootFacts {
  const roots = traces.map((trace) => trueRootsOf(trace).length)
  const orphans = traces.map(orphansOf)
  const missing = traces.map((trace, index) => new Set((orphans[index] ?? []).map((node) => node.span.parentId)).size)
  return {
    true_roots: total(roots),
    orphan_spans: total(orphans.map((list) => list.length)),
    distinct_missing_parents: total(missing),
    traces_without_true_root: roots.filter((count) => count === 0).length,
    traces_with_many_roots: roots.filter((count) => count > 1).length,
  }
}

/** Clocks of hosts differ, so a child may well start before its parent. */
function childFacts(nodes: readonly SpanNode[]): ChildFacts {
  const facts = { child_starts_before_parent: 0, child_starts_after_parent_end: 0, child_outlives_parent: 0 }
  for (const { span, parent } of nodes) {
    if (parent === null) continue
    if (span.startUs < parent.span.startUs) facts.child_starts_before_parent += 1
    if (span.startUs > endUs(parent.span)) facts.child_starts_after_parent_end += 1
    else if (endUs(span) > endUs(parent.span)) facts.child_outlives_parent += 1
  }
  return facts
}

function arrivalFacts(startsUs: readonly number[]): ArrivalFacts | null {
  const sorted = [...startsUs].sort((a, b) => a - b)
  const [first, last] = [sorted[0], sorted.at(-1)]
  if (first === undefined || last === undefined || sorted.length < 2) return null
  const gaps = sorted.slice(1).map((start, index) => (start - (sorted[index] ?? start)) / 1e6)
  const windowS = (last - first) / 1e6
  const mean = meanOf(gaps)
  const deviation = Math.sqrt(meanOf(gaps.map((gap) => (gap - mean) * (gap - mean))))
  return {
    n: sorted.length,
    first_unix_ns: first * 1000,
    window_s: rounded(windowS, 6),
    rate_per_s: windowS === 0 ? null : rounded(gaps.length / windowS, 6),
    gap_mean_s: rounded(mean, 6),
    gap_cv: mean === 0 ? null : rounded(deviation / mean, 4),
  }
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0)
}

function largest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), 0)
}
