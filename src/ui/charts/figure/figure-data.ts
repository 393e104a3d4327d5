/** What a figure shows: the same shape that a validation case hands over. */
export interface FigureData {
  readonly xLabel: string
  readonly yLabel: string
  readonly xScale: 'linear' | 'log'
  readonly yScale: 'linear' | 'log'
  readonly series: readonly FigureSeries[]
  /** Ends of a linear y axis; what lies beyond is drawn at its end. */
  readonly yClip?: readonly [low: number, high: number]
  /** A line across the figure. */
  readonly xMark?: { readonly at: number; readonly text: string }
}

export interface FigureSeries {
  readonly name: string
  /** band: an outline, the lower edge from left to right and then the upper edge back. */
  readonly kind: 'line' | 'points' | 'band'
  readonly points: readonly (readonly [x: number, y: number])[]
}
