import { faultSpans, type FaultSpan } from '../../app/fault-spans'
import type { RunSession } from '../../app/run-session'
import { indexSeries, type SeriesIndex } from '../../app/series-index'
import type { StageGeometry } from '../stage/geometry'
import { indexStage, type StageIndex } from './stage-index'
import { FrameBuilder, type TrafficFrame } from './traffic-frame'

/** The picture of the playhead, made once per frame for all who draw or count it. */
export interface TrafficModel {
  readonly setGeometry: (geometry: StageGeometry) => void
  /** Makes the frame of the playhead; null while there is no run or nothing of it is loaded. */
  readonly update: () => TrafficFrame | null
  /** The frame made last; null where the run has not come to yet. */
  readonly frame: () => TrafficFrame | null
  readonly index: () => StageIndex | null
  readonly series: () => SeriesIndex
  readonly faults: () => readonly FaultSpan[]
}

export function createTrafficModel({ runStore, playbackStore, playback }: RunSession): TrafficModel {
  let geometry: StageGeometry | null = null
  let builder: FrameBuilder | null = null
  let built: readonly unknown[] = []
  let series = indexSeries(null)
  let faults: readonly FaultSpan[] = []
  let told: readonly unknown[] = []
  let current: TrafficFrame | null = null

  function refresh() {
    const { scenario, shape, timeline, decisions } = runStore.getState()
    if (series.timeline !== timeline) series = indexSeries(timeline)
    if (scenario !== told[0] || decisions !== told[1]) {
      told = [scenario, decisions]
      faults = scenario === null ? [] : faultSpans(scenario, decisions)
    }
    const needs = [geometry, scenario, shape]
    if (needs.every((need, at) => need === built[at])) return
    built = needs
    if (geometry === null || scenario === null || shape === null) builder = null
    else builder = new FrameBuilder(indexStage(geometry, scenario, shape))
  }

  return {
    setGeometry(next) {
      geometry = next
    },
    update() {
      refresh()
      const active = builder === null ? null : playback.activeState()
      const { playing, playheadPs, timeMode, speed, slowdown, follow } = playbackStore.getState()
      if (builder === null || playheadPs > playback.lastPs()) current = null
      else if (active !== null) {
        const readableSpeed = playing && timeMode === 'readable' && !follow ? speed / slowdown : 0
        current = builder.build(active, { readableSpeed })
      }
      return active === null ? null : current
    },
    frame: () => current,
    index: () => {
      refresh()
      return builder?.index ?? null
    },
    series: () => series,
    faults: () => {
      refresh()
      return faults
    },
  }
}
