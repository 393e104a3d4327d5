import { operationKey } from './count-facts'
import { append, sortedRecord } from './keyed'
import { uncoveredUs } from './intervals'
import { byKind, byOnlyChild, intervalOf, isServiceEntry, outboundCalls, type CallerRule } from './outbound-calls'
import { summarize, type SampleSummary } from './sample-summary'
import type { SpanNode, Trace } from './span'
import { trueRootsOf } from './span-forest'

type Summaries = Readonly<Record<string, SampleSummary>>

export interface TimeFacts {
  readonly e2e_us: Summaries
  readonly op_duration_us: Summaries
  readonly op_exclusive_self_us: Summaries
  readonly service_entry_local_us: Summaries
  /** With callers recognized by their one child being elsewhere; null where spans have kinds. */
  readonly service_entry_local_inferred_us: Summaries | null
}

export function timeFacts(traces: readonly Trace[]): TimeFacts {
  const nodes = traces.flatMap((trace) => trace.nodes)
  const entries = nodes.filter(isServiceEntry)
  const hasKinds = nodes.some((node) => node.span.kind !== null)
  return {
    e2e_us: summaries(traces.flatMap(trueRootsOf), durationUs),
    op_duration_us: summaries(nodes, durationUs),
    op_exclusive_self_us: summaries(nodes, exclusiveSelfUs),
    service_entry_local_us: summaries(entries, (entry) => localUs(entry, byKind)),
    service_entry_local_inferred_us: hasKinds ? null : summaries(entries, (entry) => localUs(entry, byOnlyChild)),
  }
}

function summaries(nodes: readonly SpanNode[], measure: (node: SpanNode) => number): Summaries {
  const samples = new Map<string, number[]>()
  for (const node of nodes) append(samples, operationKey(node), measure(node))
  return sortedRecord(samples, summarize)
}

function durationUs(node: SpanNode): number {
  return node.span.durationUs
}

function exclusiveSelfUs(node: SpanNode): number {
  return uncoveredUs(node.children.map(intervalOf), intervalOf(node))
}

function localUs(entry: SpanNode, rule: CallerRule): number {
  return uncoveredUs(outboundCalls(entry, rule), intervalOf(entry))
}
