import type { Detail } from '../simulator/display'
import { createSegmentWindow, type SegmentWindow } from './segment-window'

export interface DetailRequest {
  readonly startPs: number
  /** What is to be covered; a little more is loaded, so that ends are known. */
  readonly endPs: number
  /** How far the run is simulated, ps. */
  readonly limitPs: number
  readonly maxSegments: number
}

export interface DetailCache {
  /** The window that holds this instant, if it is here. */
  find(timePs: number): SegmentWindow | null
  /** The window nearest to this instant. */
  nearest(timePs: number): SegmentWindow | null
  /** Asks for a stretch. One request is in flight; of those that wait, the last wins. */
  request(wanted: DetailRequest): void
  readonly isBusy: () => boolean
  /** Segments per ps in the window that came last; 0 before the first. */
  readonly density: () => number
  /** Windows in memory, oldest use first. */
  readonly windows: () => readonly SegmentWindow[]
  /** Forgets everything: another run is loaded. */
  clear(): void
}

export interface DetailCacheOptions {
  readonly detail: (startPs: number, endPs: number, maxSegments: number) => Promise<Detail>
  readonly onArrive: () => void
  readonly onError: (error: unknown) => void
  /** Segments kept in all windows together. */
  readonly capacity?: number
}

/** Share of a window at its end that is loaded only to know how segments end that begin before it. */
const overlapShare = 0.1

/** Keeps the latest windows of detail and asks the worker for more. */
export function createDetailCache(options: DetailCacheOptions): DetailCache {
  const capacity = options.capacity ?? 400_000
  let windows: SegmentWindow[] = []
  let waiting: DetailRequest | null = null
  let inFlight = false
  let generation = 0
  let density = 0

  function keep(window: SegmentWindow) {
    windows = [...windows.filter((old) => !covers(window, old)), window]
    let total = windows.reduce((sum, each) => sum + each.segments.count, 0)
    while (windows.length > 1 && total > capacity) total -= windows.shift()?.segments.count ?? 0
  }

  function accept(detail: Detail, wanted: DetailRequest) {
    const length = detail.endPs - detail.startPs
    if (!(length > 0)) return
    density = detail.segments.count / length
    const known = detail.endPs >= wanted.limitPs ? detail.endPs : Math.floor(detail.endPs - overlapShare * length)
    keep(createSegmentWindow(detail, Math.max(detail.startPs + 1, Math.min(wanted.endPs, known))))
  }

  async function pump() {
    const asked = generation
    inFlight = true
    while (waiting !== null && asked === generation) {
      const wanted: DetailRequest = waiting
      waiting = null
      try {
        const overlap = Math.ceil((wanted.endPs - wanted.startPs) * overlapShare * 1.25)
        const end = Math.min(wanted.limitPs, wanted.endPs + overlap)
        const detail = await options.detail(wanted.startPs, end, wanted.maxSegments)
        if (asked !== generation) return
        accept(detail, wanted)
        options.onArrive()
      } catch (error) {
        if (asked === generation) options.onError(error)
      }
    }
    if (asked === generation) inFlight = false
  }

  return {
    find(timePs) {
      const found = windows.findLast((window) => window.startPs <= timePs && timePs < window.endPs)
      if (found === undefined) return null
      if (found !== windows.at(-1)) windows = [...windows.filter((window) => window !== found), found]
      return found
    },
    nearest(timePs) {
      const closer = (best: SegmentWindow | null, each: SegmentWindow) =>
        best === null || distance(each, timePs) <= distance(best, timePs) ? each : best
      return windows.reduce<SegmentWindow | null>(closer, null)
    },
    request(wanted) {
      waiting = wanted
      if (!inFlight) void pump()
    },
    isBusy: () => inFlight,
    density: () => density,
    windows: () => windows,
    clear() {
      generation += 1
      windows = []
      waiting = null
      inFlight = false
      density = 0
    },
  }
}

const distance = (window: SegmentWindow, timePs: number) => Math.max(0, window.startPs - timePs, timePs - window.endPs)
const covers = (large: SegmentWindow, small: SegmentWindow) =>
  large.startPs <= small.startPs && small.endPs <= large.endPs
