/** Frame times of the last seconds of play. */
export interface FrameStats {
  readonly fps: number
  /** 95th percentile of the time between two frames, ms. */
  readonly p95: number
  /** Tasks over 50 ms since the page was opened. */
  readonly longTasks: number
}

export interface FrameLoop {
  /** Draws one frame soon, also when nothing plays. */
  readonly invalidate: () => void
  /** Called once per frame before all painters: makes what they show. */
  readonly beforePaint: (update: () => void) => () => void
  /** Called once per frame, in the order of subscription. */
  readonly onFrame: (painter: Painter) => () => void
  readonly stats: () => FrameStats
  /** Frames drawn since the start: none are while paused. */
  readonly count: () => number
  readonly stop: () => void
}

export type Painter = (nowMs: number) => void

export interface FrameLoopOptions {
  /** Moves the playhead. */
  readonly tick: (wallMs: number) => void
  readonly isPlaying: () => boolean
  /** With reduced motion: two frames a second. */
  readonly isCalm: () => boolean
}

const calmMs = 500
/** A tab that comes back from the background does not jump. */
const longestStepMs = 100
const remembered = 600

/** The one animation loop: runs while something plays, draws once when asked to, and stands still otherwise. */
export function createFrameLoop({ tick, isPlaying, isCalm }: FrameLoopOptions): FrameLoop {
  const painters = new Set<Painter>()
  const updates = new Set<() => void>()
  const gaps: number[] = []
  let longTasks = 0
  let scheduled = 0
  let timer = 0
  let last = 0
  let count = 0
  const observer = observeLongTasks((found) => {
    longTasks += found
  })

  function frame(now: number) {
    scheduled = 0
    const playing = isPlaying()
    const limit = isCalm() ? 2 * calmMs : longestStepMs
    if (playing) tick(last === 0 ? 0 : Math.min(limit, now - last))
    if (playing && last > 0) remember(now - last)
    last = playing ? now : 0
    count += 1
    for (const update of updates) update()
    for (const painter of painters) painter(now)
    if (isPlaying()) schedule()
  }

  function remember(gap: number) {
    gaps.push(gap)
    if (gaps.length > remembered) gaps.shift()
  }

  function schedule() {
    if (scheduled !== 0 || timer !== 0) return
    if (isCalm() && isPlaying() && last > 0) {
      timer = window.setTimeout(() => {
        timer = 0
        scheduled = requestAnimationFrame(frame)
      }, calmMs)
    } else scheduled = requestAnimationFrame(frame)
  }

  return {
    invalidate: schedule,
    beforePaint(update) {
      updates.add(update)
      return () => {
        updates.delete(update)
      }
    },
    onFrame(painter) {
      painters.add(painter)
      schedule()
      return () => {
        painters.delete(painter)
      }
    },
    stats() {
      const sorted = [...gaps].sort((a, b) => a - b)
      const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length
      return { fps: 1000 / mean, p95: sorted[Math.floor(0.95 * sorted.length)] ?? NaN, longTasks }
    },
    count: () => count,
    stop() {
      cancelAnimationFrame(scheduled)
      window.clearTimeout(timer)
      observer?.disconnect()
      painters.clear()
    },
  }
}

function observeLongTasks(onFound: (count: number) => void): PerformanceObserver | null {
  if (!PerformanceObserver.supportedEntryTypes.includes('longtask')) return null
  const observer = new PerformanceObserver((list) => {
    onFound(list.getEntries().length)
  })
  observer.observe({ type: 'longtask' })
  return observer
}
