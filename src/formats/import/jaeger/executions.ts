import { clip, uncovered, type Interval } from './intervals'
import { byOnlyChild, intervalOf } from './outbound-calls'
import { endUs, isAnswerer, isCaller, type Span, type SpanNode, type Trace } from './span'

/** A call may end this much after its caller and still count as waited for: truncated microseconds, deferred closing. */
const lateShare = 0.05
const truncationUs = 1
/** Recursion deeper than this shares the operation of the deepest level. */
const mostLevels = 8

/** What an execution asks of others, on the caller's own clock where it has a span for it. */
export interface MadeCall extends Interval {
  /** call: waits for the answer. send: does not. wait: the other end wrote no span. */
  readonly manner: 'call' | 'send' | 'wait'
  /** Key of the operation called, or the name of the unknown other end. */
  readonly target: string
  /** Caller's wait minus callee's duration; null where one of them was not measured. */
  readonly networkUs: number | null
  readonly requestBytes: number | null
  readonly responseBytes: number | null
  /** Whether only the callee's clock says when it was. */
  readonly isForeign: boolean
}

/** One request's stay in one service. */
export interface Execution {
  readonly entry: SpanNode
  /** Key of its operation. */
  readonly operation: string
  readonly service: string
  readonly label: string
  /** 1, or more where it was called, directly or not, by an execution of its own operation. */
  readonly level: number
  readonly window: Interval
  readonly calls: readonly MadeCall[]
  /** The stretches of its window in which none of its calls was under way: its own work. */
  readonly gaps: readonly Interval[]
  readonly localUs: number
  /** Spans of the same service that ended after it. */
  readonly late: number
}

/** The executions of a trace, callers before callees. */
export function executionsOf(trace: Trace): readonly Execution[] {
  const levels = new Map<SpanNode, ReadonlyMap<string, number>>()
  const keys = new Map<SpanNode, string>()
  const entries = trace.nodes.filter(isEntry)
  const above = new Map<SpanNode, SpanNode | null>()
  for (const node of trace.nodes) above.set(node, isEntry(node) ? node : (above.get(node.parent ?? node) ?? null))
  for (const entry of entries) {
    const caller = entry.parent === null ? null : (above.get(entry.parent) ?? null)
    const inherited = caller === null ? new Map<string, number>() : (levels.get(caller) ?? new Map<string, number>())
    const name = nameOf(entry)
    const level = Math.min((inherited.get(name) ?? 0) + 1, mostLevels)
    levels.set(entry, new Map([...inherited, [name, level]]))
    keys.set(entry, level === 1 ? name : `${name}\t${level}`)
  }
  return entries.map((entry) => executionOf(entry, levels.get(entry)?.get(nameOf(entry)) ?? 1, keys))
}

/** Where a request enters a service: from outside, from another service, or from itself over the network. */
function isEntry(node: SpanNode): boolean {
  return node.parent === null || node.parent.span.service !== node.span.service || isAnswerer(node.span)
}

function nameOf(node: SpanNode): string {
  return `${node.span.service}\t${node.span.operation}`
}

function executionOf(entry: SpanNode, level: number, keys: ReadonlyMap<SpanNode, string>): Execution {
  const window = intervalOf(entry)
  const { calls, late } = callsOf(entry, window, keys)
  const gaps = uncovered(calls, window)
  return {
    entry,
    operation: keys.get(entry) ?? nameOf(entry),
    service: entry.span.service,
    label: level === 1 ? entry.span.operation : `${entry.span.operation} (level ${level})`,
    level,
    window,
    calls,
    gaps,
    localUs: gaps.reduce((sum, gap) => sum + (gap.endUs - gap.startUs), 0),
    late,
  }
}

function callsOf(
  entry: SpanNode,
  window: Interval,
  keys: ReadonlyMap<SpanNode, string>,
): { calls: readonly MadeCall[]; late: number } {
  const calls: MadeCall[] = []
  let late = 0
  const waiting = [entry]
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (endUs(node.span) > window.endUs + truncationUs) late += 1
    if (node !== entry && isCaller(node.span) && node.children.length === 0) calls.push(leafCall(node.span, window))
    for (const child of node.children) {
      if (isEntry(child)) calls.push(remoteCall(entry, node, child, keys))
      else waiting.push(child)
    }
  }
  return { calls: calls.sort(compareCalls), late }
}

/** By time, then by content: the same order whatever the order of the spans. */
function compareCalls(a: MadeCall, b: MadeCall): number {
  if (a.startUs !== b.startUs) return a.startUs - b.startUs
  if (a.endUs !== b.endUs) return a.endUs - b.endUs
  const [first, second] = [`${a.manner}\t${a.target}`, `${b.manner}\t${b.target}`]
  return first < second ? -1 : first > second ? 1 : 0
}

function leafCall(span: Span, window: Interval): MadeCall {
  const own = { startUs: span.startUs, endUs: endUs(span) }
  return {
    ...clip(own, window),
    manner: 'wait',
    target: `${span.peer ?? '?'}\t${span.operation}`,
    networkUs: null,
    requestBytes: span.requestBytes,
    responseBytes: span.responseBytes,
    isForeign: false,
  }
}

function remoteCall(entry: SpanNode, node: SpanNode, child: SpanNode, keys: ReadonlyMap<SpanNode, string>): MadeCall {
  const window = intervalOf(entry)
  const hasOwnSpan = node !== entry && (isCaller(node.span) || (node.span.kind === null && byOnlyChild(node)))
  const isPair = isCaller(node.span) && isAnswerer(child.span)
  const timed = hasOwnSpan
    ? intervalOf(node)
    : isPair
      ? centered(intervalOf(child), intervalOf(node))
      : intervalOf(child)
  return {
    ...clip(timed, window),
    manner: isWaitedFor(timed, window, node.span, child.span) ? 'call' : 'send',
    target: keys.get(child) ?? nameOf(child),
    networkUs: hasOwnSpan || isPair ? node.span.durationUs - child.span.durationUs : null,
    requestBytes: node.span.requestBytes ?? child.span.requestBytes,
    responseBytes: node.span.responseBytes ?? child.span.responseBytes,
    isForeign: !hasOwnSpan,
  }
}

/** Both ends of one call: where the clocks put the callee outside its caller, it is moved to the caller's middle. */
function centered(inner: Interval, outer: Interval): Interval {
  if (inner.startUs >= outer.startUs && inner.endUs <= outer.endUs) return inner
  const lengthUs = inner.endUs - inner.startUs
  const startUs = outer.startUs + Math.max(0, Math.floor((outer.endUs - outer.startUs - lengthUs) / 2))
  return { startUs, endUs: Math.min(outer.endUs, startUs + lengthUs) }
}

function isWaitedFor(timed: Interval, window: Interval, caller: Span, callee: Span): boolean {
  if (callee.isFollower || caller.kind === 'PRODUCER' || callee.kind === 'CONSUMER') return false
  const allowance = Math.max(truncationUs, lateShare * (timed.endUs - timed.startUs))
  return timed.endUs <= window.endUs + allowance && (timed.startUs < window.endUs || timed.endUs <= window.endUs)
}
