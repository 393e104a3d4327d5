import { expect, test } from 'vitest'
import { indexSeries } from '../../../../src/app/series-index'
import type { LinkGeometry } from '../../../../src/ui/stage/geometry'
import { linkLoad } from '../../../../src/ui/traffic/link-load'
import type { StageIndex } from '../../../../src/ui/traffic/stage-index'

const link = { linkId: 'up' } as LinkGeometry
const place = (channel: number) => ({ link, direction: 0, channel })

/** Three hosts on one switch, each with a link of its own. */
const index = {
  shape: {
    devices: ['cpu.0', 'cpu.1', 'cpu.2', 'tor.0'].map((id) => ({ id })),
    channels: [0, 1, 2].map((from) => ({ link: 0, from, to: 3, lane: 0 })),
  },
  channels: [place(0), place(1), null],
} as unknown as StageIndex

const load = (from: number, value: number) => ({
  scope: 'link',
  id: `up/0 cpu.${from}>tor.0`,
  metric: 'utilization',
  unit: '',
  values: Float64Array.of(value),
})
const series = indexSeries({ bucketPs: 10, joined: 1, filled: 1, series: [load(0, 1), load(1, 0)] })

test('the busiest line tells how busy a link is', () => {
  expect(linkLoad(index, series, 0, link, 0)).toEqual({ most: 1, lines: 2 })
})

test('a direction without lines has no load', () => {
  expect(linkLoad(index, series, 0, link, 1)).toEqual({ most: NaN, lines: 0 })
})
