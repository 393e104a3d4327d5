import { phaseIndex, Kind } from '../../app/segment-kind'
import type { RequestSegment } from '../../app/request-trace'
import type { RunShape } from '../../simulator/display'

/** One stretch of a request's bar: the phase index (0 wait … 5 outside) and how long, ps. */
export interface PhaseStretch {
  readonly phase: number
  readonly startPs: number
  readonly endPs: number
}

export interface RequestSummary {
  readonly startPs: number
  /** Infinity while its end is not loaded. */
  readonly endPs: number
  /** In order of time, without overlap; where branches overlap, the one that began last counts. */
  readonly stretches: readonly PhaseStretch[]
  /** Sum per phase, ps. */
  readonly totals: readonly number[]
  readonly operation: number
  /** Where it waited longest: `cpu.0`; '' if it did not wait. */
  readonly longestWait: string
  readonly farAccesses: number
}

/** A request's life as far as it is loaded; null if nothing of it is. */
export function summarizeRequest(segments: readonly RequestSegment[], shape: RunShape): RequestSummary | null {
  const own = segments.filter((segment) => phaseOf(segment, shape) < 6)
  const first = own[0]
  if (first === undefined) return null
  const stretches = flatten(own, shape)
  const totals = [0, 0, 0, 0, 0, 0]
  for (const { phase, startPs, endPs } of stretches) totals[phase] = (totals[phase] ?? 0) + endPs - startPs
  return {
    startPs: first.startPs,
    endPs: own.reduce((latest, segment) => Math.max(latest, segment.endPs), 0),
    stretches,
    totals,
    operation: first.operation,
    longestWait: longestWait(own, shape),
    farAccesses: segments.filter((segment) => segment.kind === Kind.memoryLink).length,
  }
}

function phaseOf(segment: RequestSegment, shape: RunShape): number {
  return phaseIndex(segment.kind, shape.devices[segment.place]?.kind === 'gpu' && segment.kind === Kind.core)
}

/** Cuts overlapping segments at every start and end, and keeps the one that began last. */
function flatten(own: readonly RequestSegment[], shape: RunShape): PhaseStretch[] {
  const times = [...new Set(own.flatMap(({ startPs, endPs }) => [startPs, endPs]))]
    .filter(Number.isFinite)
    .sort((a, b) => a - b)
  const stretches: PhaseStretch[] = []
  times.forEach((startPs, at) => {
    const endPs = times[at + 1]
    const live = own.findLast((segment) => segment.startPs <= startPs && segment.endPs > startPs)
    if (endPs === undefined || live === undefined) return
    const phase = phaseOf(live, shape)
    const last = stretches.at(-1)
    if (last?.phase === phase && last.endPs === startPs) stretches[stretches.length - 1] = { ...last, endPs }
    else stretches.push({ phase, startPs, endPs })
  })
  return stretches
}

function longestWait(own: readonly RequestSegment[], shape: RunShape): string {
  const queues: readonly number[] = [Kind.workerQueue, Kind.coreQueue, Kind.kernelQueue, Kind.kernelBatch]
  const waits = own.filter((segment) => queues.includes(segment.kind))
  const longest = waits.reduce<RequestSegment | undefined>(
    (best, each) => (best === undefined || each.endPs - each.startPs > best.endPs - best.startPs ? each : best),
    undefined,
  )
  return shape.devices[longest?.place ?? -1]?.id ?? ''
}

const kindWords = [
  'waits at port of',
  'on link',
  'NIC pipeline',
  'waits for a worker',
  'waits for a core',
  'computes',
  'waits for far memory',
  'waits for a page',
  'memory train on link',
  'memory train served',
  'memory that moves',
  'outside',
  'held: instance is stopped',
  'waits for a stream',
  'waits for a batch',
  'kernel',
  'engine',
]

/** What a segment is, and where. */
export function segmentWords(
  segment: RequestSegment,
  shape: RunShape,
): { readonly what: string; readonly where: string } {
  const what = kindWords[segment.kind] ?? ''
  const isOnLink = [Kind.portQueue, Kind.link, Kind.memoryLink, Kind.bulkLink].some((kind) => kind === segment.kind)
  if (!isOnLink) return { what, where: shape.devices[segment.place]?.id ?? '' }
  const channel = shape.channels[segment.place]
  return {
    what,
    where: `${shape.devices[channel?.from ?? -1]?.id ?? ''} → ${shape.devices[channel?.to ?? -1]?.id ?? ''}`,
  }
}
