import { createDetailCache, type DetailCache } from '../client/detail-cache'
import { hashAt, nextChange, previousChange, segmentsAt, type SegmentWindow } from '../client/segment-window'
import type { RemoteSimulation } from '../client/simulation-client'
import type { PlaybackState, PlaybackStore } from '../stores/playback-store'
import type { RunState, RunStore } from '../stores/run-store'
import { justBefore, neighborDecision, slowSpans } from './decision-pick'
import { planDetail } from './detail-plan'
import { neighborStop, speedNear, type SlowSpan } from './playback-speed'
import { followSpeed, isLifeLoaded, segmentsOfRequest, type RequestSegment } from './request-trace'

/** What is where at one instant. The arrays are used again by the next call. */
export interface ActiveState {
  /** The instant, ps; the playhead itself unless the detail is sampled. */
  readonly timePs: number
  readonly window: SegmentWindow
  /** The first `count` entries are indices into `window.segments`. */
  readonly indices: Uint32Array
  readonly count: number
}

export interface Playback {
  readonly play: () => void
  readonly pause: () => void
  readonly toggle: () => void
  /** Pauses only if it says so: dragging does. */
  readonly seek: (timePs: number) => void
  /** Moves the playhead by `wallMs` of wall time; does nothing while paused. */
  readonly tick: (wallMs: number) => void
  readonly stepEvent: (direction: 1 | -1) => Promise<void>
  /** One hundredth of a second at the current speed. */
  readonly stepSlice: (direction: 1 | -1) => void
  readonly stepDecision: (direction: 1 | -1, kind?: string) => void
  /** Selects it and stands just before it. */
  readonly jumpToDecision: (index: number) => void
  readonly selectRequest: (request: number) => void
  readonly change: (part: Partial<PlaybackState>) => void
  readonly changeSpeed: (direction: 1 | -1) => void
  readonly toggleFollow: () => void
  /** Null while nothing of this instant is loaded. */
  readonly activeState: () => ActiveState | null
  /** Segments of one request as far as they are loaded, by start. */
  readonly requestSegments: (request: number) => readonly RequestSegment[]
  readonly stateHash: () => string | null
  /** Resolves when the detail at the playhead is there and nothing is asked for. */
  readonly idle: () => Promise<void>
  /** Called when other detail is there than before. */
  readonly onDetail: (listener: () => void) => () => void
  /** Stretches of which every instant is loaded, ps. */
  readonly loaded: () => readonly { readonly startPs: number; readonly endPs: number }[]
  /** How far the playhead may go, ps. */
  readonly lastPs: () => number
  /** Forgets all detail: another run is loaded. */
  readonly reset: () => void
}

export interface PlaybackParts {
  readonly simulation: Pick<RemoteSimulation, 'detail'>
  readonly runStore: RunStore
  readonly playbackStore: PlaybackStore
}

/** Plays back what is simulated. Playing, seeking and going backwards are one pure function of the playhead. */
export function createPlayback({ simulation, runStore, playbackStore }: PlaybackParts): Playback {
  const listeners = new Set<() => void>()
  const cache: DetailCache = createDetailCache({
    detail: simulation.detail,
    onArrive: () => {
      ensureDetail()
      for (const listener of listeners) listener()
    },
    onError: (error) => {
      runStore.setState({ message: error instanceof Error ? error.message : String(error) })
    },
  })
  let indices = new Uint32Array(4096)
  const get = playbackStore.getState
  const set = playbackStore.setState
  const lastPs = () => Math.max(0, runStore.getState().simulatedPs - 1)
  const spansOf = cachedSlowSpans(runStore)

  function plan() {
    const { playheadPs, playing, direction, speed, slowdown } = get()
    return planDetail({
      timePs: playheadPs,
      direction,
      playing,
      speed: speed / slowdown,
      density: cache.density(),
      limitPs: runStore.getState().simulatedPs,
    })
  }

  /** Asks for what is missing at the playhead or will soon be. */
  function ensureDetail() {
    if (runStore.getState().simulatedPs <= 0) return
    const { sampled, here, ahead } = plan()
    if (cache.find(get().playheadPs) === null || (sampled && !cache.isBusy())) cache.request(here)
    else if (!sampled && get().playing && !cache.isBusy()) {
      const missing = ahead(cache.find(get().playheadPs))
      if (missing !== null && cache.find(missing.probePs) === null) cache.request(missing.request)
    }
    mark(sampled)
  }

  function mark(sampled: boolean) {
    const found = cache.find(get().playheadPs) !== null
    const detail = sampled ? 'sampled' : found || lastPs() === 0 ? 'live' : 'waiting'
    if (get().detail !== detail) set({ detail })
  }

  function moveTo(timePs: number) {
    const inside = Math.round(Math.min(lastPs(), Math.max(0, timePs)))
    if (inside !== get().playheadPs) set({ playheadPs: inside })
    ensureDetail()
  }

  function currentSpeed(): number {
    const { speed, playheadPs, slowNearDecisions, follow, selectedRequest, direction } = get()
    if (follow && selectedRequest >= 0) return followSpeed(cache.find(playheadPs), selectedRequest, playheadPs, speed)
    return slowNearDecisions && direction === 1 ? speedNear(speed, playheadPs, spansOf()) : speed
  }

  function play() {
    const atEnd = get().direction === 1 && get().playheadPs >= lastPs()
    if (lastPs() === 0) return
    set({ playing: true, hint: '', ...(atEnd ? { playheadPs: 0 } : {}) })
    ensureDetail()
  }

  function pause() {
    if (get().playing) set({ playing: false, slowdown: 1 })
  }

  function tick(wallMs: number) {
    const { playing, direction, playheadPs, speed } = get()
    if (!playing) return
    const effective = currentSpeed()
    const slowdown = speed / effective
    if (Math.abs(slowdown - get().slowdown) > 0.01 * slowdown) set({ slowdown })
    const wanted = playheadPs + (direction * effective * wallMs) / 1000
    const window = cache.find(playheadPs)
    const held = !plan().sampled && cache.find(clampTime(wanted, lastPs())) === null
    if (!held) moveTo(wanted)
    else if (window === null) ensureDetail()
    else moveTo(direction === 1 ? Math.min(wanted, window.endPs - 1) : Math.max(wanted, window.startPs))
    const atEnd = direction === 1 ? get().playheadPs >= lastPs() : get().playheadPs <= 0
    if (atEnd && (direction === -1 || runStore.getState().status !== 'running')) pause()
  }

  async function stepEvent(direction: 1 | -1) {
    pause()
    await idle()
    const window = cache.find(get().playheadPs)
    if (window === null) return
    const time = direction === 1 ? nextChange(window, get().playheadPs) : previousChange(window, get().playheadPs)
    if (Number.isFinite(time)) moveTo(time)
    else moveTo(direction === 1 ? window.endPs : window.startPs - 1) // nothing happens in the rest of this window
    await idle()
  }

  function jumpToDecision(index: number) {
    const decision = runStore.getState().decisions[index]
    if (decision === undefined) return
    pause()
    set({ selectedDecision: index })
    moveTo(justBefore(decision.timePs))
  }

  async function idle(): Promise<void> {
    ensureDetail()
    while (cache.isBusy() || (cache.find(get().playheadPs) === null && lastPs() > 0)) {
      await new Promise<void>((resolve) => {
        const off = onDetail(() => {
          off()
          resolve()
        })
        setTimeout(resolve, 50)
      })
    }
  }

  /** Loads ever longer stretches around the playhead until the request's whole life is in one, or enough is loaded. */
  async function loadLife(request: number) {
    const timePs = get().playheadPs
    let half = Math.max(shortestLifePs, 2e6 * p99Us(runStore.getState()))
    for (let attempt = 0; attempt < 5; attempt += 1, half *= 4) {
      const isDone = isLifeLoaded(cache.windows(), segmentsOfRequest(cache.windows(), request))
      if (isDone || get().selectedRequest !== request || get().playing) return
      const limitPs = runStore.getState().simulatedPs
      const [startPs, endPs] = [Math.max(0, Math.floor(timePs - half)), Math.min(limitPs, Math.ceil(timePs + half))]
      cache.request({ startPs, endPs, limitPs, maxSegments: lifeSegments })
      await arrival()
    }
  }

  /** The next arrival of detail, or 1 s. */
  function arrival(): Promise<void> {
    return new Promise((resolve) => {
      const off = onDetail(() => {
        off()
        resolve()
      })
      setTimeout(resolve, 1000)
    })
  }

  function onDetail(listener: () => void) {
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
    }
  }

  function activeState(): ActiveState | null {
    const { playheadPs, detail } = get()
    const window = cache.find(playheadPs) ?? (detail === 'sampled' ? cache.nearest(playheadPs) : null)
    if (window === null) return null
    const timePs = Math.min(Math.max(playheadPs, window.startPs), window.endPs - 1)
    const found = segmentsAt(window, timePs, indices)
    indices = found.indices as Uint32Array<ArrayBuffer>
    return { timePs, window, indices: found.indices, count: found.count }
  }

  return {
    play,
    pause,
    toggle() {
      if (get().playing) pause()
      else play()
    },
    seek(timePs) {
      if (get().hint !== '') set({ hint: '' })
      moveTo(timePs)
    },
    tick,
    stepEvent,
    stepSlice(direction) {
      pause()
      moveTo(get().playheadPs + (direction * get().speed) / 100)
    },
    stepDecision(direction, kind = '') {
      jumpToDecision(neighborDecision(runStore.getState().decisions, get().playheadPs, direction, kind))
    },
    jumpToDecision,
    selectRequest(request) {
      set({ selectedRequest: request, follow: false })
      if (request >= 0) void loadLife(request)
    },
    change(part) {
      set(part)
      ensureDetail()
    },
    changeSpeed(direction) {
      const { speed, direction: way } = get()
      if (direction === -1 && neighborStop(speed, -1) === speed) set({ direction: -1 })
      else if (direction === 1 && way === -1) set({ direction: 1 })
      else set({ speed: neighborStop(speed, direction) })
      ensureDetail()
    },
    toggleFollow() {
      if (get().selectedRequest >= 0) set({ follow: !get().follow })
    },
    activeState,
    requestSegments: (request) => segmentsOfRequest(cache.windows(), request),
    stateHash() {
      const window = cache.find(get().playheadPs)
      return window === null ? null : hashAt(window, get().playheadPs)
    },
    idle,
    onDetail,
    loaded: () => cache.windows(),
    lastPs,
    reset() {
      pause()
      cache.clear()
      set({ selectedDecision: -1, selectedRequest: -1, follow: false, detail: 'live', hint: '' })
    },
  }
}

/** Most segments loaded for one request's life. */
const lifeSegments = 120_000
const shortestLifePs = 1e6

function p99Us({ result }: RunState): number {
  return result?.summary.find((row) => row.metric === 'latency_p99_us')?.value ?? 1000
}

const clampTime = (timePs: number, lastPs: number) => Math.round(Math.min(lastPs, Math.max(0, timePs)))

function cachedSlowSpans(runStore: RunStore): () => readonly SlowSpan[] {
  let decisions: unknown = null
  let migrations: unknown = null
  let spans: readonly SlowSpan[] = []
  return () => {
    const run = runStore.getState()
    if (run.decisions !== decisions || run.migrations !== migrations) {
      spans = slowSpans(run.decisions, run.migrations, run.simulatedPs)
      decisions = run.decisions
      migrations = run.migrations
    }
    return spans
  }
}
