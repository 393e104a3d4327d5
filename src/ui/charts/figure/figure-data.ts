/** What a figure shows: the same shape that a validation case hands over. */
export interface FigureData {
  readonly xLabel: string
  readonly yLabel: string
  readonly xScale: 'linear' | 'log'
  readonly yScale: 'linear' | 'log'
  readonly series: readonly FigureSeries[]
}

export interface FigureSeries {
  readonly name: string
  /** band: an outline, the lower edge from left to right and then the upper edge back. */
  readonly kind: 'line' | 'points' | 'band'
  readonly points: readonly (readonly [x: number, y: number])[]
}
