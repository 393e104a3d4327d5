import { line } from 'd3-shape'
import { useEffect, useId, useMemo, useRef, useState, type ReactNode, type RefObject } from 'react'
import { onResize } from '../canvas-plot'
import { numberText } from '../quantity-text'
import type { FigureData, FigureSeries } from './figure-data'
import { figureAxes, type Axis } from './figure-scale'
import { figureSummary } from './figure-text'
import { markerPath, seriesLooks, type SeriesLook } from './series-look'
import { useFigureCursor, type CursorPoint } from './use-figure-cursor'
import './figure.css'

interface FigureChartProps {
  readonly data: FigureData
  /** What the figure is called. */
  readonly title: string
  /** Controls at the foot. */
  readonly children?: ReactNode
}

const room = { left: 56, right: 20, top: 28, bottom: 40 } as const

/** Lines, points and bands on two axes. Arrow keys or the pointer read its values; a table says the same beside it. */
export function FigureChart({ data, title, children }: FigureChartProps) {
  const ids = { title: useId(), summary: useId() }
  const box = useRef<HTMLDivElement>(null)
  const width = useWidth(box)
  const height = Math.round(Math.min(360, Math.max(220, width * 0.56)))
  const inner = { width: Math.max(1, width - room.left - room.right), height: height - room.top - room.bottom }
  const axes = useMemo(() => figureAxes(data, inner.width, inner.height), [data, inner.width, inner.height])
  const looks = seriesLooks(data.series)
  const { cursor, handlers } = useFigureCursor(data, axes, room)
  return (
    <figure className="fig">
      <Legend data={data} looks={looks} />
      <div
        ref={box}
        className="fig-box"
        role="group"
        tabIndex={0}
        aria-label={`${title}. Arrow keys read the values.`}
        {...handlers}
      >
        {width === 0 ? null : (
          <svg width={width} height={height} role="img" aria-labelledby={`${ids.title} ${ids.summary}`}>
            <title id={ids.title}>{title}</title>
            <desc id={ids.summary}>{figureSummary(data)}</desc>
            <g transform={`translate(${room.left} ${room.top})`}>
              <Axes data={data} axes={axes} width={inner.width} height={inner.height} />
              {data.series.map((series, at) => (
                <SeriesShape
                  key={`${series.kind} ${series.name}`}
                  series={series}
                  look={looks[at]}
                  axes={axes}
                  clip={data.yClip}
                />
              ))}
              {cursor === null ? null : <CursorMark cursor={cursor} height={inner.height} />}
            </g>
          </svg>
        )}
      </div>
      <div className="row">
        <p className="fig-read grow" aria-live="polite">
          {cursor === null ? (
            <span className="faint">Point at a value, or move with the arrow keys.</span>
          ) : (
            <>
              <b className="b">{cursor.series}</b> {numberText(cursor.y)}
              <span className="dim"> at {numberText(cursor.x)}</span>
            </>
          )}
        </p>
        {children}
      </div>
    </figure>
  )
}

function useWidth(box: RefObject<HTMLDivElement | null>): number {
  const [width, setWidth] = useState(0)
  useEffect(
    () =>
      box.current === null
        ? undefined
        : onResize(box.current, (size) => {
            setWidth(Math.floor(size.width))
          }),
    [box],
  )
  return width
}

interface Axes {
  readonly x: Axis
  readonly y: Axis
}

interface AxesProps {
  readonly data: FigureData
  readonly axes: Axes
  readonly width: number
  readonly height: number
}

function Axes({ data, axes, width, height }: AxesProps) {
  return (
    <>
      {axes.y.ticks.map((tick) => (
        <g key={tick} transform={`translate(0 ${axes.y.at(tick).toFixed(1)})`}>
          <path d={`M0 0H${width}`} className="hairline" />
          <text x={-8} y={3.5} className="t-2 t-end">
            {axes.y.text(tick)}
          </text>
        </g>
      ))}
      {axes.x.ticks.map((tick) => (
        <g key={tick} transform={`translate(${axes.x.at(tick).toFixed(1)} ${height})`}>
          <path d="M0 0V5" className="s-edge" />
          <text y={18} className="t-2 t-mid">
            {axes.x.text(tick)}
          </text>
        </g>
      ))}
      <path d={`M0 ${height}.5H${width}`} className="s-edge" />
      {data.xMark === undefined ? null : (
        <g transform={`translate(${axes.x.at(data.xMark.at).toFixed(1)} 0)`}>
          <path d={`M0 0V${height}`} className="fig-mark" />
          <text x={-6} y={height - 8} className="t-2 t-end">
            {data.xMark.text}
          </text>
        </g>
      )}
      <text x={-room.left} y={-14} className="t-b">
        {data.yLabel}
        {data.yScale === 'log' ? <tspan className="t-3"> log</tspan> : null}
      </text>
      <text x={width} y={height + 35} className="t-end t-b">
        {data.xLabel}
        {data.xScale === 'log' ? <tspan className="t-3"> log</tspan> : null}
      </text>
    </>
  )
}

interface SeriesShapeProps {
  readonly series: FigureSeries
  readonly look: SeriesLook | undefined
  readonly axes: Axes
  readonly clip: FigureData['yClip']
}

function SeriesShape({ series, look, axes, clip }: SeriesShapeProps) {
  if (look === undefined) return null
  const path = line<readonly [number, number]>(
    ([x]) => axes.x.at(x),
    ([, y]) => axes.y.at(y),
  ).defined(([x, y]) => Number.isFinite(axes.x.at(x)) && Number.isFinite(axes.y.at(y)))
  if (series.kind === 'band') return <path d={`${path(series.points) ?? ''}Z`} className="fig-band" />
  if (series.kind === 'line') {
    return <path d={path(series.points) ?? ''} className="line" stroke={look.color} strokeDasharray={look.dash} />
  }
  return (
    <g fill={look.color} className="fig-points">
      {series.points.map(([x, y], i) => {
        const place = [axes.x.at(x), axes.y.at(y)] as const
        if (!place.every(Number.isFinite)) return null
        return (
          <path
            key={i}
            d={markerPath(isBeyond(y, clip) ? (y > 0 ? 'triangle' : 'triangle down') : look.marker)}
            transform={`translate(${place[0].toFixed(1)} ${place[1].toFixed(1)})`}
          />
        )
      })}
    </g>
  )
}

const isBeyond = (y: number, clip: FigureData['yClip']) => clip !== undefined && (y < clip[0] || y > clip[1])

function CursorMark({ cursor, height }: { readonly cursor: CursorPoint; readonly height: number }) {
  return (
    <g className="fig-cursor">
      <path d={`M${cursor.left.toFixed(1)} 0V${height}`} />
      <circle cx={cursor.left} cy={cursor.top} r={6.5} />
    </g>
  )
}

function Legend({ data, looks }: { readonly data: FigureData; readonly looks: readonly SeriesLook[] }) {
  const beyond = data.series.flatMap((series) => series.points).filter(([, y]) => isBeyond(y, data.yClip)).length
  return (
    <ul className="fig-legend">
      {data.series.map((series, at) => (
        <li key={`${series.kind} ${series.name}`} className="key-row">
          <svg width={24} height={12} aria-hidden="true">
            {series.kind === 'band' ? <rect x={1} y={1} width={22} height={10} className="fig-band" /> : null}
            {series.kind === 'line' ? (
              <path d="M0 6H24" className="line" stroke={looks[at]?.color} strokeDasharray={looks[at]?.dash} />
            ) : null}
            {series.kind === 'points' ? (
              <path d={markerPath(looks[at]?.marker ?? 'circle')} transform="translate(12 6)" fill={looks[at]?.color} />
            ) : null}
          </svg>
          {series.name}
        </li>
      ))}
      {beyond > 0 ? <li className="key-row">▴ ▾ {beyond} further off, at the edge</li> : null}
    </ul>
  )
}
