import { isCaller, endUs, type SpanNode } from './span'
import type { Interval } from './intervals'

/** A call that a service-entry span makes, for the facts: by the caller's own client span where it has one. */
export interface OutboundCall extends Interval {
  /** What is called, for counting calls: `service\toperation`, or `(remote peer)\toperation`. */
  readonly key: string
  /** The same, for pairs of calls: `service/operation`, or `remote/operation`. */
  readonly label: string
}

/** How a span that waits for another service is recognized: by its kind, or by its one child being elsewhere. */
export type CallerRule = (node: SpanNode) => boolean

export const byKind: CallerRule = (node) => isCaller(node.span)

/** For traces without kinds. */
export const byOnlyChild: CallerRule = (node) =>
  node.children.length === 1 && node.children[0]?.span.service !== node.span.service

/** Whether a span is where a request enters its service. */
export function isServiceEntry(node: SpanNode): boolean {
  return node.parent === null || node.parent.span.service !== node.span.service
}

/** Whether a span asks somebody who wrote no span. */
export function isRemoteLeaf(node: SpanNode): boolean {
  return isCaller(node.span) && node.children.length === 0 && !isServiceEntry(node)
}

/** All calls that an entry makes, by itself or through spans of its own service. */
export function outboundCalls(entry: SpanNode, isCalling: CallerRule): readonly OutboundCall[] {
  const calls: OutboundCall[] = []
  const waiting = [entry]
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (isRemoteLeaf(node)) calls.push(leafCall(node))
    for (const child of node.children) {
      if (child.span.service === entry.span.service) waiting.push(child)
      else calls.push(remoteCall(child, node !== entry && isCalling(node) ? node : child))
    }
  }
  return calls
}

function remoteCall(callee: SpanNode, timed: SpanNode): OutboundCall {
  const { service, operation } = callee.span
  return { ...intervalOf(timed), key: `${service}\t${operation}`, label: `${service}/${operation}` }
}

function leafCall(node: SpanNode): OutboundCall {
  const { operation } = node.span
  return { ...intervalOf(node), key: `(remote ${node.span.peer ?? '?'})\t${operation}`, label: `remote/${operation}` }
}

export function intervalOf(node: SpanNode): Interval {
  return { startUs: node.span.startUs, endUs: endUs(node.span) }
}
