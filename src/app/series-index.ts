import type { Series, Timeline } from '../simulator/result'

/** Finds series by name, and their values by time. */
export interface SeriesIndex {
  readonly timeline: Timeline
  find(scope: string, id: string, metric: string): Series | undefined
}

const empty: Timeline = { bucketPs: 1, filled: 0, series: [] }

export function indexSeries(timeline: Timeline | null): SeriesIndex {
  const known = timeline ?? empty
  const byName = new Map(known.series.map((series) => [nameOf(series.scope, series.id, series.metric), series]))
  return { timeline: known, find: (scope, id, metric) => byName.get(nameOf(scope, id, metric)) }
}

const nameOf = (scope: string, id: string, metric: string) => `${scope} ${id} ${metric}`

/** The value of the bucket that holds this instant; NaN where there is none. */
export function valueAt(series: Series | undefined, timeline: Timeline, timePs: number): number {
  if (series === undefined) return NaN
  const bucket = Math.min(Math.floor(timePs / timeline.bucketPs), timeline.filled - 1)
  return series.values[bucket] ?? NaN
}
