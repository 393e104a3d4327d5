import type { SimulationClient } from '../client/simulation-client'
import { createPlaybackStore, type PlaybackStore } from '../stores/playback-store'
import { createRunStore, type RunStore } from '../stores/run-store'
import { createFrameLoop, type FrameLoop } from './frame-loop'
import { createPlayback, type Playback, type PlaybackParts } from './playback'
import { createRunScenario, type RunScenario } from './run-scenario'

/** Everything that running and looking at a run needs, tied together once per page. */
export interface RunSession {
  readonly runStore: RunStore
  readonly playbackStore: PlaybackStore
  readonly playback: Playback
  readonly runner: RunScenario
  readonly frames: FrameLoop
}

export interface RunSessionParts {
  readonly client: SimulationClient
  /** Wall time, ms. */
  readonly now: () => number
  /** Whether motion is reduced. */
  readonly isCalm: () => boolean
}

export function createRunSession({ client, now, isCalm }: RunSessionParts): RunSession {
  const runStore = createRunStore()
  const playbackStore = createPlaybackStore()
  const simulation: PlaybackParts['simulation'] = {
    detail: (startPs, endPs, most) => client.detail(startPs, endPs, most, runStore.getState().lane),
  }
  const playback = createPlayback({ simulation, runStore, playbackStore })
  const runner = createRunScenario({ client, runStore, playbackStore, playback, now })
  const frames = createFrameLoop({ tick: playback.tick, isPlaying: () => playbackStore.getState().playing, isCalm })
  playback.onDetail(frames.invalidate)
  playbackStore.subscribe(frames.invalidate)
  runStore.subscribe(frames.invalidate)
  return { runStore, playbackStore, playback, runner, frames }
}
