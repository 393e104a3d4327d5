import type { Execution } from './executions'
import { trueRootsOf } from './span-forest'
import { append } from './keyed'
import { compareText, type SpanNode, type Trace } from './span'
import type { Tally } from './tally'

/** A request from outside, as the traces saw it. */
export interface Arrival {
  /** Its first execution. */
  readonly entry: Execution
  readonly startUs: number
  readonly durationUs: number
  /** Own work of all services for it; traces with several roots share theirs out equally. */
  readonly workUs: number
}

export type ArrivalsDocument =
  { process: 'poisson'; ratePerSecond: number } | { process: 'trace'; timesSeconds: readonly number[] }

/** How all requests of the scenario come, and for how long it should run. */
export interface Schedule {
  /** By the key of the operation asked for. */
  readonly arrivals: ReadonlyMap<string, ArrivalsDocument>
  /** Cores kept busy in the busiest moment. */
  readonly busiestCores: number
  readonly durationSeconds: number
  readonly reason: string
}

/** Start times of one source that are replayed; more become a rate. */
const mostTimes = 10_000
/** Traces further apart are samples, not a stream: their start times say nothing about load. */
const longestWindowSeconds = 3600
const longestRunSeconds = 2 * longestWindowSeconds
const modestInFlight = 0.5
const usualRequests = 2000

/** Every true root is an arrival; of a trace without one, its earliest orphan. */
export function arrivalsOf(
  traces: readonly { readonly trace: Trace; readonly executions: readonly Execution[] }[],
  tally: Tally,
): readonly Arrival[] {
  return traces.flatMap(({ trace, executions }) => {
    const roots = startsOf(trace, tally)
    const workUs = executions.reduce((sum, execution) => sum + execution.localUs, 0) / Math.max(1, roots.length)
    const byEntry = new Map(executions.map((execution) => [execution.entry, execution]))
    return roots.flatMap((root) => {
      const entry = byEntry.get(root)
      return entry === undefined
        ? []
        : [{ entry, startUs: root.span.startUs, durationUs: root.span.durationUs, workUs }]
    })
  })
}

function startsOf(trace: Trace, tally: Tally): readonly SpanNode[] {
  const roots = trueRootsOf(trace)
  if (roots.length > 1) tally.add('used', 'traces with several roots', 'each root is a request of its own', trace.place)
  if (roots.length > 0) return roots
  const [earliest] = trace.nodes.filter((node) => node.parent === null).sort((a, b) => a.span.startUs - b.span.startUs)
  if (earliest === undefined) return []
  tally.add(
    'assumed',
    'traces without a root',
    'the parent of every first span is missing, so the earliest one is taken as the request',
    earliest.span.place,
  )
  return [earliest]
}

/** Plans the arrivals of a scenario from those observed. */
export function scheduleOf(arrivals: readonly Arrival[]): Schedule {
  const ordered = [...arrivals].sort((a, b) => a.startUs - b.startUs)
  const [first, last] = [ordered[0], ordered.at(-1)]
  const windowSeconds = first === undefined || last === undefined ? 0 : (last.startUs - first.startUs) / 1e6
  if (ordered.length < 2)
    return modest(ordered, 'there is one request only, so they come at random, one half in flight on average')
  if (windowSeconds > longestWindowSeconds || windowSeconds === 0) {
    const reason = `the requests started within ${Math.round(windowSeconds)} s, which says nothing about load, so they come at random, one half in flight on average`
    return modest(ordered, reason)
  }
  return observed(ordered, first?.startUs ?? 0, windowSeconds)
}

function observed(ordered: readonly Arrival[], firstUs: number, windowSeconds: number): Schedule {
  const longestSeconds = ordered.reduce((most, arrival) => Math.max(most, arrival.durationUs), 0) / 1e6
  const isLong = (times: readonly number[]): boolean => times.length > mostTimes
  const groups = groupByOperation(ordered)
  const documents = groups.map(([key, group]): [string, ArrivalsDocument] => {
    const times = group.map((arrival) => (arrival.startUs - firstUs) / 1e6)
    if (!isLong(times)) return [key, { process: 'trace', timesSeconds: times }]
    return [key, { process: 'poisson', ratePerSecond: significant(times.length / windowSeconds) }]
  })
  const isReplayed = documents.every(([, document]) => document.process === 'trace')
  return {
    arrivals: new Map(documents),
    busiestCores: busiestCores(ordered, Math.max(0.1, longestSeconds)),
    durationSeconds: Math.min(
      longestRunSeconds,
      roundedUp(windowSeconds + Math.max(0.01, 2 * longestSeconds, 0.02 * windowSeconds)),
    ),
    reason: isReplayed
      ? 'the observed start times are replayed, in seconds from the first'
      : `a source with more than ${mostTimes} start times becomes a Poisson process of the observed rate`,
  }
}

/** As many requests as keep a few cores busy, in the observed mix. */
function modest(ordered: readonly Arrival[], reason: string): Schedule {
  const meanSeconds = Math.max(
    1e-6,
    ordered.reduce((sum, arrival) => sum + arrival.durationUs, 0) / Math.max(1, ordered.length) / 1e6,
  )
  const rate = modestInFlight / meanSeconds
  const documents = groupByOperation(ordered).map(([key, group]): [string, ArrivalsDocument] => [
    key,
    { process: 'poisson', ratePerSecond: significant((rate * group.length) / ordered.length) },
  ])
  const workSeconds = ordered.reduce((sum, arrival) => sum + arrival.workUs, 0) / Math.max(1, ordered.length) / 1e6
  return {
    arrivals: new Map(documents),
    busiestCores: 2 * rate * workSeconds,
    durationSeconds: roundedUp(Math.min(longestWindowSeconds, usualRequests / rate)),
    reason,
  }
}

function groupByOperation(ordered: readonly Arrival[]): readonly (readonly [string, readonly Arrival[]])[] {
  const groups = new Map<string, Arrival[]>()
  for (const arrival of ordered) append(groups, arrival.entry.operation, arrival)
  return [...groups].sort(([a], [b]) => compareText(a, b))
}

/** Work that arrives in the busiest stretch of a given length, in cores. */
function busiestCores(ordered: readonly Arrival[], lengthSeconds: number): number {
  let [from, workUs, most] = [0, 0, 0]
  for (const arrival of ordered) {
    workUs += arrival.workUs
    for (
      let oldest = ordered[from];
      oldest !== undefined && arrival.startUs - oldest.startUs > lengthSeconds * 1e6;
      oldest = ordered[from]
    ) {
      workUs -= oldest.workUs
      from += 1
    }
    most = Math.max(most, workUs)
  }
  return most / 1e6 / lengthSeconds
}

/** Three significant digits: a rate guessed from traces is no more exact than that. */
function significant(value: number): number {
  return Number(value.toPrecision(3))
}

/** Two significant digits, not below the value. */
function roundedUp(value: number): number {
  const step = Number(`1e${Math.floor(Math.log10(value)) - 1}`)
  return Number((Math.ceil(value / step) * step).toPrecision(2))
}
