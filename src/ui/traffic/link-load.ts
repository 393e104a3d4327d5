import { channelSeries, valueAt, type SeriesIndex } from '../../app/series-index'
import type { Direction, LinkGeometry } from '../stage/geometry'
import type { ChannelPlace, StageIndex } from './stage-index'

/** The load of a channel over time. */
export const loadOf = (series: SeriesIndex, index: StageIndex, place: ChannelPlace) =>
  channelSeries(series, index.shape, place.channel, place.link.linkId, 'utilization')

/** How busy a link is in one direction. */
export interface LinkLoad {
  /** Of its busiest line, 0 to 1; NaN while nothing is known. */
  readonly most: number
  readonly lines: number
}

/** The busiest line tells: a mean hides the one that is full. */
export function linkLoad(
  index: StageIndex,
  series: SeriesIndex,
  timePs: number,
  link: LinkGeometry,
  direction: Direction,
): LinkLoad {
  const loads = index.channels.flatMap((place) =>
    place !== null && place.link === link && place.direction === direction
      ? [valueAt(loadOf(series, index, place), series.timeline, timePs)]
      : [],
  )
  const known = loads.filter((load) => Number.isFinite(load))
  return { most: known.length === 0 ? NaN : Math.max(...known), lines: loads.length }
}
