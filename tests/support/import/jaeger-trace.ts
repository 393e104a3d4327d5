import type { Json } from '../../../src/scenario/scenario'

/** A span and what happens inside it; times are microseconds from the start of the trace. */
export interface SpanSketch {
  readonly service: string
  readonly operation?: string
  readonly kind?: 'client' | 'server' | 'producer' | 'consumer' | 'internal'
  readonly at: number
  readonly lasts: number
  readonly follows?: boolean
  readonly tags?: Readonly<Record<string, Json>>
  readonly inside?: readonly SpanSketch[]
}

type Span = { [key: string]: Json }

/** Start of every sketched trace, in microseconds of Unix time. */
const epochUs = 1_700_000_000_000_000

/** A trace as Jaeger writes it; each service is a process. */
export function jaegerTrace(
  traceId: string,
  roots: readonly SpanSketch[],
  startsAtUs = 0,
): { readonly [key: string]: Json } {
  const spans: Span[] = []
  const processes = new Map<string, string>()
  const add = (sketch: SpanSketch, parent: string | null): void => {
    const spanID = `${traceId}-${spans.length + 1}`
    const processID = processes.get(sketch.service) ?? `p${processes.size + 1}`
    processes.set(sketch.service, processID)
    const refType = sketch.follows === true ? 'FOLLOWS_FROM' : 'CHILD_OF'
    spans.push({
      traceID: traceId,
      spanID,
      operationName: sketch.operation ?? sketch.service,
      references: parent === null ? [] : [{ refType, traceID: traceId, spanID: parent }],
      startTime: epochUs + startsAtUs + sketch.at,
      duration: sketch.lasts,
      tags: tagList({ ...(sketch.kind === undefined ? {} : { 'span.kind': sketch.kind }), ...sketch.tags }),
      logs: [],
      processID,
      warnings: null,
    })
    for (const child of sketch.inside ?? []) add(child, spanID)
  }
  for (const root of roots) add(root, null)
  return { traceID: traceId, spans, processes: processTable(processes), warnings: null }
}

/** One input with these traces in it, as Jaeger's query service answers. */
export function jaegerInput(
  traces: readonly Json[],
  name = 'traces.json',
): { readonly name: string; readonly text: string } {
  return { name, text: JSON.stringify({ data: traces, total: traces.length, limit: 0, offset: 0, errors: null }) }
}

/** The caller's and the callee's span of one call. */
export function call(from: string, to: SpanSketch, at: number, lasts: number): SpanSketch {
  return {
    service: from,
    operation: `call ${to.service}`,
    kind: 'client',
    at,
    lasts,
    inside: [{ kind: 'server', ...to }],
  }
}

function tagList(tags: Readonly<Record<string, Json>>): Json {
  return Object.entries(tags).map(([key, value]) => ({
    key,
    type: typeof value === 'number' ? 'int64' : typeof value,
    value,
  }))
}

function processTable(processes: ReadonlyMap<string, string>): Json {
  return Object.fromEntries([...processes].map(([serviceName, id]) => [id, { serviceName, tags: [] }]))
}
