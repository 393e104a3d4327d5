import type { FigureData } from './figure-data'

/** How a series is told from the others: never by color alone. */
export interface SeriesLook {
  readonly color: string
  /** SVG dash pattern; '' for a solid line. */
  readonly dash: string
  readonly marker: Marker
}

export type Marker = 'circle' | 'square' | 'triangle' | 'triangle down' | 'diamond' | 'cross' | 'plus'

const colors = ['ink', 'compute', 'network', 'memory', 'accel', 'wait'] as const
const dashes = ['', '6 3', '2 3', '8 3 2 3', '1 2', '12 4']
const markers: readonly Marker[] = ['circle', 'square', 'triangle', 'diamond', 'plus', 'cross']

/**
 * The looks of all series. Lines and points count apart, so that the first line and the first points, which mostly
 * are what was expected and what was measured, share a color and meet in the eye.
 */
export function seriesLooks(series: FigureData['series']): readonly SeriesLook[] {
  const seen = { line: 0, points: 0, band: 0 }
  return series.map(({ kind }) => {
    const at = seen[kind]
    seen[kind] += 1
    return {
      color: kind === 'band' ? 'var(--track)' : `var(--${colors[at % colors.length] ?? 'ink'})`,
      dash: dashes[at % dashes.length] ?? '',
      marker: markers[at % markers.length] ?? 'circle',
    }
  })
}

/** A marker's outline around (0, 0). */
export function markerPath(marker: Marker): string {
  switch (marker) {
    case 'circle':
      return 'M3.5 0A3.5 3.5 0 1 1-3.5 0A3.5 3.5 0 1 1 3.5 0Z'
    case 'square':
      return 'M-3.2-3.2H3.2V3.2H-3.2Z'
    case 'triangle':
      return 'M0-4L4 3.2H-4Z'
    case 'triangle down':
      return 'M0 4L4-3.2H-4Z'
    case 'diamond':
      return 'M0-4.4L4.4 0 0 4.4-4.4 0Z'
    case 'plus':
      return 'M-1.2-4H1.2V-1.2H4V1.2H1.2V4H-1.2V1.2H-4V-1.2H-1.2Z'
    case 'cross':
      return 'M-3.7-2L-2-3.7 0-1.7 2-3.7 3.7-2 1.7 0 3.7 2 2 3.7 0 1.7-2 3.7-3.7 2-1.7 0Z'
  }
}
