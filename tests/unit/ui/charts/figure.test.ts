import { describe, expect, test } from 'vitest'
import type { FigureData } from '../../../../src/ui/charts/figure/figure-data'
import { figureAxes } from '../../../../src/ui/charts/figure/figure-scale'
import { figureSummary, figureTable } from '../../../../src/ui/charts/figure/figure-text'
import { seriesLooks } from '../../../../src/ui/charts/figure/series-look'

const figure: FigureData = {
  xLabel: 'load',
  yLabel: 'mean latency, µs',
  xScale: 'linear',
  yScale: 'linear',
  series: [
    {
      name: 'theory',
      kind: 'line',
      points: [
        [0.1, 10],
        [0.5, 20],
        [0.9, 100],
      ],
    },
    { name: 'simulated', kind: 'points', points: [[0.5, 21]] },
    {
      name: 'interval',
      kind: 'band',
      points: [
        [0.1, 9],
        [0.9, 90],
        [0.9, 110],
        [0.1, 11],
      ],
    },
  ],
}

describe('the axes of a figure', () => {
  test('hold every point, with room beyond', () => {
    const { x, y } = figureAxes(figure, 400, 200)
    for (const [px, py] of figure.series.flatMap((series) => series.points)) {
      expect(x.at(px)).toBeGreaterThan(0)
      expect(x.at(px)).toBeLessThan(400)
      expect(y.at(py)).toBeGreaterThan(0)
      expect(y.at(py)).toBeLessThan(200)
    }
  })

  test('begin at 0 where that is near, and not where it is far', () => {
    expect(figureAxes(figure, 400, 200).y.at(0)).toBe(200)
    const high: FigureData = {
      ...figure,
      series: [
        {
          name: 'a',
          kind: 'line',
          points: [
            [0, 95],
            [1, 100],
          ],
        },
      ],
    }
    expect(figureAxes(high, 400, 200).y.at(0)).toBeGreaterThan(200)
  })

  test('on a log scale have no place for 0, and ticks that do not crowd', () => {
    const log: FigureData = {
      ...figure,
      yScale: 'log',
      series: [
        {
          name: 'a',
          kind: 'line',
          points: [
            [0, 0],
            [1, 1e-3],
            [2, 1e6],
          ],
        },
      ],
    }
    const { y } = figureAxes(log, 400, 200)
    expect(y.at(0)).toBeNaN()
    expect(y.ticks.length).toBeGreaterThan(1)
    expect(y.ticks.length).toBeLessThanOrEqual(4)
  })

  test('write plain numbers while they are short, and powers of ten beyond', () => {
    const wide: FigureData = {
      ...figure,
      xScale: 'log',
      series: [
        {
          name: 'a',
          kind: 'line',
          points: [
            [1, 1],
            [2e9, 2],
          ],
        },
      ],
    }
    const { x } = figureAxes(wide, 900, 200)
    expect(x.text(1000)).toBe('1,000')
    expect(x.text(2e9)).toBe('2·10⁹')
    expect(x.text(1e-6)).toBe('10⁻⁶')
  })

  test('end where the figure says, and hold at the end what lies beyond', () => {
    const { y } = figureAxes({ ...figure, yClip: [0, 50] }, 400, 200)
    expect(y.at(50)).toBe(0)
    expect(y.at(100)).toBe(0)
    expect(y.at(25)).toBe(100)
  })

  test('stand for nothing at all without falling over', () => {
    const { x, y } = figureAxes({ ...figure, series: [] }, 400, 200)
    expect(Number.isFinite(x.at(0.5))).toBe(true)
    expect(Number.isFinite(y.at(0.5))).toBe(true)
  })
})

test('the sentence tells ranges and trends', () => {
  expect(figureSummary(figure)).toBe(
    'mean latency, µs over load. theory: rising from 10.0 at 0.1 to 100 at 0.9. simulated: 21.0 at 0.5. interval is drawn as a band.',
  )
})

test('the table has one row per x and leaves out bands', () => {
  expect(figureTable(figure)).toEqual({
    names: ['theory', 'simulated'],
    rows: [
      { x: 0.1, values: [10, NaN] },
      { x: 0.5, values: [20, 21] },
      { x: 0.9, values: [100, NaN] },
    ],
  })
})

test('what was expected and what was measured share a color; no two series of a kind look the same', () => {
  const series = Array.from({ length: 4 }, (_, i): FigureData['series'] => [
    { name: `theory ${i}`, kind: 'line', points: [] },
    { name: `simulated ${i}`, kind: 'points', points: [] },
  ]).flat()
  const looks = seriesLooks(series)
  expect(looks[0]?.color).toBe(looks[1]?.color)
  expect(new Set(looks.filter((_, i) => i % 2 === 0).map((look) => `${look.color} ${look.dash}`)).size).toBe(4)
  expect(new Set(looks.filter((_, i) => i % 2 === 1).map((look) => look.marker)).size).toBe(4)
})
