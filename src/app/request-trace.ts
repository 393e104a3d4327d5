import { segmentsAt, type SegmentWindow } from '../client/segment-window'

/** One stay of a request, or of what it caused, at one place. */
export interface RequestSegment {
  /** ps */
  readonly startPs: number
  /** ps; Infinity: not over in the loaded stretch. */
  readonly endPs: number
  readonly kind: number
  readonly place: number
  readonly detail: number
  readonly operation: number
}

/** Every loaded segment of one root request, by start; the same stay in two windows counts once. */
export function segmentsOfRequest(windows: readonly SegmentWindow[], request: number): RequestSegment[] {
  const found = new Map<string, RequestSegment>()
  for (const { segments } of windows) {
    for (let index = 0; index < segments.count; index += 1) {
      if (segments.request[index] !== request || segments.kind[index] === 10) continue
      const segment = segmentAt(segments, index)
      const key = [segment.startPs, segment.kind, segment.place, segment.detail].join()
      const known = found.get(key)
      if (known === undefined || segment.endPs < known.endPs) found.set(key, segment)
    }
  }
  return [...found.values()].sort((a, b) => a.startPs - b.startPs || a.endPs - b.endPs)
}

function segmentAt(segments: SegmentWindow['segments'], index: number): RequestSegment {
  return {
    startPs: segments.start[index] ?? 0,
    endPs: segments.end[index] ?? 0,
    kind: segments.kind[index] ?? 0,
    place: segments.place[index] ?? 0,
    detail: segments.detail[index] ?? 0,
    operation: segments.operation[index] ?? 0,
  }
}

/** Whether the stretch just before its first segment and just after its last one are loaded too, in one piece. */
export function isLifeLoaded(windows: readonly SegmentWindow[], segments: readonly RequestSegment[]): boolean {
  const start = segments[0]?.startPs
  const end = segments.reduce((latest, segment) => Math.max(latest, segment.endPs), 0)
  if (start === undefined) return false
  return windows.some((window) => (window.startPs < start || window.startPs === 0) && end < window.endPs)
}

const shortest = 0.4
const longest = 2

/**
 * The speed at which the stay that the followed request is in lasts 0.4 to 2 s of wall time; `speed` when it is nowhere.
 */
export function followSpeed(window: SegmentWindow | null, request: number, timePs: number, speed: number): number {
  if (window === null) return speed
  const { segments } = window
  const { indices, count } = segmentsAt(window, timePs, new Uint32Array(1024))
  let slowest = Infinity
  for (let at = 0; at < count; at += 1) {
    const { startPs, endPs, kind } = segmentAt(segments, indices[at] ?? 0)
    if (segments.request[indices[at] ?? 0] !== request || kind === 10) continue
    const length = Math.min(endPs, window.endPs) - startPs
    const seconds = Math.min(longest, Math.max(shortest, length / speed))
    slowest = Math.min(slowest, length / seconds)
  }
  return Number.isFinite(slowest) ? Math.max(1, slowest) : speed
}
