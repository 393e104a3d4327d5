import type { Figure } from '../../validation/validation-case'
import type { FigureData } from '../charts/figure/figure-data'

/** The coarse fidelities are held to ± 5 % of line up to 70 % utilization: the tolerance of F1. */
const claim = { percent: 5, upTo: 0.7 } as const
/** Values further off stand at the edge, or nothing else could be seen, per cent. */
const edge = 15

/** The figure of a case with what is claimed of it drawn in, where that is an area. */
export function withClaim(id: string, figure: Figure): FigureData {
  if (id !== 'F1') return figure
  const { percent, upTo } = claim
  const band = {
    name: `claimed: within ± ${percent} %`,
    kind: 'band',
    points: [
      [0, -percent],
      [upTo, -percent],
      [upTo, percent],
      [0, percent],
    ],
  } as const
  return {
    ...figure,
    series: [band, ...figure.series],
    yClip: [-edge, edge],
    xMark: { at: upTo, text: `claimed up to ${100 * upTo} %` },
  }
}
