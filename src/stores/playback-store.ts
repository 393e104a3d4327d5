import { createStore, type StoreApi } from 'zustand/vanilla'

/** Where and how the run is looked at. Times are ps, speeds ps of simulated time per second of wall time. */
export interface PlaybackState {
  readonly playheadPs: number
  readonly playing: boolean
  readonly direction: 1 | -1
  readonly speed: number
  /** How many times slower than `speed` it plays just now; 1 or more. */
  readonly slowdown: number
  readonly slowNearDecisions: boolean
  /** Readable: what is shorter than 150 ms of wall time is not shown as motion. True: everything is. */
  readonly timeMode: 'readable' | 'true'
  /** live: every instant is there. waiting: being rebuilt. sampled: too fast for every instant, exact states one after another. */
  readonly detail: 'live' | 'waiting' | 'sampled'
  /** Index into the run's decisions; -1: none. */
  readonly selectedDecision: number
  /** Root request number; -1: none. */
  readonly selectedRequest: number
  readonly follow: boolean
  /** Only decisions are drawn strongly; traffic is dimmed. */
  readonly decisionsOnly: boolean
  /** Part of the run that the timeline shows; null: all of it. */
  readonly view: { readonly startPs: number; readonly endPs: number } | null
  /** One sentence: what is to be seen at the first stop. */
  readonly hint: string
}

export type PlaybackStore = StoreApi<PlaybackState>

const initialPlayback: PlaybackState = {
  playheadPs: 0,
  playing: false,
  direction: 1,
  speed: 20e6,
  slowdown: 1,
  slowNearDecisions: true,
  timeMode: 'readable',
  detail: 'live',
  selectedDecision: -1,
  selectedRequest: -1,
  follow: false,
  decisionsOnly: false,
  view: null,
  hint: '',
}

export function createPlaybackStore(): PlaybackStore {
  return createStore<PlaybackState>(() => initialPlayback)
}
