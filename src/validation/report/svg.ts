import { ln } from '../../simulator/engine/exact-math'
import type { Figure, FigureSeries } from '../validation-case'
import { shownNumber } from './numbers'

/** A figure as an SVG that reads on light and dark pages. */

const WIDTH = 640
const HEIGHT = 360
const LEFT = 74
const RIGHT = 16
const TOP = 14
const BOTTOM = 48
const LEGEND_LINE = 18

const STYLE = `<style>
  text { font: 12px system-ui, sans-serif; fill: #24292f } .axis { stroke: #8c959f } .grid { stroke: #d0d7de; stroke-width: .5 }
  .line { fill: none; stroke-width: 1.8 } .band { opacity: .18; stroke: none }
  .c0 { stroke: #0550ae; fill: #0550ae } .c1 { stroke: #bc4c00; fill: #bc4c00 } .c2 { stroke: #116329; fill: #116329 }
  .c3 { stroke: #8250df; fill: #8250df } .c4 { stroke: #9a6700; fill: #9a6700 } .c5 { stroke: #57606a; fill: #57606a }
  @media (prefers-color-scheme: dark) {
    text { fill: #d1d7e0 } .axis { stroke: #656c76 } .grid { stroke: #3d444d }
    .c0 { stroke: #6cb6ff; fill: #6cb6ff } .c1 { stroke: #f0883e; fill: #f0883e } .c2 { stroke: #57ab5a; fill: #57ab5a }
    .c3 { stroke: #b083f0; fill: #b083f0 } .c4 { stroke: #daaa3f; fill: #daaa3f } .c5 { stroke: #9198a1; fill: #9198a1 }
  }
</style>`

interface Axis {
  readonly ticks: readonly number[]
  /** 0 at the low end, 1 at the high end. */
  at(value: number): number
}

export function figureSvg(figure: Figure, title: string): string {
  const points = figure.series.flatMap((one) => one.points)
  const xs = points.map((point) => point[0])
  const ys = points.map((point) => point[1])
  const x = axisOf(xs, figure.xScale)
  const y = axisOf(ys, figure.yScale)
  const bottom = HEIGHT - BOTTOM
  const px = (value: number): string => (LEFT + x.at(value) * (WIDTH - LEFT - RIGHT)).toFixed(1)
  const py = (value: number): string => (bottom - y.at(value) * (bottom - TOP)).toFixed(1)
  const legend = LEGEND_LINE * figure.series.length
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT + legend}" role="img">`,
    `<title>${escaped(title)}</title>`,
    STYLE,
    ...x.ticks.map(
      (tick) =>
        `<path class="grid" d="M${px(tick)} ${TOP}V${bottom}"/><text x="${px(tick)}" y="${bottom + 18}" text-anchor="middle">${shownNumber(tick)}</text>`,
    ),
    ...y.ticks.map(
      (tick) =>
        `<path class="grid" d="M${LEFT} ${py(tick)}H${WIDTH - RIGHT}"/><text x="${LEFT - 8}" y="${py(tick)}" dy="4" text-anchor="end">${shownNumber(tick)}</text>`,
    ),
    `<path class="axis" fill="none" d="M${LEFT} ${TOP}V${bottom}H${WIDTH - RIGHT}"/>`,
    `<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 10}" text-anchor="middle">${escaped(figure.xLabel)}</text>`,
    `<text transform="translate(14 ${(TOP + bottom) / 2}) rotate(-90)" text-anchor="middle">${escaped(figure.yLabel)}</text>`,
    ...figure.series.map((one, i) => drawn(one, i, px, py)),
    ...figure.series.map((one, i) => legendEntry(one, i)),
    '</svg>',
    '',
  ].join('\n')
}

function drawn(series: FigureSeries, index: number, px: (x: number) => string, py: (y: number) => string): string {
  const color = `c${index % 6}`
  if (series.points.length === 0) return ''
  if (series.kind === 'points')
    return series.points.map(([x, y]) => `<circle class="${color}" cx="${px(x)}" cy="${py(y)}" r="3.2"/>`).join('')
  const path = series.points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${px(x)} ${py(y)}`).join('')
  if (series.kind === 'band') return `<path class="band ${color}" d="${path}Z"/>`
  return `<path class="line ${color}" style="fill:none" d="${path}"/>`
}

function legendEntry(series: FigureSeries, index: number): string {
  const color = `c${index % 6}`
  const y = HEIGHT + LEGEND_LINE * index + 6
  const mark =
    series.kind === 'points'
      ? `<circle class="${color}" cx="${LEFT + 10}" cy="${y}" r="3.2"/>`
      : `<path class="${series.kind === 'band' ? 'band ' : ''}${color}" stroke-width="${series.kind === 'band' ? 10 : 2}" d="M${LEFT} ${y}h20"/>`
  return `${mark}<text x="${LEFT + 28}" y="${y + 4}">${escaped(series.name)}</text>`
}

function axisOf(values: readonly number[], scale: 'linear' | 'log'): Axis {
  const low = Math.min(...values)
  const high = Math.max(...values)
  return scale === 'log' ? logAxis(low, high) : linearAxis(low, high)
}

/** From 0 where the values come near it, to a round number above. */
function linearAxis(low: number, high: number): Axis {
  const from = low >= 0 && low < 0.6 * high ? 0 : low
  const span = high - from || Math.abs(high) || 1
  const step = roundStep(span / 6)
  const first = Math.floor(from / step + 1e-9) * step
  const count = Math.ceil((high - first) / step - 1e-9)
  const ticks = Array.from({ length: Math.max(count, 1) + 1 }, (_, i) => Number((first + i * step).toPrecision(12)))
  const end = ticks[ticks.length - 1]
  return { ticks, at: (value) => (value - first) / (end - first) }
}

/** 1, 2 or 5 times a power of ten, at least `least`. */
function roundStep(least: number): number {
  let power = 1
  while (power > least) power /= 10
  while (power * 10 <= least) power *= 10
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= least) ?? 10 * power
}

function logAxis(low: number, high: number): Axis {
  let from = 1
  while (from > low) from /= 10
  while (from * 10 <= low) from *= 10
  const decades: number[] = [from]
  while (decades[decades.length - 1] < high) decades.push(decades[decades.length - 1] * 10)
  const start = [5, 2, 1].map((factor) => factor * from).find((edge) => edge <= low) ?? from
  const top = decades[decades.length - 1]
  const end = [top / 5, top / 2].find((edge) => edge >= high && edge > start) ?? top
  const factors = decades.length > 4 ? [1] : [1, 2, 5]
  const ticks = decades
    .flatMap((decade) => factors.map((factor) => Number((decade * factor).toPrecision(12))))
    .filter((tick) => tick >= start * 0.999 && tick <= end * 1.001)
  const span = ln(end / start)
  return { ticks, at: (value) => ln(value / start) / span }
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
