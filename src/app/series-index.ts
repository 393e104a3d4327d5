import type { RunShape } from '../simulator/display'
import type { Series, Timeline } from '../simulator/result'

/** Finds series by name, and their values by time. */
export interface SeriesIndex {
  readonly timeline: Timeline
  find(scope: string, id: string, metric: string): Series | undefined
}

const empty: Timeline = { bucketPs: 1, joined: 1, filled: 0, series: [] }

export function indexSeries(timeline: Timeline | null): SeriesIndex {
  const known = timeline ?? empty
  const byName = new Map(known.series.map((series) => [nameOf(series.scope, series.id, series.metric), series]))
  return { timeline: known, find: (scope, id, metric) => byName.get(nameOf(scope, id, metric)) }
}

const nameOf = (scope: string, id: string, metric: string) => `${scope} ${id} ${metric}`

/** The value of the bucket that holds this instant, or of the last full one; NaN for what is not simulated yet. */
export function valueAt(series: Series | undefined, timeline: Timeline, timePs: number): number {
  if (series === undefined) return NaN
  const bucket = Math.floor(timePs / timeline.bucketPs)
  return bucket > timeline.filled ? NaN : (series.values[Math.min(bucket, timeline.filled - 1)] ?? NaN)
}

/**
 * A series of one channel.
 *
 * @param link the link's id in the scenario
 */
export function channelSeries(
  index: SeriesIndex,
  shape: RunShape,
  channel: number,
  link: string,
  metric: string,
): Series | undefined {
  const known = shape.channels[channel]
  if (known === undefined) return undefined
  const ends = `${shape.devices[known.from]?.id ?? ''}>${shape.devices[known.to]?.id ?? ''}`
  const named = (wire: string | number) => index.find('link', `${wire}/${known.lane} ${ends}`, metric)
  return named(link) ?? named(known.link)
}

/** Requests that wait for a worker or a core, all together, per bucket. */
export function waitingSeries(index: SeriesIndex): Series {
  const { series, filled } = index.timeline
  const parts = series.filter(
    (each) => each.metric === 'waiting_for_worker' || (each.scope === 'device' && each.metric === 'queue'),
  )
  const values = new Float64Array(filled)
  for (const part of parts) {
    for (let at = 0; at < filled; at += 1) values[at] = (values[at] ?? 0) + (part.values[at] ?? 0)
  }
  return { scope: 'run', id: '', metric: 'waiting', unit: '', values }
}
