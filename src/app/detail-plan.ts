import type { DetailRequest } from '../client/detail-cache'
import type { SegmentWindow } from '../client/segment-window'

export interface DetailNeed {
  readonly timePs: number
  readonly direction: 1 | -1
  readonly playing: boolean
  /** ps of simulated time per second of wall time, as played just now. */
  readonly speed: number
  /** Segments per ps, as last seen; 0: unknown. */
  readonly density: number
  /** Simulated so far, ps. */
  readonly limitPs: number
}

export interface DetailPlan {
  /** Playback is too fast for every instant to be loaded: exact states follow one another instead. */
  readonly sampled: boolean
  readonly here: DetailRequest
  /** What to load next behind the window in use, and an instant that tells whether it is there already. */
  readonly ahead: (window: SegmentWindow | null) => { readonly probePs: number; readonly request: DetailRequest } | null
}

const maxSegments = 60_000
const sampleSegments = 15_000
/** Wall time that one window is to last, s. */
const windowSeconds = 4
/** Below this a window would be over before the next one is made, s. */
const leastSeconds = 0.6
const shortestPs = 20e3

/** Which stretch of detail to ask for: as long as the eye will follow it, as short as memory and the worker allow. */
export function planDetail(need: DetailNeed): DetailPlan {
  const { timePs, direction, playing, speed, density, limitPs } = need
  const byCount = density > 0 ? (0.8 * maxSegments) / density : Infinity
  const length = Math.ceil(Math.max(shortestPs, Math.min(speed * windowSeconds, byCount, limitPs)))
  const sampled = playing && length < speed * leastSeconds && length < limitPs
  const between = (start: number, end: number): DetailRequest => ({
    startPs: Math.floor(Math.max(0, start)),
    endPs: Math.ceil(Math.min(limitPs, end)),
    limitPs,
    maxSegments: sampled ? sampleSegments : maxSegments,
  })
  const back = direction === 1 ? 0.15 : 0.85
  const here = sampled
    ? between(timePs, timePs + Math.max(shortestPs, length / 4))
    : between(timePs - back * length, timePs + (1 - back) * length)
  return {
    sampled,
    here,
    ahead(window) {
      if (window === null) return null
      const left = direction === 1 ? window.endPs - timePs : timePs - window.startPs
      const over = direction === 1 ? window.endPs >= limitPs : window.startPs <= 0
      if (over || left > length / 2) return null
      const from = direction === 1 ? window.endPs : window.startPs - length
      return {
        probePs: direction === 1 ? window.endPs : window.startPs - 1,
        request: between(from, from + length),
      }
    },
  }
}
