import { useMemo, useState, type KeyboardEvent, type PointerEvent } from 'react'
import type { FigureData } from './figure-data'
import type { Axis } from './figure-scale'

/** The value that is read, and where it stands inside the axes, px. */
export interface CursorPoint {
  readonly series: string
  readonly x: number
  readonly y: number
  readonly left: number
  readonly top: number
}

interface Place {
  /** Index into the series that can be read. */
  readonly series: number
  readonly point: number
}

/** How far from a value the pointer may be, px. */
const reach = 40

/** Reads a figure's values one by one: arrows along a series and between them, or whatever is nearest to the pointer. */
export function useFigureCursor(
  data: FigureData,
  axes: { readonly x: Axis; readonly y: Axis },
  room: { readonly left: number; readonly top: number },
) {
  const [place, setPlace] = useState<Place | null>(null)
  const series = useMemo(() => placed(data, axes), [data, axes])
  const cursor = place === null ? null : (series[place.series]?.[place.point] ?? null)
  return {
    cursor,
    handlers: {
      onKeyDown(event: KeyboardEvent<HTMLElement>) {
        const next = movedPlace(series, place, event.key)
        if (next === undefined) return
        event.preventDefault()
        event.stopPropagation()
        setPlace(next)
      },
      onPointerMove(event: PointerEvent<HTMLElement>) {
        const box = event.currentTarget.getBoundingClientRect()
        setPlace(nearest(series, event.clientX - box.left - room.left, event.clientY - box.top - room.top))
      },
      onPointerLeave() {
        setPlace(null)
      },
      onBlur() {
        setPlace(null)
      },
    },
  }
}

function placed(data: FigureData, { x, y }: { readonly x: Axis; readonly y: Axis }): readonly CursorPoint[][] {
  return data.series
    .filter((series) => series.kind !== 'band')
    .map((series) =>
      series.points
        .map(([px, py]) => ({ series: series.name, x: px, y: py, left: x.at(px), top: y.at(py) }))
        .filter((point) => Number.isFinite(point.left) && Number.isFinite(point.top)),
    )
    .filter((points) => points.length > 0)
}

/** undefined: the key has no meaning here; null: nothing is read any longer. */
function movedPlace(series: readonly CursorPoint[][], place: Place | null, key: string): Place | null | undefined {
  const along = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0
  const across = key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : 0
  if (key === 'Escape' && place !== null) return null
  if (along === 0 && across === 0 && key !== 'Home' && key !== 'End') return undefined
  if (series.length === 0) return undefined
  if (place === null) return { series: 0, point: 0 }
  const current = series[place.series] ?? []
  if (key === 'Home') return { ...place, point: 0 }
  if (key === 'End') return { ...place, point: current.length - 1 }
  if (along !== 0) return { ...place, point: Math.min(current.length - 1, Math.max(0, place.point + along)) }
  const other = (place.series + across + series.length) % series.length
  return { series: other, point: nearestAlong(series[other] ?? [], current[place.point]?.left ?? 0) }
}

function nearestAlong(points: readonly CursorPoint[], left: number): number {
  return points.reduce(
    (best, point, at) => (Math.abs(point.left - left) < Math.abs((points[best]?.left ?? 0) - left) ? at : best),
    0,
  )
}

function nearest(series: readonly CursorPoint[][], left: number, top: number): Place | null {
  let best: Place | null = null
  let distance = reach
  series.forEach((points, at) => {
    points.forEach((point, index) => {
      const away = Math.hypot(point.left - left, point.top - top)
      if (away >= distance) return
      distance = away
      best = { series: at, point: index }
    })
  })
  return best
}
