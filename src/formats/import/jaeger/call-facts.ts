import { operationKey } from './count-facts'
import { append, increase, sortedRecord } from './keyed'
import { byKind, isRemoteLeaf, isServiceEntry, outboundCalls, type OutboundCall } from './outbound-calls'
import { overlap } from './intervals'
import { rounded, summarize, type SampleSummary } from './sample-summary'
import { compareText, endUs, isAnswerer, isCaller, type Span, type SpanNode, type Trace } from './span'

/** Both ends of a call: how far apart their clocks seem, and how much longer the caller waited than the callee worked. */
export interface PairFacts {
  readonly offset_us: SampleSummary
  readonly client_minus_server_us: SampleSummary
  readonly server_not_inside_client: number
}

export interface OverlapFacts {
  readonly overlapping: number
  readonly pairs: number
}

export interface CallFacts {
  readonly service_edges: Readonly<Record<string, number>>
  readonly self_calls_over_network: Readonly<Record<string, number>>
  readonly client_server_pairs: Readonly<Record<string, PairFacts>>
  readonly operation_edges: Readonly<Record<string, number>>
  readonly remote_leaf_calls: Readonly<Record<string, number>>
  readonly calls_per_entry: Readonly<Record<string, Readonly<Record<string, number>>>>
  readonly sibling_call_overlap: Readonly<Record<string, OverlapFacts>>
}

interface Pair {
  readonly client: Span
  readonly server: Span
}

export function callFacts(traces: readonly Trace[]): CallFacts {
  const nodes = traces.flatMap((trace) => trace.nodes)
  return { ...edgeFacts(nodes), ...entryCallFacts(nodes.filter(isServiceEntry)) }
}

function edgeFacts(nodes: readonly SpanNode[]): Omit<CallFacts, 'calls_per_entry' | 'sibling_call_overlap'> {
  const services = new Map<string, number>()
  const selfCalls = new Map<string, number>()
  const operations = new Map<string, number>()
  const leaves = new Map<string, number>()
  const pairs = new Map<string, Pair[]>()
  for (const node of nodes) {
    if (isRemoteLeaf(node)) increase(leaves, `${node.span.service}\t${node.span.peer ?? '?'}\t${node.span.operation}`)
    if (node.parent === null) continue
    const [client, server] = [node.parent.span, node.span]
    increase(operations, `${operationKey(node.parent)}\t${operationKey(node)}`)
    if (client.service !== server.service) increase(services, `${client.service}\t${server.service}`)
    if (!isCaller(client) || !isAnswerer(server)) continue
    if (client.service === server.service) increase(selfCalls, client.service)
    append(pairs, `${client.service}\t${server.service}`, { client, server })
  }
  return {
    service_edges: sortedRecord(services, (count) => count),
    self_calls_over_network: sortedRecord(selfCalls, (count) => count),
    client_server_pairs: sortedRecord(pairs, pairFacts),
    operation_edges: sortedRecord(operations, (count) => count),
    remote_leaf_calls: sortedRecord(leaves, (count) => count),
  }
}

function pairFacts(pairs: readonly Pair[]): PairFacts {
  return {
    offset_us: summarize(pairs.map(offsetUs)),
    client_minus_server_us: summarize(pairs.map(({ client, server }) => client.durationUs - server.durationUs)),
    server_not_inside_client: pairs.filter((pair) => !isInside(pair)).length,
  }
}

/** Difference of the middles: what the clocks differ by if both ways take equally long. */
function offsetUs({ client, server }: Pair): number {
  return (server.startUs - client.startUs + (endUs(server) - endUs(client))) / 2
}

function isInside({ client, server }: Pair): boolean {
  return server.startUs >= client.startUs && endUs(server) <= endUs(client)
}

function entryCallFacts(entries: readonly SpanNode[]): Pick<CallFacts, 'calls_per_entry' | 'sibling_call_overlap'> {
  const executions = new Map<string, number>()
  const calls = new Map<string, Map<string, number>>()
  const siblings = new Map<string, { overlapping: number; pairs: number }>()
  for (const entry of entries) {
    const key = operationKey(entry)
    const made = outboundCalls(entry, byKind)
    increase(executions, key)
    countCalls(calls, key, made)
    countSiblings(siblings, key, made)
  }
  return {
    calls_per_entry: Object.fromEntries(
      [...calls]
        .sort(([a], [b]) => compareText(a, b))
        .map(([key, counts]) => [key, sortedRecord(counts, (count) => rounded(count / (executions.get(key) ?? 1), 6))]),
    ),
    sibling_call_overlap: sortedRecord(siblings, (pair) => pair),
  }
}

function countCalls(calls: Map<string, Map<string, number>>, key: string, made: readonly OutboundCall[]): void {
  if (made.length === 0) return
  const counts = calls.get(key) ?? new Map<string, number>()
  for (const call of made) increase(counts, call.key)
  calls.set(key, counts)
}

function countSiblings(
  siblings: Map<string, { overlapping: number; pairs: number }>,
  key: string,
  made: readonly OutboundCall[],
): void {
  made.forEach((a, index) => {
    for (const b of made.slice(index + 1)) {
      const labels = [a.label, b.label].sort(compareText)
      const pair = siblings.get(`${key}\t${labels.join(' || ')}`) ?? { overlapping: 0, pairs: 0 }
      pair.pairs += 1
      if (overlap(a, b)) pair.overlapping += 1
      siblings.set(`${key}\t${labels.join(' || ')}`, pair)
    }
  })
}
