import type { RunSession } from '../../app/run-session'
import type { FrameStats } from '../../app/frame-loop'
import { extendProbe } from '../../app/probe'
import type { TrafficModel } from '../traffic/traffic-model'

/** What is drawn at the playhead, in numbers. */
export interface ProbeFrame {
  readonly lod: 'dots' | 'bands'
  readonly requests: number
  readonly dots: number
  readonly bands: number
  readonly exemplars: number
  readonly pulses: number
  /** Requests waiting and cores in use per pool. */
  readonly perPool: Readonly<Record<string, { readonly waiting: number; readonly busy: number }>>
}

/** A read-only look into the page, for tests and measurements. Times are ps. */
export interface Probe {
  playhead(): number
  seek(timePs: number): void
  /** Null while the detail at the playhead is not loaded. */
  stateHash(): string | null
  frame(): ProbeFrame | null
  stats(): FrameStats
  frames(): number
  status(): string
  /** Resolves when the detail at the playhead is there. */
  idle(): Promise<void>
}

/** Adds the run to what `window.__unrack` answers; the answer takes it away. */
export function installProbe(
  { playback, playbackStore, runStore, frames }: RunSession,
  model: TrafficModel,
): () => void {
  const probe: Probe = {
    playhead: () => playbackStore.getState().playheadPs,
    seek: (timePs: number) => {
      playback.seek(timePs)
    },
    stateHash: playback.stateHash,
    frame: () => probeFrame(model),
    stats: frames.stats,
    frames: frames.count,
    status: () => runStore.getState().status,
    idle: playback.idle,
  }
  return extendProbe(probe)
}

function probeFrame(model: TrafficModel): ProbeFrame | null {
  const frame = model.update()
  const index = model.index()
  if (frame === null || index === null) return null
  const perPool: Record<string, { waiting: number; busy: number }> = {}
  index.devices.forEach((place, device) => {
    if (place === null) return
    const pool = (perPool[place.card.nodeId] ??= { waiting: 0, busy: 0 })
    pool.waiting += frame.waiting[device] ?? 0
    pool.busy += frame.core
      .subarray(place.firstCore, place.firstCore + place.cores)
      .reduce((sum, use) => sum + (use > 0 ? 1 : 0), 0)
  })
  return {
    lod: frame.level,
    requests: frame.requests,
    dots: frame.level === 'dots' ? frame.travelers.count : 0,
    bands: frame.bandCount,
    exemplars: frame.exemplars,
    pulses: frame.pulseCount,
    perPool,
  }
}
